import { setTimeout as wait } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { Answer } from './answer';
import type { RequestMatch } from './requests';

/** What goes wrong. Those marked "answered" compute, and charge, the normal answer first. */
export type FaultAction =
	/** This status and body instead of the answer. An object is sent as JSON. `charged` takes the points all the same, as GitHub's time-outs do. */
	| { readonly kind: 'respond'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | object; readonly charged?: boolean }
	/** The HTML 502 of GitHub's load balancer. */
	| { readonly kind: 'badGateway'; readonly charged?: boolean }
	/** The connection is reset: at once, or (answered) after so many bytes of the body. */
	| { readonly kind: 'reset'; readonly afterBytes?: number }
	/** Answered: the body stops after `bytes` (default: half) and the connection ends, though content-length promised more. */
	| { readonly kind: 'truncate'; readonly bytes?: number }
	/** Answered: half of the body with a content-length that fits it, so only the JSON is broken. */
	| { readonly kind: 'cutJson' }
	/** Never answers. */
	| { readonly kind: 'hang' }
	/** Answered: the body comes in so many pieces, with a pause before each. */
	| { readonly kind: 'slow'; readonly pieces: number; readonly pauseMs: number }
	/** Answered after a pause. */
	| { readonly kind: 'delay'; readonly ms: number }
	/** Answered: the answer may be changed, or another returned. `body` is the object that will be sent as JSON. */
	| { readonly kind: 'patch'; readonly patch: (answer: Answer) => Answer | undefined };

export type Fault = FaultAction & {
	/** Default: the next request. */
	readonly match?: RequestMatch;
	/** How many matching requests it hits, from `nth` on. Default 1; Infinity for all. */
	readonly times?: number;
};

/** As it was quoted in many reports. */
export const badGateway = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

/** The answer that stands in for the normal one, or undefined when the normal one is needed. */
export function replacement(fault: FaultAction): Answer | undefined {
	if (fault.kind === 'badGateway') return { status: 502, headers: { 'content-type': 'text/html' }, body: badGateway, points: 0, nodes: 0, possibleNodes: 0 };
	if (fault.kind !== 'respond') return undefined;
	const isText = typeof fault.body === 'string';
	const headers = { ...(isText && { 'content-type': fault.body.startsWith('<') ? 'text/html' : 'text/plain; charset=utf-8' }), ...lowerCase(fault.headers) };
	return { status: fault.status, headers, body: fault.body ?? '', points: 0, nodes: 0, possibleNodes: 0 };
}

/** Sends the body as the fault has it. The head is not sent yet. */
export async function sendFaulty(fault: FaultAction | undefined, response: ServerResponse, status: number, body: Buffer): Promise<void> {
	switch (fault?.kind) {
		case 'reset':
			await sendPart(response, status, body, Math.min(fault.afterBytes ?? 0, body.length));
			response.socket?.resetAndDestroy();
			return;
		case 'truncate':
			await sendPart(response, status, body, Math.min(fault.bytes ?? body.length >> 1, body.length));
			response.socket?.destroy();
			return;
		case 'cutJson': {
			const half = body.subarray(0, body.length >> 1);
			response.setHeader('content-length', half.length);
			response.writeHead(status).end(half);
			return;
		}
		case 'slow': {
			const size = Math.max(1, Math.ceil(body.length / fault.pieces));
			response.writeHead(status);
			for (let start = 0; start < body.length; start += size) {
				await wait(fault.pauseMs);
				response.write(body.subarray(start, start + size));
			}
			response.end();
			return;
		}
		default:
			response.writeHead(status).end(body);
	}
}

async function sendPart(response: ServerResponse, status: number, body: Buffer, bytes: number): Promise<void> {
	response.writeHead(status);
	response.flushHeaders();
	await new Promise<void>((done) => {
		response.write(body.subarray(0, bytes), () => done());
	});
	// The bytes must leave before the connection is cut.
	await wait(10);
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
