import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { GithubServer, type GithubServerOptions } from '../../github-server/githubServer';
import {
	actionsToken, classicToken, fineGrainedToken, installationToken, longInstallationTokenValue, oauthToken, tokenValue, type Token, type TokenKind,
} from '../../github-server/tokens';
import { World } from '../../github-server/world';
import { graphql, rest } from './call';

const repo = 'octo-sample/asked';
const own = '{ repository(owner: "octo-sample", name: "asked") { id } }';

describe('The stand-in\'s tokens', () => {
	let clock: ManualClock;
	let world: World;
	let server: GithubServer;

	async function start(tokens?: GithubServerOptions['tokens'], options: Partial<GithubServerOptions> = {}): Promise<void> {
		clock = new ManualClock();
		world = new World(clock);
		world.createRepository(repo);
		world.createPullRequest(repo);
		server = await GithubServer.start({ world, ...(tokens && { tokens }), ...options });
	}
	afterEach(() => server.stop());

	const as = (token: Token, query: string): ReturnType<typeof graphql> => graphql(server, query, {}, token.value);
	const bearer = (token: Token): Record<string, string> => ({ authorization: `bearer ${token.value}` });

	describe('scopes', () => {
		const teams = `query ($size: Int = 5) {
			repository(owner: "octo-sample", name: "asked") { pullRequests(first: $size) { nodes { reviewRequests(first: 5) { nodes { requestedReviewer { __typename ...Named } } } } } }
		}
		fragment Named on RequestedReviewer {
			... on Team { __typename slug organization { login } }
			... on User { login }
		}`;
		const words = (field: string, wanted: string, granted: string): string =>
			`Your token has not been granted the required scopes to execute this query. The '${field}' field requires one of the following scopes: ${wanted}, but your token has only been granted the: ${granted} scopes. Please modify your token's scopes at: https://github.com/settings/tokens.`;

		it('refuse a query that names a team\'s fields, though no team is there: nothing runs, nothing is charged', async () => {
			await start();
			const { status, headers, data, errors } = await graphql(server, teams);
			assert.deepEqual([status, data], [200, undefined]);
			assert.deepEqual(errors, [
				{ type: 'INSUFFICIENT_SCOPES', locations: [{ line: 5, column: 29 }], message: words('slug', "['read:org', 'read:discussion']", "['repo']") },
				{ type: 'INSUFFICIENT_SCOPES', locations: [{ line: 5, column: 34 }], message: words('organization', "['read:org', 'read:discussion']", "['repo']") },
				{ type: 'INSUFFICIENT_SCOPES', locations: [{ line: 5, column: 49 }], message: words('login', "['read:org']", "['repo']") },
			]);
			assert.equal(headers.get('x-ratelimit-used'), '0');
			assert.equal(server.requests[0]?.points, 0);
		});

		it('of an organization\'s login are narrower than those of a team', async () => {
			const [discussing, usual, wide] = [
				classicToken({ value: 'discussing', scopes: ['repo', 'read:discussion'] }),
				oauthToken({ value: 'usual', scopes: ['workflow', 'user:email', 'repo', 'read:user'] }),
				classicToken({ value: 'wide', scopes: ['repo', 'admin:org'] }),
			];
			await start([discussing, usual, wide]);
			assert.deepEqual((await as(discussing, teams)).errors.map(({ message }) => message), [words('login', "['read:org']", "['read:discussion', 'repo']")]);
			assert.equal((await as(usual, teams)).errors[0]?.message, words('slug', "['read:org', 'read:discussion']", "['read:user', 'repo', 'user:email', 'workflow']"));
			assert.deepEqual((await as(wide, teams)).errors, []);
		});

		it('are not asked for what stands on an interface, nor for __typename', async () => {
			await start();
			world.requestReview(repo, 1, 'octo-sample/team');
			const { data, errors } = await graphql(server, `{ repository(owner: "octo-sample", name: "asked") { owner { login ... on Actor { login } } pullRequests(first: 1) { nodes {
				author { login } reviewRequests(first: 1) { nodes { requestedReviewer { __typename ... on Team { __typename } } } } } } } }`);
			assert.deepEqual(errors, []);
			assert.deepEqual(data, { repository: { owner: { login: 'octo-sample' }, pullRequests: { nodes: [{
				author: { login: 'octo-author' }, reviewRequests: { nodes: [{ requestedReviewer: { __typename: 'Team' } }] },
			}] } } });
		});

		it('of projects, of a person\'s mail and of collaborators\' counts are asked for by name', async () => {
			const none = classicToken({ value: 'none', scopes: [] });
			await start([none, 'test-token']);
			const message = async (query: string, token = 'test-token'): Promise<string | undefined> => (await graphql(server, query, {}, token)).errors[0]?.message;
			assert.equal(await message('{ node(id: "x") { ... on ProjectV2 { id } } }'), words('id', "['read:project']", "['repo']"));
			assert.equal(await message('{ viewer { email } }'), words('email', "['user:email', 'read:user']", "['repo']"));
			const collaborators = '{ repository(owner: "octo-sample", name: "asked") { collaborators { totalCount } } }';
			assert.equal(await message(collaborators, 'none'), words('totalCount', "['public_repo']", "['']"));
			assert.doesNotMatch((await message(collaborators)) ?? '', /scopes/);
		});

		it('may be more than GitHub\'s on a host that says so', async () => {
			const [none, some] = [classicToken({ value: 'none', scopes: [] }), classicToken({ value: 'some', scopes: ['public_repo'] })];
			await start([none, some], { extraScopes: { 'PullRequestConnection.totalCount': ['public_repo'] } });
			const count = '{ repository(owner: "octo-sample", name: "asked") { pullRequests { totalCount } } }';
			assert.equal((await as(none, count)).errors[0]?.type, 'INSUFFICIENT_SCOPES');
			assert.deepEqual((await as(some, count)).errors, []);
		});

		it('stand on every answer to OAuth and classic tokens, and on none to the others', async () => {
			const classic = classicToken({ scopes: ['workflow', 'read:org', 'repo'] });
			const fine = fineGrainedToken();
			await start(['test-token', classic, fine]);
			const shown = ({ headers }: { headers: Headers }): (string | null)[] => [headers.get('x-oauth-scopes'), headers.get('x-accepted-oauth-scopes')];
			assert.deepEqual(shown(await graphql(server, own)), ['repo', 'repo']);
			assert.deepEqual(shown(await graphql(server, '{ viewer { email } }')), ['repo', 'repo']);
			assert.deepEqual(shown(await rest(server, '/user', bearer(classic))), ['read:org, repo, workflow', '']);
			assert.deepEqual(shown(await rest(server, '/repos/octo-sample/none', bearer(classic))), ['read:org, repo, workflow', 'repo']);
			assert.deepEqual(shown(await as(fine, own)), [null, null]);
			const answer = await rest(server, `/repos/${repo}`, bearer(fine));
			assert.deepEqual([...shown(answer), answer.headers.get('x-accepted-github-permissions')], [null, null, 'metadata=read']);
		});

		it('without repo keep a private repository out of sight', async () => {
			const open = classicToken({ value: 'open', scopes: ['public_repo'] });
			await start([open, 'test-token']);
			world.setPrivate(repo);
			assert.equal((await as(open, own)).errors[0]?.type, 'NOT_FOUND');
			assert.equal((await rest(server, `/repos/${repo}`, bearer(open))).status, 404);
			assert.deepEqual((await graphql(server, own)).errors, []);
		});
	});

	it('are bad credentials when they have run out or were taken back', async () => {
		const token = installationToken({ issuedAt: '2026-03-02T09:00:00Z' });
		await start([token]);
		assert.equal((await as(token, own)).status, 200);
		clock.advance(3_600_000);
		assert.equal((await as(token, own)).status, 401);
		assert.deepEqual([(await rest(server, '/rate_limit', bearer(token))).status], [401]);
		server.setToken({ ...token, expiresAt: null });
		assert.equal((await as(token, own)).status, 200);
		server.revokeToken(token.value);
		assert.equal((await as(token, own)).status, 401);
	});

	it('of a person that end say when', async () => {
		const token = fineGrainedToken({ expiresAt: '2026-05-01T00:00:00Z' });
		await start([token]);
		assert.equal((await as(token, own)).headers.get('github-authentication-token-expiration'), '2026-05-01 00:00:00 UTC');
	});

	it('of Apps and workflow runs act as a bot: viewer has [bot], an author has none, /user is refused', async () => {
		const app = installationToken({ value: 'app', login: 'octo-app[bot]', permissions: { pull_requests: 'read' } });
		const run = actionsToken({ value: 'run', repository: repo });
		await start([app, run]);
		world.createPullRequest(repo, { author: 'octo-app' });
		assert.deepEqual((await as(run, '{ viewer { __typename login } }')).data, { viewer: { __typename: 'User', login: 'github-actions[bot]' } });
		assert.deepEqual((await as(app, '{ viewer { login } repository(owner: "octo-sample", name: "asked") { pullRequest(number: 2) { author { login } } } }')).data, {
			viewer: { login: 'octo-app[bot]' }, repository: { pullRequest: { author: { login: 'octo-app' } } },
		});
		for (const token of [app, run]) {
			const refused = await rest(server, '/user', bearer(token));
			assert.equal(refused.status, 403);
			assert.equal(((await refused.json()) as { message: string }).message, 'Resource not accessible by integration');
			assert.equal((await rest(server, '/user/repos', bearer(token))).status, 403);
		}
	});

	it('share the budget of their person; a repository\'s workflow runs have 1,000 an hour together', async () => {
		const [one, two] = [oauthToken({ value: 'one', login: 'octo-person' }), classicToken({ value: 'two', login: 'octo-person' })];
		const [run, next] = [actionsToken({ value: 'run', repository: repo }), actionsToken({ value: 'next', repository: repo })];
		await start([one, two, run, next]);
		const budget = async (token: Token): Promise<(string | null)[]> => {
			const { headers } = await as(token, own);
			return [headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-used')];
		};
		assert.deepEqual(await budget(one), ['5000', '1']);
		assert.deepEqual(await budget(two), ['5000', '2']);
		assert.deepEqual(await budget(run), ['1000', '1']);
		assert.deepEqual(await budget(next), ['1000', '2']);
		server.setBudget('one', { graphqlRemaining: 0 });
		assert.equal((await as(two, own)).errors[0]?.type, 'RATE_LIMIT');
	});

	it('have the forms that GitHub gives them', async () => {
		await start();
		const forms: Record<TokenKind, RegExp> = {
			oauth: /^gho_[A-Za-z0-9]{36}$/, classic: /^ghp_[A-Za-z0-9]{36}$/, fineGrained: /^github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}$/,
			installation: /^ghs_[A-Za-z0-9]{36}$/, actions: /^ghs_[A-Za-z0-9]{36}$/,
		};
		for (const [kind, form] of Object.entries(forms)) {
			assert.match(tokenValue(kind as TokenKind), form);
			assert.notEqual(tokenValue(kind as TokenKind, 1), tokenValue(kind as TokenKind, 2));
		}
		const long = longInstallationTokenValue();
		assert.match(long, /^ghs_\d+_[\w-]+\.[\w-]+\.[\w-]+$/);
		assert.ok(long.length > 500 && long.length < 560 && long.includes('-'), String(long.length));
		server.setToken(installationToken({ value: long }));
		assert.equal((await graphql(server, own, {}, long)).status, 200);
	});

	it('cannot be given what GitHub has no box for', async () => {
		await start();
		assert.throws(() => fineGrainedToken({ permissions: { checks: 'read' } }), /checks/);
		assert.throws(() => actionsToken({ repository: repo, permissions: { members: 'read' } }), /members/);
	});
});
