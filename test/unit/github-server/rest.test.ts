import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { GithubServer } from '../../github-server/githubServer';
import { World } from '../../github-server/world';
import { graphql, rest } from './call';

const repo = 'octo-sample/checked';

interface Runs {
	total_count: number;
	check_runs: { id: number; name: string; status: string; conclusion: string | null }[];
}

describe('The stand-in\'s REST', () => {
	let clock: ManualClock;
	let world: World;
	let server: GithubServer;
	let oid: string;

	beforeEach(async () => {
		clock = new ManualClock();
		world = new World(clock);
		world.createRepository(repo);
		world.createRepository('octo-sample/another');
		oid = world.createPullRequest(repo).headRefOid;
		for (const name of ['build', 'test', 'lint']) world.addCheck(repo, 1, { name, conclusion: 'FAILURE' });
		world.rerunCheck(repo, 1, 'build');
		world.setStatus(repo, 1, 'ci/outside', 'PENDING');
		world.setStatus(repo, 1, 'ci/outside', 'SUCCESS');
		server = await GithubServer.start({ world });
	});
	afterEach(() => server.stop());

	it('lists the newest run of each name, or all', async () => {
		const latest = (await (await rest(server, `/repos/${repo}/commits/${oid}/check-runs`)).json()) as Runs;
		assert.equal(latest.total_count, 3);
		assert.deepEqual(latest.check_runs.find(({ name }) => name === 'build')?.status, 'queued');
		const all = (await (await rest(server, `/api/v3/repos/${repo}/commits/${oid}/check-runs?filter=all`)).json()) as Runs;
		assert.equal(all.total_count, 4);
		assert.ok(all.check_runs.every(({ id }) => id > 2 ** 32));
	});

	it('pages with links that lead back to the same layout', async () => {
		const seen: string[] = [];
		let next: string | undefined = `/api/v3/repos/${repo}/commits/${oid}/check-runs?per_page=1&filter=all`;
		while (next) {
			const response: Response = await rest(server, next);
			seen.push(...((await response.json()) as Runs).check_runs.map(({ name }) => name));
			const link: string | undefined = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
			assert.ok(link?.startsWith(`${server.url}/api/v3/`) ?? true);
			next = link?.slice(server.url.length);
		}
		assert.deepEqual(seen, ['build', 'lint', 'test', 'build']);
	});

	it('answers 304 for nothing while nothing changed', async () => {
		const path = `/repos/${repo}/commits/${oid}/check-runs`;
		const first = await rest(server, path);
		const etag = first.headers.get('etag') ?? '';
		const again = await rest(server, path, { 'if-none-match': etag });
		assert.deepEqual([again.status, await again.text(), again.headers.get('x-ratelimit-used')], [304, '', '1']);
		assert.equal(again.headers.get('etag'), etag);
		world.setCheck(repo, 1, 'build', { status: 'COMPLETED' });
		const changed = await rest(server, path, { 'if-none-match': etag });
		assert.deepEqual([changed.status, changed.headers.get('x-ratelimit-used')], [200, '2']);
		assert.notEqual(changed.headers.get('etag'), etag);
	});

	it('shows statuses: the newest of a context, or the whole history', async () => {
		const combined = (await (await rest(server, `/repos/${repo}/commits/${oid}/status`)).json()) as { state: string; total_count: number };
		assert.deepEqual([combined.state, combined.total_count], ['success', 1]);
		const history = (await (await rest(server, `/repos/${repo}/commits/${oid}/statuses`)).json()) as { state: string }[];
		assert.deepEqual(history.map(({ state }) => state), ['success', 'pending']);
	});

	it('lists the person\'s repositories', async () => {
		const names = async (query: string): Promise<string[]> =>
			((await (await rest(server, `/user/repos${query}`)).json()) as { full_name: string }[]).map(({ full_name: name }) => name);
		assert.deepEqual(await names(''), ['octo-sample/another', repo]);
		clock.advance(5000);
		world.pushBranch(repo);
		assert.deepEqual(await names('?sort=pushed&per_page=1'), [repo]);
	});

	it('has its own budget, and refuses when it is used up', async () => {
		await graphql(server, '{ viewer { login } }');
		await rest(server, '/user');
		const limits = (await (await rest(server, '/rate_limit')).json()) as { resources: Record<string, { remaining: number }> };
		assert.deepEqual([limits.resources['core']?.remaining, limits.resources['graphql']?.remaining], [4999, 4999]);
		server.setBudget('test-token', { restRemaining: 0 });
		const refused = await rest(server, '/user');
		assert.deepEqual([refused.status, refused.headers.get('x-ratelimit-remaining')], [403, '0']);
		assert.equal((await rest(server, '/rate_limit')).status, 200);
	});

	it('says what is wrong as GitHub does', async () => {
		const message = async (path: string, headers = {}): Promise<[number, string]> => {
			const response = await rest(server, path, headers);
			return [response.status, ((await response.json()) as { message: string }).message];
		};
		assert.deepEqual(await message('/user', { authorization: 'bearer wrong' }), [401, 'Bad credentials']);
		assert.deepEqual(await message('/repos/octo-sample/none'), [404, 'Not Found']);
		assert.deepEqual(await message('/nowhere'), [404, 'Not Found']);
		assert.deepEqual(await message(`/repos/${repo}/commits/${'a'.repeat(40)}/check-runs`), [422, `No commit found for SHA: ${'a'.repeat(40)}`]);
		world.renameRepository(repo, 'octo-sample/moved');
		const moved = await rest(server, `/repos/${repo}`);
		assert.equal(moved.status, 301);
		const target = await rest(server, (moved.headers.get('location') ?? '').slice(server.url.length));
		assert.equal(((await target.json()) as { full_name: string }).full_name, 'octo-sample/moved');
	});

	it('signs a person in by device code', async () => {
		await server.stop();
		server = await GithubServer.start({ world, tokens: ['first', 'second'], login: 'octo-person', deviceLogin: { pendingAnswers: 2 } });
		const post = async (path: string): Promise<Record<string, string>> =>
			(await (await fetch(server.url + path, { method: 'POST', headers: { accept: 'application/json' } })).json()) as Record<string, string>;
		const started = await post('/login/device/code?client_id=abc&scope=repo');
		assert.equal(started['verification_uri'], `${server.url}/login/device`);
		assert.equal((await fetch(started['verification_uri'])).status, 200);
		const poll = `/login/oauth/access_token?client_id=abc&device_code=${started['device_code'] ?? ''}`;
		assert.equal((await post(poll))['error'], 'authorization_pending');
		assert.equal((await post(poll))['error'], 'authorization_pending');
		assert.deepEqual(await post(poll), { access_token: 'first', token_type: 'bearer', scope: 'repo' });
		assert.equal((await post(poll))['error'], 'incorrect_device_code');
		const user = (await (await rest(server, '/api/v3/user', { authorization: 'token first' })).json()) as { login: string };
		assert.equal(user.login, 'octo-person');
		assert.match(await (await fetch(`${server.url}/api/v3/meta`)).text(), /installed_version/);
		assert.deepEqual(server.requests.map(({ kind }) => kind), ['login', 'login', 'login', 'login', 'login', 'login', 'rest', 'rest']);
	});

	it('gives whoever signs in by device code the scopes that were asked for', async () => {
		await server.stop();
		server = await GithubServer.start({ world, tokens: ['first'], login: 'octo-person' });
		const post = async (path: string): Promise<Record<string, string>> =>
			(await (await fetch(server.url + path, { method: 'POST', headers: { accept: 'application/json' } })).json()) as Record<string, string>;
		const signIn = async (scope: string) => {
			const { device_code: code = '' } = await post(`/login/device/code?client_id=abc${scope}`);
			const { access_token: value = '', scope: granted } = await post(`/login/oauth/access_token?client_id=abc&device_code=${code}`);
			const answer = await rest(server, '/user', { authorization: `token ${value}` });
			return { value, granted, status: answer.status, scopes: answer.headers.get('x-oauth-scopes') };
		};
		assert.deepEqual(await signIn('&scope=repo'), { value: 'first', granted: 'repo', status: 200, scopes: 'repo' });
		const wider = await signIn('&scope=repo+read:org');
		assert.deepEqual([wider.granted, wider.status, wider.scopes], ['repo,read:org', 200, 'read:org, repo']);
		assert.equal((await signIn('&scope=read:org%20repo')).value, wider.value);
		assert.deepEqual([(await signIn('')).granted, (await signIn('')).scopes], ['', '']);
		assert.deepEqual((await signIn('&scope=repo')).value, 'first');
	});
});
