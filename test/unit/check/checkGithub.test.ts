import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BELIEFS } from '../../check/beliefs';
import { checkGithub } from '../../check/checkGithub';
import { MAX_REQUESTS, Meter, RequestLimitError } from '../../check/meter';
import { ManualClock } from '../../github-server/clock';
import { GithubServer, type GithubServerOptions } from '../../github-server/githubServer';
import { fineGrainedToken, installationToken, oauthToken, type Token } from '../../github-server/tokens';
import { World } from '../../github-server/world';
import { repositoryRoot } from '../../vscode/paths';

const HARBOR = 'octo/harbor';
/** Of the stand-in's default kind, and like nothing else. */
const TOKEN = 'gho_MarkedToken0123456789abcdefghijklmn';

interface Ran {
	status: number;
	text: string;
	/** By the belief's id: `yes`, `no` or `open`. */
	verdicts: Map<string, string>;
}

describe('the script that settles what is believed', () => {
	let world: World;
	let clock: ManualClock;
	let server: GithubServer;
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pr-seeder-check-'));
		clock = new ManualClock();
		world = new World(clock);
		world.createRepository(HARBOR, { isPrivate: true });
		world.createLabel(HARBOR, 'bug');
		world.createMilestone(HARBOR, { title: 'Spring' });
		for (let number = 1; number <= 24; number++) {
			world.createPullRequest(HARBOR);
			clock.advance(5_000);
		}
		world.addCheck(HARBOR, 24, { name: 'build' });
	});
	afterEach(async () => {
		await server.stop();
		await rm(folder, { recursive: true, force: true });
	});

	const start = async (options: Omit<GithubServerOptions, 'world'> = {}): Promise<void> => {
		server = await GithubServer.start({ world, tokens: [TOKEN], ...options });
	};

	async function check(words: readonly string[] = [], token = TOKEN): Promise<Ran> {
		const lines: string[] = [];
		const say = (line: string): void => void lines.push(line);
		server.clearRequests();
		const status = await checkGithub({ argv: [HARBOR, '--api-url', server.url, ...words], env: { GH_TOKEN: token }, out: say, error: say });
		const text = lines.join('\n');
		assert.ok(server.requests.length <= MAX_REQUESTS, `${server.requests.length} requests`);
		assert.ok(server.requests.every(({ method, kind }) => method === 'GET' || kind === 'graphql'));
		assert.ok(!text.includes(token));
		return { status, text, verdicts: verdictsIn(text) };
	}

	/** As {@link check}, for a run that has to come to its end. */
	async function verdicts(words?: readonly string[], token?: string): Promise<Map<string, string>> {
		const ran = await check(words, token);
		assert.equal(ran.status, 0, ran.text);
		assert.deepEqual([...ran.verdicts.keys()], BELIEFS.map(({ id }) => id));
		return ran.verdicts;
	}

	/** What is told with such a token, of these beliefs. */
	async function told(token: Token, ...ids: string[]): Promise<(string | undefined)[]> {
		server.setToken(token);
		const found = await verdicts([], token.value);
		return ids.map((id) => found.get(id));
	}

	it('says something of every belief, and prints what each query of the product costs', async () => {
		await start();
		const { status, text, verdicts: found } = await check();
		assert.equal(status, 0, text);
		assert.deepEqual([...found.keys()], BELIEFS.map(({ id }) => id));
		for (const id of ['scopes-header', 'logins-need-no-scope', 'planned-fields-need-no-scope', 'new-node-ids', 'large-check-ids', 'batches-multiply', 'cost-is-charged', 'not-modified-is-free']) {
			assert.equal(found.get(id), 'yes', `${id}\n${text}`);
		}
		for (const id of ['totals-need-no-scope', 'refused-commits-take-the-row', 'files-total', 'former-node-ids', 'updated-by-checks', 'slow-down-says-when']) assert.equal(found.get(id), 'open', id);
		for (const { operationName = '', points, status: answered } of server.requests.filter(({ kind }) => kind === 'graphql')) {
			assert.match(text, new RegExp(`^${operationName} +${answered} +${points} `, 'm'));
		}
		for (const name of ['Probe', 'Listing', 'Fingerprints', 'Details', 'Checks', 'Catalogue', 'Existence']) assert.ok(server.requests.some(({ operationName }) => operationName === name), name);
		assert.ok(text.includes(`${server.requests.length} of at most 30 requests.`));
	});

	it('does so as a process of its own, which shows the token nowhere', async () => {
		await start();
		const tool = join(repositoryRoot, 'out', 'test', 'check', 'checkGithub.tool.mjs');
		const child = spawn(process.execPath, [tool, HARBOR, '--api-url', server.url], { env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], GITHUB_TOKEN: TOKEN }, windowsHide: true });
		let text = '';
		for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (text += part));
		const status = await new Promise((resolve) => child.on('close', resolve));
		assert.equal(status, 0, text);
		assert.equal(verdictsIn(text).size, BELIEFS.length);
		assert.ok(!text.includes(TOKEN));
	});

	it('is held to the same list in CONTRIBUTING', async () => {
		await start();
		const lines = (await readFile(join(repositoryRoot, 'CONTRIBUTING.md'), 'utf8')).split('\n');
		const listed = lines.filter((line) => /^\| `[a-z0-9-]+` \|/.test(line));
		assert.deepEqual(listed, BELIEFS.map(({ id, believed, where, settle }) => `| \`${id}\` | ${believed} | ${where} | ${settle} |`));
	});

	it('tells what a fine-grained token is refused', async () => {
		await start();
		const token = fineGrainedToken({ permissions: { pull_requests: 'read', statuses: 'read' } });
		world.requestReview(HARBOR, 24, 'octo/dock');
		assert.deepEqual(
			await told(token, 'scopes-header', 'refused-commits-take-the-row', 'counts-beside-refused-runs', 'hidden-teams', 'logins-need-no-scope'),
			['yes', 'yes', 'yes', 'yes', 'open'],
		);
	});

	it('tells where an App sees nothing and is told nothing', async () => {
		await start();
		world.requestReview(HARBOR, 24, 'octo/dock');
		world.createRepository('octo/vault', { isPrivate: true });
		world.linkIssue(HARBOR, 24, 7, 'Secret', 'octo/vault');
		const token = installationToken({ permissions: { pull_requests: 'read', contents: 'read', issues: 'read' }, repositories: [HARBOR] });
		assert.deepEqual(await told(token, 'foreign-issues', 'hidden-teams', 'refused-commits-take-the-row'), ['yes', 'open', 'open']);
	});

	it('tells what a token without repo may count', async () => {
		await start();
		world.setPrivate(HARBOR, false);
		assert.deepEqual(await told(oauthToken({ scopes: ['read:org'] }), 'totals-need-no-scope', 'logins-need-no-scope'), ['yes', 'open']);
	});

	it('says no where the host wants a scope for what needs none', async () => {
		await start({ extraScopes: { 'PullRequest.mergeQueueEntry': ['read:org'] } });
		assert.equal((await verdicts()).get('planned-fields-need-no-scope'), 'no');
	});

	it('tells how checks are listed, counted and named', async () => {
		await start({ largeDatabaseIds: 'number' });
		world.addCheck(HARBOR, 24, { name: 'test', conclusion: 'FAILURE' });
		world.rerunCheck(HARBOR, 24, 'test');
		world.setCheck(HARBOR, 24, 'test', { status: 'COMPLETED' });
		let found = await verdicts();
		assert.deepEqual(['rollup-state-alone', 'superseded-runs-listed', 'large-check-ids', 'one-suite-per-workflow'].map((id) => found.get(id)), ['yes', 'yes', 'yes', 'open']);
		world.addCheck(HARBOR, 24, { name: 'test', trigger: 1 });
		found = await verdicts();
		assert.equal(found.get('one-suite-per-workflow'), 'no');
	});

	it('tells the former node ids from the new ones', async () => {
		await start({ legacyIdsBefore: 'all' });
		const found = await verdicts();
		assert.deepEqual([found.get('new-node-ids'), found.get('former-node-ids')], ['yes', 'yes']);
	});

	it('tells where lists stop, of a pull request that is named', async () => {
		await start();
		world.pushMany(HARBOR, 1, { commits: 260, files: 3_010 });
		for (let number = 2; number <= 24; number++) world.comment(HARBOR, number);
		const found = await verdicts(['--pr', '1']);
		assert.deepEqual([found.get('files-total'), found.get('commits-past-250')], ['yes', 'yes']);
		world.limitCommits(HARBOR, 1);
		assert.equal((await verdicts(['--pr', '1'])).get('commits-past-250'), 'no');
	});

	it('tells where the total of commits stops', async () => {
		await start();
		world.pushMany(HARBOR, 1, { commits: 10_001 });
		const found = await verdicts();
		assert.deepEqual([found.get('commits-total'), found.get('commits-past-250')], ['yes', 'yes']);
	});

	it('tells what a decision is without a rule', async () => {
		await start();
		const row = { number: 24, baseRefName: 'main', reviews: { totalCount: 1 }, baseRef: { refUpdateRule: null } };
		for (const [decision, rules, expected] of [[null, [], 'yes'], ['APPROVED', [], 'no'], ['APPROVED', [{ type: 'pull_request' }], 'open']] as const) {
			server.clearFaults();
			server.addFault({
				kind: 'patch', match: { operationName: 'Decisions' },
				patch: (given) => ({ ...given, body: { data: { repository: { recent: { nodes: [{ ...row, reviewDecision: decision }] } } } } }),
			});
			server.addFault({ kind: 'respond', status: 200, body: rules, match: { path: /\/rules\/branches\/main$/ } });
			assert.equal((await verdicts()).get('decision-without-rule'), expected);
		}
	});

	it('tells of a slow-down that says not when to come back, and stops; not of a title that sounds like one', async () => {
		await start();
		world.editTitle(HARBOR, 24, 'API rate limit, and a secondary rate limit');
		assert.equal((await verdicts()).get('slow-down-says-when'), 'open');
		const body = { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' };
		for (const [headers, expected] of [[{}, 'yes'], [{ 'retry-after': '60' }, 'open']] as const) {
			server.addFault({ kind: 'respond', status: 403, body, headers: { ...headers }, match: { operationName: 'Survey' } });
			assert.equal((await verdicts()).get('slow-down-says-when'), expected);
			// Nobody asks on who was asked to slow down.
			assert.equal(server.requests.at(-1)?.operationName, 'Survey');
		}
	});

	it('compares two runs, and tells what moved updatedAt between them', async () => {
		await start();
		const words = ['--compare', join(folder, 'seen.json')];
		world.addLabel(HARBOR, 21, 'bug');
		world.setMilestone(HARBOR, 22, 1);
		const thread = world.startThread(HARBOR, 23);
		for (const found of [await verdicts(words), await verdicts(words)]) {
			for (const { id } of BELIEFS) if (id.startsWith('updated-by')) assert.equal(found.get(id), 'open', id);
		}
		assert.ok(!(await readFile(words[1]!, 'utf8')).includes('Spring'));
		clock.advance(60_000);
		world.setCheck(HARBOR, 24, 'build', { status: 'COMPLETED', conclusion: 'FAILURE' });
		world.setConflict(HARBOR, 20);
		world.resolveThread(HARBOR, 23, thread);
		world.renameLabel(HARBOR, 'bug', 'defect');
		world.editMilestone(HARBOR, 1, { title: 'Summer' });
		world.addReview(HARBOR, 19, 'octo-reviewer', 'APPROVED');
		const found = await verdicts(words);
		for (const { id } of BELIEFS) if (id.startsWith('updated-by')) assert.equal(found.get(id), 'yes', id);
	});

	it('does not take a change that came with others for a proof', async () => {
		await start();
		const words = ['--compare', join(folder, 'seen.json')];
		await verdicts(words);
		clock.advance(60_000);
		world.setCheck(HARBOR, 24, 'build', { status: 'COMPLETED', conclusion: 'FAILURE' });
		world.editTitle(HARBOR, 24, 'Another');
		assert.equal((await verdicts(words)).get('updated-by-checks'), 'open');
		clock.advance(60_000);
		world.setCheck(HARBOR, 24, 'build', { status: 'COMPLETED', conclusion: 'SUCCESS' });
		// What is not looked at: the text.
		world.editBody(HARBOR, 24, 'Another');
		assert.equal((await verdicts(words)).get('updated-by-checks'), 'no');
	});

	it('goes on where one question is not answered, and says so', async () => {
		await start();
		server.addFault({ kind: 'respond', status: 502, body: 'Bad gateway', match: { operationName: 'Survey' }, times: Infinity });
		const { status, text, verdicts: found } = await check();
		assert.equal(status, 0);
		assert.equal(found.get('files-total'), 'open');
		assert.match(text, /files-total: .*\n {2}not settled: Survey was not answered: /);
		assert.equal(found.get('cost-is-charged'), 'yes');
	});

	it('leaves out what an older host lacks', async () => {
		await start({ schemaProfile: 'ghes-3.9' });
		const found = await verdicts();
		assert.deepEqual([found.get('new-node-ids'), found.get('batches-multiply'), found.get('cost-is-charged')], ['yes', 'open', 'open']);
	});

	it('tells a wrong call, a refused token and a missing one apart', async () => {
		await start();
		const foreign = join(folder, 'notes.txt');
		await writeFile(foreign, 'mine');
		for (const words of [['--token', 'x'], ['--pr', '0'], ['octo/quay'], ['--compare', foreign]]) {
			const { status, text } = await check(words);
			assert.equal(status, 2, words.join(' '));
			assert.match(text, /Usage: npm run check:github/);
			assert.equal(server.requests.length, 0);
		}
		assert.equal(await readFile(foreign, 'utf8'), 'mine');
		assert.equal((await check([], 'gho_AnotherToken0123456789abcdefghijklm')).status, 4);
		const said: string[] = [];
		const say = (line: string): void => void said.push(line);
		assert.equal(await checkGithub({ argv: [HARBOR, '--api-url', server.url], env: {}, out: say, error: say }), 4);
		assert.equal(await checkGithub({ argv: ['--help'], env: {}, out: say, error: say }), 0);
		assert.match(said.join('\n'), /GH_TOKEN[^]*--compare FILE/);
	});

	it('sends nothing that could change anything, and no 31st request', async () => {
		await start();
		let sent = 0;
		const meter = new Meter(() => {
			sent++;
			return Promise.resolve(new Response('{}'));
		});
		const url = `${server.url}/graphql`;
		const post = (query: string) => meter.fetch(url, { method: 'POST', body: JSON.stringify({ query }) });
		await assert.rejects(post('mutation { addStar { clientMutationId } }'), /only reads/);
		await assert.rejects(post('query A { a } mutation B { b }'), /only reads/);
		await assert.rejects(meter.fetch(`${server.url}/repos/octo/harbor`, { method: 'DELETE' }), /only reads/);
		assert.equal(sent, 0);
		for (let count = 0; count < MAX_REQUESTS; count++) await (count % 2 === 0 ? post('query A { a }') : meter.fetch(server.url));
		await assert.rejects(post('query A { a }'), RequestLimitError);
		assert.equal(sent, MAX_REQUESTS);
	});
});

/** The verdict lines of a run, by belief. */
function verdictsIn(text: string): Map<string, string> {
	const found = text.matchAll(/^([a-z0-9-]+): .+\n {2}(?:settled: (yes|no)|(not settled)): .+\.$/gm);
	return new Map([...found].map(([, id = '', settled]) => [id, settled ?? 'open']));
}
