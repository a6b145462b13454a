import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { GithubServer, type GithubServerOptions } from '../../github-server/githubServer';
import { World } from '../../github-server/world';
import { graphql } from './call';

const repo = 'octo-sample/small';

describe('The stand-in\'s GraphQL', () => {
	let clock: ManualClock;
	let world: World;
	let server: GithubServer;

	async function start(options: Partial<GithubServerOptions> = {}): Promise<void> {
		clock = new ManualClock();
		world = new World(clock);
		world.createRepository(repo);
		for (let count = 0; count < 30; count++) world.createPullRequest(repo);
		server = await GithubServer.start({ world, ...options });
	}

	beforeEach(() => start());
	afterEach(() => server.stop());

	const inRepository = (selection: string): string => `query Ask { repository(owner: "octo-sample", name: "small") { ${selection} } }`;

	it('refuses a field that the schema lacks, in GitHub\'s words', async () => {
		const { status, data, errors } = await graphql(server, inRepository('nope'));
		assert.equal(status, 200);
		assert.equal(data, undefined);
		assert.equal(errors[0]?.message, "Field 'nope' doesn't exist on type 'Repository'");
		assert.deepEqual(errors[0].extensions, { code: 'undefinedField', typeName: 'Repository', fieldName: 'nope' });
		assert.deepEqual(errors[0].path, ['query Ask', 'repository', 'nope']);
	});

	it('hides fields that an old host lacks, for this server alone', async () => {
		const other = await GithubServer.start({ world, hiddenFields: ['PullRequest.statusCheckRollup'] });
		const query = '{ repository(owner: "octo-sample", name: "small") { pullRequest(number: 1) { statusCheckRollup { state } } } }';
		const hidden = await graphql(other, query);
		assert.deepEqual(hidden.errors[0]?.path, ['query', 'repository', 'pullRequest', 'statusCheckRollup']);
		assert.deepEqual((await graphql(server, query)).errors, []);
		await other.stop();
	});

	it('wants 1 to 100 rows of a connection, though not for counts', async () => {
		const type = async (selection: string): Promise<string | undefined> => (await graphql(server, inRepository(selection))).errors[0]?.type;
		assert.equal(await type('pullRequests { nodes { id } }'), 'MISSING_PAGINATION_BOUNDARIES');
		assert.equal(await type('pullRequests(first: 101) { nodes { id } }'), 'EXCESSIVE_PAGINATION');
		assert.equal(await type('pullRequests(last: 0) { nodes { id } }'), 'INVALID_PAGINATION');
		assert.equal(await type('pullRequests(first: 1, after: "rubbish") { nodes { id } }'), 'INVALID_CURSOR_ARGUMENTS');
		assert.equal(await type('pullRequests { totalCount }'), undefined);
	});

	it('refuses more than 500,000 possible rows', async () => {
		const { errors } = await graphql(server, inRepository('pullRequests(first: 100) { nodes { commits(first: 100) { nodes { commit { statusCheckRollup { contexts(first: 51) { nodes { __typename } } } } } } } }'));
		assert.equal(errors[0]?.type, 'MAX_NODE_LIMIT_EXCEEDED');
		assert.match(errors[0].message, /the contexts connection, it is requesting up to 520,100 possible nodes/);
	});

	it('prices a query by the published formula', async () => {
		// The example of the documentation: 1 + 50 + 500 = 551 requests, 5.51 → 6 points, 50 + 500 + 30,000 rows; here with other connections.
		const query = `{ rateLimit { cost nodeCount remaining used limit resetAt } ${inRepository('pullRequests(first: 50) { nodes { commits(first: 10) { nodes { commit { statusCheckRollup { contexts(first: 60) { totalCount } } } } } } }').slice(12)}`;
		const { data, headers } = await graphql<{ rateLimit: object }>(server, query);
		assert.deepEqual(data.rateLimit, { cost: 6, nodeCount: 30_550, remaining: 4994, used: 6, limit: 5000, resetAt: '2026-03-02T10:00:00Z' });
		assert.equal(headers.get('x-ratelimit-remaining'), '4994');
		assert.equal(headers.get('x-ratelimit-reset'), String(Date.UTC(2026, 2, 2, 10) / 1000));
		assert.equal(headers.get('x-ratelimit-resource'), 'graphql');
		assert.equal(headers.get('date'), 'Mon, 02 Mar 2026 09:00:00 GMT');
	});

	it('counts ids as parents, and merges what is selected twice', async () => {
		const ids = [...world.repository(repo).pullRequests.values()].map(({ id }) => id);
		const query = `query ($ids: [ID!]!, $size: Int = 20) { rateLimit { cost nodeCount } nodes(ids: $ids) { ...Labels ... on PullRequest { labels(first: $size) { totalCount } reviews(first: 1) { totalCount }
			files(first: 5) { totalCount } assignees(first: 5) @skip(if: true) { totalCount } commits(first: 1) { totalCount } assigned: assignees(first: 1) { totalCount } } } }
			fragment Labels on PullRequest { labels(first: $size) { nodes { name } } }`;
		const { data } = await graphql<{ rateLimit: object }>(server, query, { ids });
		assert.deepEqual(data.rateLimit, { cost: 2, nodeCount: 30 * 28 });
	});

	it('finds nodes by id, with null and an error in the place of a missing one', async () => {
		const one = world.pullRequest(repo, 3);
		const { data, errors } = await graphql(server, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on PullRequest { number } } }', { ids: [one.id, 'PR_gone', world.repository(repo).id] });
		assert.deepEqual(data, { nodes: [{ id: one.id, number: 3 }, null, { id: world.repository(repo).id }] });
		assert.equal(errors[0]?.type, 'NOT_FOUND');
		assert.deepEqual(errors[0].path, ['nodes', 1]);
		assert.equal(errors[0].message, "Could not resolve to a node with the global id of 'PR_gone'");
		const many = await graphql(server, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: 101 }, () => one.id) });
		assert.equal(many.errors[0]?.type, 'ARGUMENT_LIMIT');
	});

	it('follows a rename, ignores case, and says what it cannot find', async () => {
		world.renameRepository(repo, 'octo-sample/renamed');
		const found = await graphql<{ repository: object }>(server, '{ repository(owner: "OCTO-sample", name: "Small") { nameWithOwner } }');
		assert.deepEqual(found.data.repository, { nameWithOwner: 'octo-sample/renamed' });
		const strict = await graphql<{ repository: object | null }>(server, '{ viewer { login } repository(owner: "octo-sample", name: "small", followRenames: false) { id } }');
		assert.deepEqual(strict.data, { viewer: { login: 'octo-viewer' }, repository: null });
		assert.deepEqual(strict.errors.map(({ type, path, message }) => ({ type, path, message })), [
			{ type: 'NOT_FOUND', path: ['repository'], message: "Could not resolve to a Repository with the name 'octo-sample/small'." },
		]);
	});

	it('never makes up a field that it does not model', async () => {
		const { errors } = await graphql(server, inRepository('diskUsage'));
		assert.equal(errors[0]?.type, 'NOT_MODELLED');
	});

	it('answers every bad request as GitHub does', async () => {
		const post = async (body: string, headers: Record<string, string>): Promise<[number, unknown, string | null]> => {
			const response = await fetch(`${server.url}/api/graphql`, { method: 'POST', body, headers });
			return [response.status, await response.json(), response.headers.get('x-ratelimit-limit')];
		};
		const authorization = 'token test-token';
		const documentation = { documentation_url: 'https://docs.github.com/rest' };
		assert.deepEqual(await post('{}', { authorization: 'bearer wrong' }), [401, { message: 'Bad credentials', ...documentation, status: '401' }, '0']);
		assert.equal((await post('{}', {}))[0], 401);
		assert.deepEqual((await post('{', { authorization })).slice(0, 2), [400, { message: 'Problems parsing JSON', ...documentation, status: '400' }]);
		assert.match(JSON.stringify((await post('{}', { authorization }))[1]), /A query attribute must be specified/);
		assert.match(JSON.stringify((await post('{"query":"{ viewer"}', { authorization }))[1]), /Syntax Error/);
	});

	it('refuses when the points are used up, and starts anew after the reset', async () => {
		const query = '{ rateLimit { remaining } }';
		server.setBudget('test-token', { graphqlRemaining: 1, resetInSeconds: 60 });
		const last = await graphql<{ rateLimit: object }>(server, query);
		assert.deepEqual(last.data.rateLimit, { remaining: 0 });
		const refused = await graphql(server, query);
		assert.equal(refused.status, 200);
		assert.equal(refused.data, undefined);
		assert.deepEqual(refused.errors[0]?.type, 'RATE_LIMIT');
		assert.equal(refused.headers.get('x-ratelimit-remaining'), '0');
		clock.advance(60_000);
		assert.deepEqual((await graphql<{ rateLimit: object }>(server, query)).data.rateLimit, { remaining: 4999 });
	});

	it('has no limits where the host has none', async () => {
		await server.stop();
		await start({ rateLimit: null });
		const { data, headers } = await graphql(server, '{ rateLimit { cost } viewer { login } }');
		assert.deepEqual(data, { rateLimit: null, viewer: { login: 'octo-viewer' } });
		assert.equal(headers.get('x-ratelimit-limit'), null);
		assert.equal((await fetch(`${server.url}/api/v3/rate_limit`, { headers: { authorization: 'bearer test-token' } })).status, 404);
	});

	it('keeps a log of what it was asked', async () => {
		await graphql(server, inRepository('pullRequests(first: 7) { nodes { id } }'), { unused: 1 });
		const [record] = server.requests;
		assert.ok(record);
		const { kind, method, path, operationName, status, points, nodes, possibleNodes, authorization } = record;
		assert.deepEqual(
			{ kind, method, path, operationName, status, points, nodes, possibleNodes, authorization },
			{ kind: 'graphql', method: 'POST', path: '/graphql', operationName: 'Ask', status: 200, points: 1, nodes: 7, possibleNodes: 7, authorization: true },
		);
		assert.ok(record.bytes > 100 && record.durationMs > 0);
		server.clearRequests();
		assert.equal(server.requests.length, 0);
	});
});
