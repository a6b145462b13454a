import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { ForbiddenError, GithubError, TransientError } from '../../../src/core/github/errors';
import type { GithubClient } from '../../../src/core/github/client';
import { HumanError } from '../../../src/core/model/humanError';
import { clientOf, RudeServer, rejection, SECRET } from './rudeServer';

const ask = (client: GithubClient, signal?: AbortSignal) =>
	client.graphql({ operation: 'Probe', query: 'query Probe { viewer { login } }', variables: {}, isUsable: () => true }, signal);
const get = (client: GithubClient) => client.rest<unknown>('/repos/octo/harbor/commits/abc/check-runs', {});

describe('a token', () => {
	const servers: RudeServer[] = [];
	const start = async (...given: Parameters<typeof RudeServer.start>) => {
		const server = await RudeServer.start(...given);
		servers.push(server);
		return server;
	};
	afterEach(async () => {
		await Promise.all(servers.splice(0).map((server) => server.stop()));
	});

	for (const status of [301, 302, 303, 307, 308]) {
		it(`does not follow a redirect to another host (${status})`, async () => {
			const other = await start((_, response) => response.end('{"data":{}}'));
			const server = await start((_, response) => response.writeHead(status, { location: `${other.url}/graphql` }).end());
			for (const send of [ask, get]) {
				const error = await rejection(send(server.client()));
				assert.ok(error instanceof TransientError && error.reason === 'redirect', String(error));
				assert.match(error.message, /ghe\.example\.com sends requests on to another address\. .* your sign-in is for ghe\.example\.com alone/);
			}
			assert.deepEqual(other.asked, []);
		});
	}

	it('does not follow one to another port, scheme or name of this machine', async () => {
		for (const location of ['http://127.0.0.2:1/', 'https://127.0.0.1/', 'http://localhost/', '//evil.example/', 'http:\\\\evil.example/']) {
			const server = await start((_, response) => response.writeHead(301, { location }).end());
			const error = await rejection(get(server.client()));
			assert.ok(error instanceof TransientError && error.reason === 'redirect', `${location}: ${String(error)}`);
			assert.equal(server.asked.length, 1, location);
		}
	});

	it('goes along with a renamed repository, which stays on the host, once', async () => {
		const server = await start((request, response) =>
			request.url?.startsWith('/repos/') === true
				? response.writeHead(301, { location: '/repositories/7/commits/abc/check-runs' }).end('{"message":"Moved Permanently"}')
				: response.setHeader('content-type', 'application/json').end('{"total_count":0,"check_runs":[]}'),
		);
		assert.deepEqual((await get(server.client())).data, { total_count: 0, check_runs: [] });
		assert.deepEqual(server.asked.map(({ path, authorization }) => [path, authorization]), [
			['/repos/octo/harbor/commits/abc/check-runs', `bearer ${SECRET}`],
			['/repositories/7/commits/abc/check-runs', `bearer ${SECRET}`],
		]);
	});

	it('does not go round in circles, nor away on the second hop', async () => {
		const other = await start((_, response) => response.end('{}'));
		const circle = await start((request, response) => response.writeHead(301, { location: request.url ?? '/' }).end());
		assert.ok((await rejection(get(circle.client()))) instanceof TransientError);
		assert.equal(circle.asked.length, 2);
		const away = await start((request, response) => response.writeHead(301, { location: request.url === '/next' ? other.url : '/next' }).end());
		assert.ok((await rejection(get(away.client()))) instanceof TransientError);
		assert.deepEqual(other.asked, []);
	});

	it('never leaves over plain http, except on this very machine', () => {
		for (const apiUrl of ['http://ghe.example.com/api/v3', 'http://10.0.0.1', 'ftp://ghe.example.com', 'https://user:pass@ghe.example.com', 'http://127.0.0.1.evil.example', 'http://localhost.evil.example']) {
			const credentials = { host: 'ghe.example.com', apiUrl, account: '1', token: SECRET };
			assert.throws(() => clientOf('', { credentials }), HumanError, apiUrl);
		}
		for (const apiUrl of ['https://ghe.example.com/api/v3', 'http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:2']) {
			const credentials = { host: 'ghe.example.com', apiUrl, account: '1', token: SECRET };
			assert.doesNotThrow(() => clientOf('', { credentials }), apiUrl);
		}
	});

	it('is in no error, whatever the server says', async () => {
		const answers: [number, Record<string, string>, string][] = [
			[403, {}, JSON.stringify({ message: `You sent ${SECRET}` })],
			[422, {}, JSON.stringify({ message: 'no', errors: [{ header: `Authorization: bearer ${SECRET}` }] })],
			[500, {}, SECRET],
			[200, {}, JSON.stringify({ errors: [{ type: 'FORBIDDEN', message: SECRET }] })],
			[200, {}, JSON.stringify({ errors: [{ type: 'SOMETHING', message: `bearer ${SECRET}` }] })],
			[200, {}, SECRET],
		];
		for (const [status, headers, body] of answers) {
			const server = await start((_, response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body));
			const client = server.client();
			const error = await rejection(client.graphql({ operation: 'P', query: 'query P { viewer { login } }', variables: {}, isUsable: ({ viewer }: { viewer?: unknown }) => viewer !== undefined }));
			assert.ok(error instanceof TransientError || error instanceof ForbiddenError || error instanceof GithubError, String(error));
			assert.ok(!inspect(error, { depth: 20, showHidden: true }).includes(SECRET), inspect(error, { depth: 20 }));
		}
	});

	it('is in no error by a half, wherever a long message is cut off', async () => {
		const half = SECRET.slice(0, SECRET.length / 2);
		let message = '';
		const server = await start((request, response) => {
			const isGraphql = request.url === '/graphql';
			const body = isGraphql ? { errors: [{ type: 'FORBIDDEN', message }] } : { message };
			response.writeHead(isGraphql ? 200 : 403, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		});
		for (let before = 470; before <= 500; before += 5) {
			message = `${'.'.repeat(before)}${SECRET} and so on`;
			for (const send of [ask, get]) {
				const error = await rejection(send(server.client()));
				assert.ok(error instanceof ForbiddenError && error.message.length < 600, String(error));
				assert.ok(!error.message.includes(half), `${before}: ${error.message.slice(-60)}`);
			}
		}
	});
});

describe('an answer', () => {
	let server: RudeServer | undefined;
	afterEach(() => server?.stop());

	it('of 100 MB is not read to its end', async () => {
		const chunk = Buffer.alloc(1024 * 1024, 'x');
		let sent = 0;
		server = await RudeServer.start((_, response) => {
			const more = () => {
				while (sent < 100 && response.writable) {
					sent++;
					if (!response.write(chunk)) {
						response.once('drain', more);
						return;
					}
				}
				response.end();
			};
			more();
		});
		const error = await rejection(ask(server.client()));
		assert.ok(error instanceof TransientError && error.reason === 'size', String(error));
		assert.match(error.message, /sent an answer too long to be one of its API\. What was fetched is stored/);
		assert.ok(sent < 80, `${sent} MB were sent`);
	});

	it('that says beforehand how long it is costs nothing', async () => {
		server = await RudeServer.start((_, response) => response.writeHead(200, { 'content-length': 2 ** 40 }).write('{'));
		const error = await rejection(ask(server.client()));
		assert.ok(error instanceof TransientError && error.reason === 'size', String(error));
	});

	it('that unpacks to much more than was sent is not unpacked to its end', async () => {
		const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
		server = await RudeServer.start((_, response) => response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(bomb));
		const before = process.memoryUsage().rss;
		const error = await rejection(get(server.client()));
		assert.ok(error instanceof TransientError && error.reason === 'size', String(error));
		assert.ok(process.memoryUsage().rss - before < 200 * 1024 * 1024);
	});

	it('that never ends is given up on in time', async () => {
		server = await RudeServer.start((_, response) => {
			const timer = setInterval(() => response.write(' '), 20);
			response.on('close', () => clearInterval(timer));
		});
		const startedAt = performance.now();
		const error = await rejection(ask(server.client({ timeoutMs: 300 })));
		assert.ok(error instanceof TransientError && error.reason === 'timeout', String(error));
		assert.ok(performance.now() - startedAt < 5_000);
	});

	it('that drips is given up on long before its time is over', async () => {
		server = await RudeServer.start((_, response) => {
			const timer = setInterval(() => response.write(' '), 20);
			response.on('close', () => clearInterval(timer));
		});
		const startedAt = performance.now();
		const error = await rejection(ask(server.client({ slowMs: 300 })));
		assert.ok(error instanceof TransientError && error.reason === 'timeout', String(error));
		assert.ok(performance.now() - startedAt < 5_000);
	});

	it('that a slow network brings is waited for', async () => {
		server = await RudeServer.start((_, response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			let left = 12;
			const timer = setInterval(() => {
				response.write(' '.repeat(500));
				if (--left === 0) {
					clearInterval(timer);
					response.end('{"data":{"viewer":{}}}');
				}
			}, 100);
		});
		assert.deepEqual((await ask(server.client({ slowMs: 300 }))).data, { viewer: {} });
	});

	for (const body of ['['.repeat(1_000_000), `{"data":${'{"a":'.repeat(100_000)}`]) {
		it(`that is nested too deep is told as that (${body.slice(0, 12)}…)`, async () => {
			server = await RudeServer.start((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body));
			for (const send of [ask, get]) {
				const error = await rejection(send(server.client()));
				assert.ok(error instanceof TransientError && error.reason === 'depth', String(error));
				assert.match(error.message, /sent an answer that is nested deeper than anything of its API\./);
			}
		});
	}

	for (const [name, body] of [
		['10,000 deep', `{"data":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
		['100,000 deep and unfinished', '{"data":'.repeat(100_000)],
		['with errors 10,000 deep', `{"errors":[{"message":${'['.repeat(10_000)}${']'.repeat(10_000)}}]}`],
		['a bare number', '7'],
		['errors of wrong types', '{"errors":[{"type":1,"path":7,"message":{},"extensions":"x"},null,3]}'],
		['errors that are none', '{"errors":"no","data":null}'],
	] as const) {
		for (const status of [200, 400, 503]) {
			it(`is no danger as JSON: ${name}, HTTP ${status}`, async () => {
				server = await RudeServer.start((_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
				for (const send of [ask, get]) {
					const outcome = await send(server.client()).catch((error: unknown) => error);
					assert.ok(!(outcome instanceof Error) || outcome instanceof HumanError, String(outcome));
				}
			});
		}
	}
});
