import assert from 'node:assert/strict';
import { GithubServer } from '../../github-server/githubServer';
import { World } from '../../github-server/world';
import { graphql, rest } from './call';

const query = '{ repository(owner: "octo-sample", name: "faulty") { pullRequests(first: 100) { totalCount nodes { id title } } } }';

describe('The stand-in\'s faults', () => {
	let world: World;
	let server: GithubServer;

	beforeEach(async () => {
		world = new World();
		world.createRepository('octo-sample/faulty');
		for (let count = 0; count < 20; count++) world.createPullRequest('octo-sample/faulty');
		server = await GithubServer.start({ world });
	});
	afterEach(() => server.stop());

	const ask = (init: RequestInit = {}): Promise<Response> =>
		fetch(`${server.url}/graphql`, { method: 'POST', headers: { authorization: 'bearer test-token' }, body: JSON.stringify({ query }), ...init });

	it('answers another status, once, and only where it matches', async () => {
		server.addFault({ kind: 'respond', status: 403, headers: { 'Retry-After': '60' }, body: { message: 'secondary' }, match: { kind: 'graphql', nth: 2 } });
		assert.equal((await rest(server, '/user')).status, 200);
		assert.equal((await ask()).status, 200);
		const hit = await ask();
		assert.deepEqual([hit.status, hit.headers.get('retry-after'), await hit.json()], [403, '60', { message: 'secondary' }]);
		assert.equal((await ask()).status, 200);
	});

	it('plays a broken gateway as often as told, and takes points when told', async () => {
		server.addFault({ kind: 'badGateway', times: 2, charged: true });
		const hit = await ask();
		assert.deepEqual([hit.status, hit.headers.get('content-type')], [502, 'text/html']);
		await ask();
		const { headers } = await graphql(server, query);
		assert.equal(headers.get('x-ratelimit-used'), '3');
		assert.deepEqual(server.requests.map(({ status }) => status), [502, 502, 200]);
	});

	it('resets, truncates and cuts', async () => {
		server.addFault({ kind: 'reset' });
		await assert.rejects(ask());
		server.addFault({ kind: 'reset', afterBytes: 40 });
		await assert.rejects(async () => (await ask()).text());
		server.addFault({ kind: 'truncate' });
		await assert.rejects(async () => (await ask()).text());
		server.addFault({ kind: 'cutJson' });
		const cut = await ask();
		await assert.rejects(cut.json(), SyntaxError);
		assert.equal((await graphql(server, query)).status, 200);
	});

	it('never answers, until the caller gives up or the server stops', async () => {
		server.addFault({ kind: 'hang', times: 2 });
		await assert.rejects(ask({ signal: AbortSignal.timeout(60) }));
		const hanging = assert.rejects(ask());
		while (server.requests.length < 2) await new Promise((done) => setTimeout(done, 10));
		assert.deepEqual(server.requests.map(({ status }) => status), [0, 0]);
		await server.stop();
		await hanging;
	});

	it('answers slowly', async () => {
		server.addFault({ kind: 'slow', pieces: 4, pauseMs: 10 });
		const started = performance.now();
		assert.equal(((await (await ask()).json()) as { data: { repository: { pullRequests: { totalCount: number } } } }).data.repository.pullRequests.totalCount, 20);
		assert.ok(performance.now() - started >= 38);
	});

	it('changes the normal answer', async () => {
		server.addFault({
			kind: 'patch',
			match: { when: ({ query: text }) => text?.includes('pullRequests') ?? false },
			patch: (answer) => {
				const body = answer.body as { data: { repository: { pullRequests: { nodes: unknown[] } } }; errors?: unknown[] };
				body.data.repository.pullRequests.nodes[3] = null;
				body.errors = [{ type: 'RESOURCE_LIMITS_EXCEEDED', path: ['repository', 'pullRequests', 'nodes', 3], message: 'Resource limits for this query exceeded.' }];
				answer.headers['x-test'] = 'patched';
				return undefined;
			},
		});
		const { data, errors, headers } = await graphql<{ repository: { pullRequests: { nodes: unknown[] } } }>(server, query);
		assert.equal(data.repository.pullRequests.nodes[3], null);
		assert.equal(data.repository.pullRequests.nodes.length, 20);
		assert.equal(errors[0]?.type, 'RESOURCE_LIMITS_EXCEEDED');
		assert.equal(headers.get('x-test'), 'patched');
	});

	it('changes the world before and after a request', async () => {
		const total = async (): Promise<number> => (await graphql<{ repository: { pullRequests: { totalCount: number } } }>(server, query)).data.repository.pullRequests.totalCount;
		server.before(2, (one) => void one.createPullRequest('octo-sample/faulty'));
		server.after({ kind: 'graphql', nth: 2 }, (one) => one.removePullRequest('octo-sample/faulty', 1));
		assert.deepEqual([await total(), await total(), await total(), await total()], [20, 21, 20, 20]);
	});

	it('takes the time that it is told to', async () => {
		server.setLatency({ baseMs: 20, perNodeMs: 1 });
		await graphql(server, query);
		assert.ok(server.requests[0]!.durationMs >= 39);
		server.setLatency({ baseMs: 0, perNodeMs: 0 });
	});
});
