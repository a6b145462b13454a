import assert from 'node:assert/strict';
import { buildIssue } from '../../github-server/builders';
import { ManualClock } from '../../github-server/clock';
import { GithubServer } from '../../github-server/githubServer';
import type { OrganizationPolicy } from '../../github-server/policies';
import { actionsToken, classicToken, fineGrainedToken, installationToken, oauthToken, type Token } from '../../github-server/tokens';
import { World } from '../../github-server/world';
import { graphql, rest, type ErrorEntry } from './call';

const repo = 'octo-strict/guarded';
const other = 'octo-sample/open';

describe('The stand-in\'s policies of organizations', () => {
	let world: World;
	let server: GithubServer;

	beforeEach(async () => {
		world = new World(new ManualClock());
		world.createRepository(repo);
		world.createRepository(other);
		world.createPullRequest(repo);
		world.createPullRequest(other);
		server = await GithubServer.start({ world });
	});
	afterEach(() => server.stop());

	const query = '{ viewer { login } repository(owner: "octo-strict", name: "guarded") { id } }';

	const ask = (token: Token, text = query): ReturnType<typeof graphql> => {
		server.setToken(token);
		return graphql(server, text, {}, token.value);
	};

	async function restMessage(token: Token, path = `/repos/${repo}`): Promise<[number, string | undefined]> {
		server.setToken(token);
		const response = await rest(server, path, { authorization: `bearer ${token.value}` });
		return [response.status, ((await response.json()) as { message?: string }).message];
	}

	const entries = (errors: readonly ErrorEntry[]): object[] => errors.map(({ type, path, extensions, message }) => ({ type, path, extensions, message }));

	/** Refused at `repository` in GraphQL, 403 in REST, in the same words; the repository is public. */
	async function assertRefused(token: Token, message: string, saml = false): Promise<void> {
		const { status, data, errors } = await ask(token);
		assert.deepEqual([status, data], [200, { viewer: { login: token.login ? `${token.login}[bot]` : 'octo-viewer' }, repository: null }]);
		assert.deepEqual(entries(errors), [{ type: 'FORBIDDEN', path: ['repository'], extensions: { saml_failure: saml }, message }]);
		assert.deepEqual(await restMessage(token), [403, message]);
		const head = world.pullRequest(repo, 1).headRefOid;
		assert.deepEqual(await restMessage(token, `/repos/${repo}/commits/${head}/check-runs`), [403, message]);
	}

	async function assertAllowed(...tokens: Token[]): Promise<void> {
		for (const token of tokens) {
			assert.deepEqual((await ask(token)).errors, [], token.kind);
			assert.equal((await restMessage(token))[0], 200, token.kind);
		}
	}

	const approval = 'Although you appear to have the correct authorization credentials, the `octo-strict` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited. For more information on these restrictions, including how to enable this app, visit https://docs.github.com/articles/restricting-access-to-your-organization-s-data/';

	it('restrictions of OAuth apps turn away an app that is not approved, from a public repository too', async () => {
		world.policies.set('Octo-Strict', { oauthAppRestrictions: true });
		await assertRefused(oauthToken({ scopes: ['repo', 'read:org'] }), approval);
		await assertAllowed(oauthToken({ approvedBy: ['octo-strict'] }), classicToken(), fineGrainedToken(), installationToken(), actionsToken({ repository: repo }));
	});

	it('may forbid each kind of personal token', async () => {
		world.policies.set('octo-strict', { tokenPolicy: { classic: 'forbidden' } });
		await assertRefused(classicToken(), '`octo-strict` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.');
		await assertAllowed(oauthToken(), fineGrainedToken());
		world.policies.set('octo-strict', { tokenPolicy: { fineGrained: 'forbidden' } });
		await assertRefused(fineGrainedToken(), '`octo-strict` forbids access via a personal access token with fine-grained permissions. Please use a GitHub App, or an OAuth App.');
		await assertAllowed(oauthToken(), classicToken());
	});

	it('may bound the lifetime of personal tokens', async () => {
		world.policies.set('octo-strict', { tokenPolicy: { maximumLifetimeDays: 366 } });
		const pattern = /^The 'octo-strict' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days\. Please adjust your token's lifetime at the following URL: https:\/\/github\.com\/settings\/personal-access-tokens\/\d+$/;
		for (const expiresAt of [null, '2027-01-03T00:00:00Z']) {
			const { errors } = await ask(fineGrainedToken({ expiresAt }));
			assert.match(errors[0]?.message ?? '', pattern);
			await assertRefused(fineGrainedToken({ expiresAt }), errors[0]?.message ?? '');
		}
		const classic = await ask(classicToken());
		assert.match(classic.errors[0]?.message ?? '', /^The 'octo-strict' organization forbids access via a personal access tokens \(classic\) if .* 366 days\. .*https:\/\/github\.com\/settings\/tokens\/\d+$/);
		await assertAllowed(fineGrainedToken({ expiresAt: '2027-01-02T00:00:00Z' }), classicToken({ expiresAt: '2026-06-01T00:00:00Z' }), oauthToken(), installationToken());
	});

	it('may want to approve a fine-grained token: until then its private repositories are not found', async () => {
		world.policies.set('octo-strict', { tokenPolicy: { fineGrained: 'approval' } });
		await assertAllowed(fineGrainedToken());
		world.setPrivate(repo);
		assert.equal((await ask(fineGrainedToken())).errors[0]?.type, 'NOT_FOUND');
		assert.equal((await restMessage(fineGrainedToken()))[0], 404);
		await assertAllowed(fineGrainedToken({ approvedBy: ['octo-strict'] }));
	});

	it('an IP allow list turns away every kind of token', async () => {
		world.policies.set('octo-strict', { ipAllowList: true });
		const message = 'Although you appear to have the correct authorization credentials, the `octo-strict` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.';
		for (const token of [oauthToken(), classicToken(), fineGrainedToken(), installationToken(), actionsToken({ repository: repo })]) await assertRefused(token, message);
	});

	describe('SAML', () => {
		const words = (name: string): string => `Resource protected by organization SAML enforcement. You must grant your ${name} token access to this organization.`;
		const header = /^required; url=https:\/\/github\.com\/orgs\/octo-strict\/sso\?authorization_request=[0-9A-Z]+$/;

		it('turns away a token that has not signed on, and says where to', async () => {
			world.policies.set('octo-strict', { saml: 'repository' });
			await assertRefused(oauthToken(), words('OAuth'), true);
			await assertRefused(classicToken(), words('Personal Access'), true);
			assert.match((await ask(oauthToken())).headers.get('x-github-sso') ?? '', header);
			assert.match((await rest(server, `/repos/${repo}`)).headers.get('x-github-sso') ?? '', header);
			assert.equal((await ask(oauthToken(), '{ viewer { login } }')).headers.get('x-github-sso'), null);
			await assertAllowed(oauthToken({ ssoFor: ['octo-strict'] }), fineGrainedToken(), installationToken(), actionsToken({ repository: repo }));
			assert.equal((await ask(oauthToken({ ssoFor: ['octo-strict'] }))).headers.get('x-github-sso'), null);
		});

		it('may show the repository and refuse its pull requests', async () => {
			world.policies.set('octo-strict', { saml: 'rows' });
			const { data, errors } = await ask(classicToken(), '{ repository(owner: "octo-strict", name: "guarded") { name pullRequest(number: 1) { id } pullRequests(first: 3) { totalCount nodes { id } } } }');
			assert.deepEqual(data, { repository: { name: 'guarded', pullRequest: null, pullRequests: { totalCount: 1, nodes: [null] } } });
			assert.deepEqual(entries(errors), [['repository', 'pullRequest'], ['repository', 'pullRequests', 'nodes', 0]].map((path) => (
				{ type: 'FORBIDDEN', path, extensions: { saml_failure: true }, message: words('Personal Access') })));
		});

		it('leaves the repositories out of a person\'s list, and names the organization by number', async () => {
			world.policies.set('octo-strict', { saml: 'repository' });
			const response = await rest(server, '/user/repos');
			assert.deepEqual(((await response.json()) as { full_name: string }[]).map(({ full_name: name }) => name), [other]);
			assert.match(response.headers.get('x-github-sso') ?? '', /^partial-results; organizations=\d+$/);
		});
	});

	it('hold at a node of the organization, and leave the others be', async () => {
		world.policies.set('octo-strict', { oauthAppRestrictions: true });
		const ids = [other, repo].map((name) => world.pullRequest(name, 1).id);
		const { data, errors } = await graphql(server, 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { id } } }', { ids });
		assert.deepEqual(data, { nodes: [{ id: ids[0] }, null] });
		assert.deepEqual(entries(errors), [{ type: 'FORBIDDEN', path: ['nodes', 1], extensions: { saml_failure: false }, message: approval }]);
	});

	const nested: Record<string, OrganizationPolicy> = { 'a restriction of apps': { oauthAppRestrictions: true }, 'SAML': { saml: 'rows' }, 'an IP allow list': { ipAllowList: true } };
	for (const [name, policy] of Object.entries(nested)) {
		it(`${name} refuses a linked issue of the organization at its own place`, async () => {
			const issue = buildIssue(world.repository(repo), world.now(), 7);
			world.repository(other).editableRows(world.pullRequest(other, 1)).closingIssues.push(issue);
			const text = '{ repository(owner: "octo-sample", name: "open") { pullRequest(number: 1) { number closingIssuesReferences(first: 2) { totalCount nodes { number } } } } }';
			assert.deepEqual((await graphql(server, text)).errors, []);
			world.policies.set('octo-strict', policy);
			const { data, errors } = await graphql(server, text);
			assert.deepEqual(data, { repository: { pullRequest: { number: 1, closingIssuesReferences: { totalCount: 1, nodes: [null] } } } });
			assert.deepEqual(errors.map(({ type, path, extensions }) => [type, path, extensions]), [
				['FORBIDDEN', ['repository', 'pullRequest', 'closingIssuesReferences', 'nodes', 0], { saml_failure: policy.saml !== undefined }],
			]);
		});
	}

	it('may change while a client reads', async () => {
		server.before(2, (one) => one.policies.set('octo-strict', { ipAllowList: true }));
		assert.deepEqual((await graphql(server, query)).errors, []);
		assert.equal((await graphql(server, query)).errors[0]?.type, 'FORBIDDEN');
	});
});
