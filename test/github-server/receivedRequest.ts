import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { RequestKind, RequestView } from './requests';

/** A request, read whole and taken apart. */
export interface ReceivedRequest {
	readonly view: Omit<RequestView, 'index'>;
	readonly headers: IncomingHttpHeaders;
	/** Without GitHub Enterprise Server's prefix. */
	readonly url: URL;
	readonly rawPath: string;
	readonly enterprise: boolean;
	readonly body: string;
	/** A GraphQL body that is not JSON. */
	readonly malformed: boolean;
	/** The `operationName` of the body, not the one read from the query. */
	readonly askedOperation: string | undefined;
	readonly startedAt: number;
}

export async function readRequest(message: IncomingMessage): Promise<ReceivedRequest> {
	const startedAt = Date.now();
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(chunk as Buffer);
	const body = Buffer.concat(chunks).toString();
	const rawPath = message.url ?? '/';
	const enterprise = /^\/api\/(v3|graphql)(\/|\?|$)/.test(rawPath);
	const path = rawPath.replace(/^\/api\/v3(?=\/|\?|$)/, '').replace(/^\/api(?=\/graphql)/, '') || '/';
	const url = new URL(path, 'http://127.0.0.1');
	const method = message.method ?? 'GET';
	const kind: RequestKind = url.pathname === '/graphql' ? 'graphql' : url.pathname.startsWith('/login') ? 'login' : 'rest';
	const token = /^(?:bearer|token)\s+(\S+)$/i.exec(message.headers.authorization ?? '')?.[1];
	const posted = kind === 'graphql' ? parseObject(body) : {};
	const query = typeof posted?.['query'] === 'string' ? posted['query'] : undefined;
	const askedOperation = typeof posted?.['operationName'] === 'string' ? posted['operationName'] : undefined;
	const operationName = askedOperation ?? /^\s*(?:query|mutation)\s+(\w+)/m.exec(query ?? '')?.[1];
	const variables = posted?.['variables'];
	return {
		view: {
			kind, method, path: url.pathname + url.search,
			...(operationName !== undefined && { operationName }),
			...(query !== undefined && { query }),
			...(isObject(variables) && { variables }),
			...(token !== undefined && { token }),
		},
		headers: message.headers, url, rawPath, enterprise, body, askedOperation, startedAt,
		malformed: posted === undefined,
	};
}

function parseObject(text: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
