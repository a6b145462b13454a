import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { GithubServer } from '../../github-server/githubServer';
import { killedForms, realisticTime, type TimeModel } from '../../github-server/timeModel';
import { World } from '../../github-server/world';
import { graphql, rest } from './call';

const repo = 'octo-sample/heavy';
const dear: TimeModel = { baseMs: 100, perNodeMs: 1, perContextMs: 10, perFileMs: 3, perCommitStatisticMs: 5, killAtMs: 10_000, sleep: 'none' };

describe('The stand-in\'s model of time', () => {
	let clock: ManualClock;
	let world: World;
	let server: GithubServer;

	beforeEach(async () => {
		clock = new ManualClock();
		world = new World(clock);
		world.createRepository(repo);
		for (let count = 0; count < 50; count++) world.createPullRequest(repo);
		server = await GithubServer.start({ world, time: dear });
	});
	afterEach(() => server.stop());

	const inAll = (selection: string): string => `{ repository(owner: "octo-sample", name: "heavy") { pullRequests(first: 50) { nodes { ${selection} } } } }`;

	function addChecks(each: number): void {
		for (let number = 1; number <= 50; number++) for (let count = 0; count < each; count++) world.addCheck(repo, number, { name: `check ${count}` });
	}

	async function cost(selection: string): Promise<number> {
		server.clearRequests();
		const { errors } = await graphql(server, inAll(selection));
		assert.deepEqual(errors, []);
		return server.requests[0]!.modelMs;
	}

	async function post(query: string): Promise<Response> {
		return fetch(`${server.url}/graphql`, { method: 'POST', headers: { authorization: 'bearer test-token' }, body: JSON.stringify({ query }) });
	}

	it('weighs what is served: contexts, files and commit statistics more', async () => {
		addChecks(2);
		assert.equal(await cost('number'), 100 + 50);
		assert.equal(await cost('labels(first: 9) { totalCount nodes { id } }'), 100 + 50);
		assert.equal(await cost('files(first: 9) { nodes { path } }'), 100 + 50 + 50 * (1 + 3));
		assert.equal(await cost('commits(first: 9) { nodes { commit { oid } } }'), 100 + 50 + 50);
		assert.equal(await cost('commits(first: 9) { nodes { commit { additions deletions } } }'), 100 + 50 + 50 * (1 + 5));
		assert.equal(await cost('statusCheckRollup { contexts(first: 9) { nodes { __typename } } }'), 100 + 50 + 100 * (1 + 10));
	});

	it('takes nothing for what is only counted', async () => {
		addChecks(2);
		const counts = await cost('statusCheckRollup { contexts(first: 9) { totalCount checkRunCountsByState { state count } } } files(first: 9) { totalCount }');
		assert.equal(counts, 100 + 50);
		assert.equal(server.requests[0]?.nodes, 50);
	});

	it('lets virtual time pass', async () => {
		await server.stop();
		server = await GithubServer.start({ world, time: { ...dear, sleep: (ms) => clock.advance(ms) } });
		const before = clock.now();
		await graphql(server, inAll('number'));
		assert.equal(clock.now() - before, 150);
		await rest(server, '/user');
		assert.equal(clock.now() - before, 250);
	});

	it('ends a query at its time, in each form, with the points gone and no headers of the budget', async () => {
		server.setTime({ ...dear, killAtMs: 120 });
		const seen: string[] = [];
		while (seen.length < killedForms.length) {
			const response = await post(inAll('number'));
			const text = await response.text();
			assert.equal(response.headers.get('x-ratelimit-remaining'), null);
			seen.push(`${response.status} ${response.headers.get('content-type')?.split(';')[0]} ${text.startsWith('<html>')}`);
			if (seen.length === 1) {
				const body = JSON.parse(text) as { data: null; errors: { message: string }[] };
				assert.equal(body.data, null);
				assert.match(body.errors[0]?.message ?? '', /^Something went wrong while executing your query\..*`C0DE:0001`/);
			}
		}
		assert.deepEqual(seen, ['502 application/json false', '502 text/html true', '504 application/json false', '504 text/html true']);
		assert.deepEqual(server.requests.map(({ modelMs, nodes, points }) => [modelMs, nodes, points]), Array.from({ length: 4 }, () => [120, 0, 1]));
		server.setTime({ ...dear, killAtMs: 120, killedAs: '504 HTML' });
		for (let count = 0; count < 2; count++) assert.equal((await post(inAll('number'))).status, 504);
		server.setTime(dear);
		assert.equal((await graphql(server, inAll('number'))).headers.get('x-ratelimit-used'), '7');
	});

	it('as people report it: full contexts of 50 pull requests never come, counts come fast', async () => {
		server.setTime({ ...realisticTime, sleep: 'none' });
		addChecks(34);
		const full = inAll('statusCheckRollup { contexts(first: 100) { nodes { ... on CheckRun { name conclusion } } } }');
		assert.ok((await post(full)).status >= 500);
		assert.ok((await post(full.replace('first: 50', 'first: 10'))).status === 200);
		assert.ok(await cost('statusCheckRollup { contexts(first: 1) { checkRunCountsByState { state count } } }') < 1_000);
	});

	it('is none unless told', async () => {
		await server.stop();
		server = await GithubServer.start({ world });
		addChecks(2);
		assert.equal(await cost('statusCheckRollup { contexts(first: 9) { nodes { __typename } } }'), 0);
		server.setLatency({ baseMs: 1, perNodeMs: 0.01 });
		assert.equal(await cost('files(first: 9) { nodes { path } }'), 2);
	});
});
