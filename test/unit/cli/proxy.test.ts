import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { guardedFetch } from '../../../src/core/github/guardedFetch';
import { networkCause } from '../../../src/core/github/networkCause';
import { proxyOf, proxySecrets } from '../../../src/cli/proxy';
import { fetchThrough } from '../../../src/cli/tunnel';
import { UsageError } from '../../../src/cli/usageError';
import { KEY, SELF_SIGNED } from '../github/certificates';
import { rejection } from '../github/rudeServer';
import { eventsOf, runCli, Scene, smallRepository, type Finished } from './commandLine';
import { ConnectProxy, type ConnectProxyOptions } from './connectProxy';
import { TlsFront } from './tlsFront';

const API = new URL('https://api.github.com/graphql');

describe('the proxy of the environment', () => {
	for (const [env, expected] of [
		[{}, undefined],
		[{ HTTPS_PROXY: 'http://proxy.example.com:3128' }, 'http://proxy.example.com:3128/'],
		[{ https_proxy: 'http://lower.example.com', HTTPS_PROXY: 'http://upper.example.com' }, 'http://lower.example.com/'],
		[{ https_proxy: '', HTTPS_PROXY: ' ', ALL_PROXY: 'proxy.example.com:3128' }, 'http://proxy.example.com:3128/'],
		[{ all_proxy: 'https://proxy.example.com' }, 'https://proxy.example.com/'],
		// For plain http alone, which is never sent through a proxy.
		[{ HTTP_PROXY: 'http://proxy.example.com', http_proxy: 'http://proxy.example.com' }, undefined],
	] as const) {
		it(`${JSON.stringify(env)} → ${expected ?? 'none'}`, () => assert.equal(proxyOf(API, env)?.url.href, expected));
	}

	for (const [list, exempt, proxied] of [
		['*', ['https://api.github.com', 'https://[::1]:8443'], []],
		['github.com', ['https://github.com', 'https://api.github.com', 'https://API.GitHub.com'], ['https://notgithub.com', 'https://github.com.example.com']],
		['.github.com, *.example.com', ['https://api.github.com', 'https://ghe.example.com'], ['https://github.co']],
		['ghe.example.com:8443', ['https://ghe.example.com:8443'], ['https://ghe.example.com']],
		['ghe.example.com:443', ['https://ghe.example.com'], ['https://ghe.example.com:8443']],
		['localhost 127.0.0.1,[::1]', ['https://localhost:1', 'https://127.0.0.1:4000', 'https://[::1]:4000'], ['https://127.0.0.2', 'https://x.127.0.0.1.example.com']],
		['10.0.0.0/8,fd00::/8', ['https://10.1.2.3', 'https://[fd12::1]'], ['https://11.1.2.3', 'https://[fe80::1]', 'https://api.github.com']],
		['10.0.0.0/33,nonsense/8,/,:,::', [], ['https://10.0.0.1', 'https://api.github.com']],
		['', [], ['https://localhost']],
	] as const) {
		it(`is left out for what NO_PROXY=${list} names`, () => {
			const through = (url: string) => proxyOf(new URL(url), { HTTPS_PROXY: 'http://proxy.example.com', NO_PROXY: list }) !== undefined;
			assert.deepEqual([exempt.filter(through), proxied.filter((url) => !through(url))], [[], []]);
		});
	}

	it('gets no plain http, which carries a token and is for this machine alone', () => {
		const env = { HTTP_PROXY: 'http://proxy.example.com', HTTPS_PROXY: 'http://proxy.example.com', ALL_PROXY: 'http://proxy.example.com' };
		assert.equal(proxyOf(new URL('http://127.0.0.1:4000'), env), undefined);
	});

	it('gets its user name and password apart from its address', () => {
		for (const [address, user] of [['http://ada:p%40ss%20word@proxy.example.com', 'ada:p@ss word'], ['http://ada@proxy.example.com', 'ada:'], ['http://ada:100%@proxy.example.com', 'ada:100%']] as const) {
			const proxy = proxyOf(API, { HTTPS_PROXY: address });
			assert.deepEqual([proxy?.url.href, proxy?.authorization], ['http://proxy.example.com/', `Basic ${Buffer.from(user).toString('base64')}`]);
		}
		assert.deepEqual(proxySecrets({ HTTPS_PROXY: 'http://ada:p%40ss%20word@proxy.example.com' }), ['p%40ss%20word', 'p@ss word']);
	});

	for (const value of ['socks5://ada:hidden-word@127.0.0.1:1080', 'http://', 'http://ada:hidden-word@', 'ftp://proxy.example.com']) {
		it(`can not be ${value}, which is said without the password`, () => {
			assert.throws(() => proxyOf(API, { ALL_PROXY: value }), (error) => error instanceof UsageError && /^ALL_PROXY /.test(error.message) && !/hidden/.test(error.message));
			assert.equal(proxyOf(API, { ALL_PROXY: value, NO_PROXY: '*' }), undefined);
		});
	}
});

describe('a fetch through a proxy', () => {
	let proxy: ConnectProxy | undefined;
	let stopServer: (() => void) | undefined;

	afterEach(async () => {
		stopServer?.();
		await proxy?.stop();
		proxy = stopServer = undefined;
	});

	/** Over a proxy that leads to a server of this machine, and trusts that. */
	async function through(answer: RequestListener, options: ConnectProxyOptions = {}) {
		const server = createServer({ key: KEY, cert: SELF_SIGNED }, answer);
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		stopServer = () => {
			server.closeAllConnections();
			server.close();
		};
		proxy = await ConnectProxy.start({ to: (server.address() as AddressInfo).port, ...options });
		return fetchThrough({ url: new URL(proxy.url), authorization: undefined }, { ca: SELF_SIGNED });
	}

	it('sends and gets as any other, through one tunnel, to a port that a browser would refuse', async () => {
		const fetch = await through((request, response) => {
			let body = '';
			request.setEncoding('utf8').on('data', (part: string) => (body += part));
			request.on('end', () => {
				const packed = request.headers['accept-encoding'] === 'gzip' ? gzipSync(`${request.method} ${request.url} ${request.headers.authorization} ${body}`) : '';
				response.writeHead(200, { 'content-encoding': 'gzip', 'set-cookie': ['a=1', 'b=2'], etag: '"1"' }).end(packed);
			});
		});
		for (let count = 0; count < 3; count++) {
			const { response, body } = await guardedFetch({ fetch, apiUrl: 'https://localhost:1' }, 'https://localhost:1/graphql', { method: 'POST', body: '{"ü":1}', headers: { authorization: 'bearer x' } });
			assert.deepEqual([response.status, response.headers.get('etag'), response.headers.getSetCookie()], [200, '"1"', ['a=1', 'b=2']]);
			assert.equal(new TextDecoder().decode(body), 'POST /graphql bearer x {"ü":1}');
		}
		assert.deepEqual(proxy?.tunnels, ['localhost:1']);
	});

	it('follows no redirect, and knows an answer without a body', async () => {
		const fetch = await through((request, response) => response.writeHead(request.url === '/old' ? 301 : 304, { location: 'https://elsewhere.example/' }).end());
		for (const [path, status] of [['/old', 301], ['/same', 304]]) {
			const response = await fetch(`https://localhost${path}`);
			assert.deepEqual([response.status, (await response.arrayBuffer()).byteLength], [status, 0]);
		}
		assert.deepEqual(proxy?.tunnels, ['localhost:443']);
	});

	it('holds what is unpacked to the same bound', async () => {
		const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
		const fetch = await through((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
		await assert.rejects(guardedFetch({ fetch, apiUrl: 'https://localhost', maxBytes: 1024 * 1024 }, 'https://localhost/'), /more than 1048576 bytes/);
	});

	for (const [what, options, answer] of [
		['a proxy that never answers', { silent: true }, () => undefined],
		['a server that never answers', {}, () => undefined],
		['an answer that never ends', {}, (_, response) => void response.write('{')],
	] as [string, ConnectProxyOptions, RequestListener][]) {
		it(`gives up on ${what} in time, and says that it was time`, async () => {
			const fetch = await through(answer, options);
			const startedAt = performance.now();
			const error = await rejection(guardedFetch({ fetch, apiUrl: 'https://localhost' }, 'https://localhost/', { signal: AbortSignal.timeout(300) }));
			assert.equal(error.name, 'TimeoutError', String(error));
			assert.ok(performance.now() - startedAt < 3_000);
		});
	}

	it('does not take a broken answer for a whole one', async () => {
		const fetch = await through((_, response) => {
			response.writeHead(200, { 'content-length': '1000' }).write('{');
			setTimeout(() => response.destroy(), 50);
		});
		const error = await rejection(guardedFetch({ fetch, apiUrl: 'https://localhost' }, 'https://localhost/'));
		assert.equal(networkCause(error)?.code, 'ECONNRESET', String(error));
	});

	it('trusts the server no more than it would without a proxy', async () => {
		const trusting = await through((_, response) => response.end('{}'));
		const fetch = fetchThrough({ url: new URL(proxy?.url ?? ''), authorization: undefined });
		assert.equal(networkCause(await rejection(fetch('https://localhost/')))?.code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
		assert.equal(networkCause(await rejection(trusting('https://elsewhere.example/')))?.code, 'ERR_TLS_CERT_ALTNAME_INVALID');
	});
});

describe('pr-seeder behind a proxy', () => {
	let scene: Scene;
	let front: TlsFront;
	let proxy: ConnectProxy | undefined;
	let trust: NodeJS.ProcessEnv;

	beforeEach(async () => {
		scene = await Scene.make([smallRepository()]);
		front = await TlsFront.start(scene.server.url, SELF_SIGNED);
		trust = { NODE_EXTRA_CA_CERTS: join(scene.folder, 'root.pem') };
		await writeFile(trust['NODE_EXTRA_CA_CERTS'] ?? '', SELF_SIGNED);
	});

	afterEach(async () => {
		await proxy?.stop();
		proxy = undefined;
		await front.stop();
		await scene.dispose();
	});

	const start = async (options: ConnectProxyOptions = {}) => (proxy = await ConnectProxy.start({ to: front.port, ...options }));
	const seed = (url: string, env: NodeJS.ProcessEnv, words: readonly string[] = []): Promise<Finished> =>
		runCli(['seed', 'octo/harbor', '--api-url', url, '--storage', scene.storage, ...words], { env: { ...trust, ...env } });

	it('reaches through it what can be reached no other way', async () => {
		const { url, tunnels, port } = await start();
		const finished = await seed('https://localhost:1', { HTTPS_PROXY: url }, ['--log', 'json']);
		assert.equal(finished.status, 0, finished.stderr);
		assert.match(finished.stdout, /octo\/harbor: 3 pull requests/);
		assert.equal(eventsOf(finished)[0]?.['proxy'], `127.0.0.1:${port}`);
		assert.ok(scene.server.requests.length > 1);
		assert.deepEqual(tunnels, ['localhost:1']);
	});

	it('signs in to it, and shows its password nowhere', async () => {
		const { port, tunnels } = await start({ authorization: `Basic ${Buffer.from('ada:hidden word').toString('base64')}` });
		const good = await seed('https://localhost:1', { HTTPS_PROXY: `http://ada:hidden%20word@127.0.0.1:${port}` });
		assert.equal(good.status, 0, good.stderr);
		tunnels.length = 0;
		for (const words of [[], ['--log', 'json']]) {
			const refused = await seed('https://localhost:1', { HTTPS_PROXY: `http://ada:hidden%20wrong@127.0.0.1:${port}` }, words);
			assert.equal(refused.status, 3, refused.stderr);
			assert.match(refused.stderr, /your proxy wants a sign-in \(HTTP 407\)/);
			assert.doesNotMatch(refused.stdout + refused.stderr, /hidden|wrong/);
		}
		assert.deepEqual([...new Set(tunnels)], ['localhost:1']);
	});

	it('goes past it where NO_PROXY says so, and to this machine by plain http', async () => {
		const { url, tunnels, others } = await start();
		const env = { HTTPS_PROXY: url, HTTP_PROXY: url, ALL_PROXY: url };
		const direct = await seed(front.url, { ...env, NO_PROXY: 'localhost' });
		assert.equal(direct.status, 0, direct.stderr);
		const plain = await seed(scene.server.url, env);
		assert.equal(plain.status, 0, plain.stderr);
		assert.deepEqual([tunnels, others], [[], []]);
	});

	it('says which proxy does not answer, or can not be used', async () => {
		const { url, port } = await start();
		await proxy?.stop();
		proxy = undefined;
		const gone = await seed('https://localhost:1', { HTTPS_PROXY: url });
		assert.equal(gone.status, 3);
		assert.match(gone.stderr, new RegExp(`nothing answers at 127\\.0\\.0\\.1:${port} \\(ECONNREFUSED\\)\\. Check the address, and the proxy`));
		const socks = await seed('https://localhost:1', { ALL_PROXY: 'socks5://127.0.0.1:1080' });
		assert.equal(socks.status, 2);
		assert.match(socks.stderr, /ALL_PROXY names a proxy of the kind socks5, which is not supported/);
	});
});
