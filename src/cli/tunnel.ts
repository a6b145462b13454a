import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent, request as secureRequest, type RequestOptions } from 'node:https';
import { pipeline, Readable, type Duplex } from 'node:stream';
import { connect, type ConnectionOptions } from 'node:tls';
import { constants, createGunzip } from 'node:zlib';
import { asError } from '../core/model/humanError';
import type { Proxy } from './proxy';

/**
 * A `fetch` for https that goes through a proxy, by CONNECT: the proxy sees where to, and nothing of what is said.
 * The platform's own fetch can't on every version of Node that this runs on, and refuses ports that a proxy may serve.
 * It does as much as guardedFetch asks of a fetch: no redirect is followed, a body is text.
 * @param tls trust besides the machine's own, for tests
 */
export function fetchThrough(proxy: Proxy, tls: Pick<ConnectionOptions, 'ca'> = {}): typeof globalThis.fetch {
	const agent = new TunnelAgent(proxy, tls);
	return (input, init = {}) => {
		const url = new URL(input instanceof Request ? input.url : input);
		const headers = { ...Object.fromEntries(new Headers(init.headers)), 'accept-encoding': 'gzip' };
		const { body, signal } = init;
		if (body !== undefined && body !== null && typeof body !== 'string') {
			throw new TypeError('Only text is sent through a proxy.');
		}
		return new Promise((resolve, reject) => {
			signal?.throwIfAborted();
			const request = secureRequest(url, { agent, method: init.method ?? 'GET', headers });
			const abort = () => {
				reject(asError(signal?.reason));
				request.destroy();
				agent.giveUp();
			};
			signal?.addEventListener('abort', abort);
			request.on('close', () => signal?.removeEventListener('abort', abort));
			request.on('error', reject);
			request.on('response', (message) => {
				try {
					resolve(responseOf(message, signal ?? undefined));
				} catch (error) {
					request.destroy();
					reject(asError(error));
				}
			});
			request.end(body ?? undefined);
		});
	};
}

/** Keeps its connections, so that a tunnel is dug once and not for each request. */
class TunnelAgent extends Agent {
	/** Tunnels that are not through yet. */
	private readonly digging = new Set<ClientRequest>();

	constructor(
		private readonly proxy: Proxy,
		private readonly tls: Pick<ConnectionOptions, 'ca'>,
	) {
		super({ keepAlive: true });
	}

	/** Ends what waits for a proxy that does not answer. */
	giveUp(): void {
		this.digging.forEach((request) => request.destroy());
	}

	/** Called by Node for each new connection. https://nodejs.org/docs/latest-v20.x/api/http.html#agentcreateconnectionoptions-callback */
	override createConnection(options: RequestOptions, callback?: (error: Error | null, stream: Duplex) => void): undefined {
		// Node looks at the connection only where there is no error.
		const connected = callback as (error: Error | null, stream?: Duplex) => void;
		const { url, authorization } = this.proxy;
		const host = options.host ?? '';
		const target = `${host.includes(':') ? `[${host}]` : host}:${options.port ?? 443}`;
		const ask = url.protocol === 'https:' ? secureRequest : plainRequest;
		const request = ask(url, {
			agent: false,
			method: 'CONNECT',
			path: target,
			headers: { host: target, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) },
		});
		this.digging.add(request);
		request.on('close', () => this.digging.delete(request));
		request.on('error', (error) => connected(error));
		// A proxy that knows no CONNECT answers as a server would.
		request.on('response', (message) => {
			message.destroy();
			connected(refusal(message));
		});
		request.on('connect', (message, socket) => {
			if (message.statusCode !== 200) {
				socket.destroy();
				connected(refusal(message));
				return;
			}
			connected(null, connect({ ...this.tls, socket, host, servername: options.servername, ALPNProtocols: ['http/1.1'] }));
		});
		request.end();
		return undefined;
	}
}

/** The proxy's no, by a code as the platform's own errors have one. */
function refusal({ statusCode = 0 }: IncomingMessage): Error {
	return Object.assign(new Error(`The proxy answered HTTP ${statusCode}.`), { code: `HTTP_${statusCode}` });
}

function responseOf(message: IncomingMessage, signal: AbortSignal | undefined): Response {
	const headers = new Headers();
	for (const [name, values = []] of Object.entries(message.headersDistinct)) {
		values.forEach((value) => headers.append(name, value));
	}
	const status = message.statusCode ?? 0;
	if (status === 204 || status === 205 || status === 304) {
		message.resume();
		return new Response(null, { status, headers });
	}
	const body = headers.get('content-encoding') === 'gzip' ? unpacked(message) : message;
	// Whoever reads it is told why it ends, not that it ended.
	const abort = () => body.destroy(signal?.reason as Error);
	signal?.addEventListener('abort', abort);
	body.on('close', () => signal?.removeEventListener('abort', abort));
	return new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { status, headers });
}

/** Gives what there is when the end is missing, as a browser does: whether that is whole is for others to say. */
function unpacked(message: IncomingMessage): Readable {
	const gunzip = createGunzip({ flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH });
	pipeline(message, gunzip, () => undefined);
	return gunzip;
}
