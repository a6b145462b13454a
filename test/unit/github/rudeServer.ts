import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GithubClient } from '../../../src/core/github/client';
import { type GithubClientOptions } from '../../../src/core/github/exchange';
import { RateBudget } from '../../../src/core/github/rateBudget';
import { systemClock } from '../../../src/core/model/clock';

export const SECRET = 'gho_0123456789abcdefMARKED';

/** A server that answers as a test wants, and remembers what it was sent. */
export class RudeServer {
	readonly asked: { method: string; path: string; authorization: string | undefined }[] = [];

	private constructor(
		private readonly http: Server,
		readonly url: string,
	) {}

	static async start(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<RudeServer> {
		const http = createServer();
		await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
		const server = new RudeServer(http, `http://127.0.0.1:${(http.address() as AddressInfo).port}`);
		http.on('request', (request, response) => {
			server.asked.push({ method: request.method ?? '', path: request.url ?? '', authorization: request.headers.authorization });
			response.on('error', () => undefined);
			answer(request, response);
		});
		return server;
	}

	async stop(): Promise<void> {
		await new Promise<void>((done) => {
			this.http.close(() => done());
			this.http.closeAllConnections();
		});
	}

	client(options: Partial<GithubClientOptions> = {}): GithubClient {
		return clientOf(this.url, options);
	}
}

/** A client that holds {@link SECRET} for the server at an address. */
export function clientOf(apiUrl: string, options: Partial<GithubClientOptions> = {}): GithubClient {
	return new GithubClient({
		credentials: { host: 'ghe.example.com', apiUrl, account: '1', token: SECRET },
		ref: { host: 'ghe.example.com', owner: 'octo', name: 'harbor' },
		budget: new RateBudget(systemClock),
		fetch: globalThis.fetch,
		...options,
	});
}

/** What a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
	try {
		await promise;
	} catch (error) {
		return error as Error;
	}
	throw new Error('It was fulfilled.');
}
