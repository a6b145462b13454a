import type { Load } from './timeModel';

/** What goes out, before faults touch it. An object body travels as JSON. */
export interface Answer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: unknown;
	points: number;
	nodes: number;
	possibleNodes: number;
	/** What in it is dear to make. */
	load?: Load;
	/** How long it takes by the server's model of time, in milliseconds. */
	modelMs?: number;
}

export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
	return { status, headers, body, points: 0, nodes: 0, possibleNodes: 0 };
}

/** GitHub's REST error: a message, where to read on, and the status as text. https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api */
export function restError(status: number, message: string, headers: Record<string, string> = {}): Answer {
	return answer(status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) }, headers);
}
