import assert from 'node:assert/strict';
import { buildIssue } from '../../github-server/builders';
import { ManualClock } from '../../github-server/clock';
import { GithubServer } from '../../github-server/githubServer';
import { readable, readableLists, type ReadableList, type ReadablePullRequest } from '../../github-server/readableState';
import { tokenArgument } from '../../github-server/tokenArgument';
import {
	actionsToken, classicToken, fineGrainedToken, installationToken, oauthToken, type Permission, type Permissions, type Token,
} from '../../github-server/tokens';
import { World } from '../../github-server/world';
import { graphql, rest } from './call';

const repo = 'octo-sample/measured';
const kinds: readonly Permission[] = ['pull_requests', 'contents', 'issues', 'checks', 'statuses', 'actions', 'members'];

interface Page { nodes: (Record<string, unknown> | null)[] }

const selections: Record<ReadableList, string> = {
	labels: 'list: labels(first: 9) { nodes { id } }',
	assignees: 'list: assignees(first: 9) { nodes { id } }',
	reviewRequests: 'list: reviewRequests(first: 9) { nodes { requestedReviewer { __typename ... on User { login } TEAM } } }',
	reviews: 'list: reviews(first: 9) { nodes { id } }',
	commits: 'list: commits(first: 9) { nodes { id } }',
	files: 'list: files(first: 9) { nodes { path } }',
	checks: 'rollup: statusCheckRollup { list: contexts(first: 9) { nodes { __typename ... on CheckRun { id } ... on StatusContext { id } } } }',
	linkedIssues: 'list: closingIssuesReferences(first: 9) { nodes { number repository { nameWithOwner } } }',
};

describe('What a token can read, as the stand-in\'s tests are measured by it', () => {
	let world: World;
	let server: GithubServer;

	beforeEach(async () => {
		world = new World(new ManualClock());
		world.createRepository(repo, { isPrivate: true });
		for (const name of ['octo-sample/foreign', 'octo-hidden/private']) world.createRepository(name, { isPrivate: name.startsWith('octo-hidden') });
		world.createPullRequest(repo);
		world.addLabel(repo, 1, 'bug');
		world.assign(repo, 1, 'octo-helper');
		for (const reviewer of ['octo-helper', 'octo-sample/keepers', 'octo-sample/pilots']) world.requestReview(repo, 1, reviewer);
		world.addReview(repo, 1, 'octo-other', 'APPROVED');
		world.addCheck(repo, 1, { name: 'build' });
		world.setStatus(repo, 1, 'ci/outside', 'SUCCESS');
		world.linkIssue(repo, 1, 40);
		const { closingIssues } = world.repository(repo).editableRows(world.pullRequest(repo, 1));
		closingIssues.push(buildIssue(world.repository('octo-sample/foreign'), world.now(), 41), buildIssue(world.repository('octo-hidden/private'), world.now(), 42));
		server = await GithubServer.start({ world });
	});
	afterEach(() => server.stop());

	/** What comes when each list is asked for alone, with names of teams and, where they are refused, without. */
	async function served(token: Token): Promise<ReadablePullRequest | undefined> {
		server.setToken(token);
		const found = new Map<ReadableList, (Record<string, unknown> | null)[] | undefined>();
		for (const list of readableLists) {
			const ask = (team: string): ReturnType<typeof graphql> => graphql(server, `{ repository(owner: "octo-sample", name: "measured") { pullRequest(number: 1) { id ${selections[list].replace('TEAM', team)} } } }`, {}, token.value);
			let answer = await ask('... on Team { combinedSlug }');
			if (answer.errors[0]?.type === 'INSUFFICIENT_SCOPES') answer = await ask('');
			const row = (answer.data as { repository: { pullRequest: { id: string; list?: Page | null; rollup?: { list: Page } | null } | null } | null }).repository?.pullRequest;
			if (!row && list === 'labels') return undefined;
			found.set(list, (row?.list ?? row?.rollup?.list)?.nodes);
		}
		const reviewers = (found.get('reviewRequests') ?? []).map((request) => request?.['requestedReviewer'] as Record<string, string> | null);
		const names = reviewers.flatMap((one) => one?.['combinedSlug'] ?? one?.['login'] ?? []);
		const checks = found.get('checks');
		const issues = (found.get('linkedIssues') ?? []).flatMap((issue) => (issue ? [`${(issue['repository'] as { nameWithOwner: string }).nameWithOwner}#${String(issue['number'])}`] : []));
		const state = (list: ReadableList): string => {
			const rows = found.get(list);
			if (!rows) return 'closed';
			return (list === 'reviewRequests' ? names.length < rows.length : rows.includes(null)) ? 'partly' : 'whole';
		};
		const those = (wanted: string): ReadableList[] => readableLists.filter((list) => state(list) === wanted);
		return {
			number: 1, whole: those('whole'), partly: those('partly'), closed: those('closed'),
			reviewers: names.sort(), hiddenReviewers: reviewers.length - names.length,
			checkIds: (checks ?? []).flatMap((check) => (check ? [String(check['id'])] : [])),
			checkKinds: (['CheckRun', 'StatusContext'] as const).filter((kind) => checks?.some((check) => check?.['__typename'] === kind)).map((kind) => (kind === 'CheckRun' ? 'CHECK_RUN' : 'STATUS_CONTEXT')),
			linkedIssues: issues.sort(), hiddenIssues: 3 - issues.length,
		};
	}

	const repositories = [repo];
	const but = (missing: Permission | undefined, never: Permission): Permissions => Object.fromEntries(kinds.filter((one) => one !== missing && one !== never).map((one) => [one, 'read']));
	const tokens: [string, Token][] = [
		['OAuth, repo', oauthToken({ repositories })],
		['OAuth, repo and read:org', oauthToken({ scopes: ['repo', 'read:org'], repositories })],
		['classic, public_repo', classicToken({ scopes: ['public_repo'] })],
		...[undefined, ...kinds].flatMap((missing): [string, Token][] => [
			[`fine-grained without ${missing ?? 'nothing more'}`, fineGrainedToken({ permissions: but(missing, 'checks'), repositories })],
			[`App without ${missing ?? 'anything'}`, installationToken({ permissions: but(missing, 'metadata'), repositories })],
			[`Actions without ${missing ?? 'nothing more'}`, actionsToken({ repository: repo, permissions: but(missing, 'members') })],
		]),
	];
	for (const [name, token] of tokens) {
		it(`is what the server gives: ${name}`, async () => {
			const [expected] = readable(world, repo, token).pullRequests;
			assert.deepEqual(await served(token), expected);
		});
	}

	it('tells hidden and refused repositories, listings and catalogues apart', () => {
		const summary = (token: Token): object => ({ ...readable(world, repo, token), pullRequests: undefined });
		assert.deepEqual(summary(fineGrainedToken({ repositories: [] })), { repository: 'hidden', catalogue: false, listing: false, pullRequests: undefined });
		assert.deepEqual(summary(fineGrainedToken({ permissions: { issues: 'read' } })), { repository: 'visible', catalogue: true, listing: false, pullRequests: undefined });
		assert.deepEqual(summary(fineGrainedToken()), { repository: 'visible', catalogue: false, listing: false, pullRequests: undefined });
		world.policies.set('octo-sample', { saml: 'rows' });
		assert.deepEqual(summary(oauthToken()), { repository: 'visible', catalogue: true, listing: false, pullRequests: undefined });
		world.policies.set('octo-sample', { ipAllowList: true });
		assert.deepEqual(summary(oauthToken()), { repository: 'refused', catalogue: false, listing: false, pullRequests: undefined });
	});
});

describe('A token in the words of a command line', () => {
	const made = (text: string): object => {
		const { kind, scopes, permissions, repositories } = tokenArgument(text, 'value', repo);
		return { kind, scopes, permissions, repositories };
	};

	it('names the kind, and its scopes or permissions', () => {
		assert.deepEqual(made('oauth'), { kind: 'oauth', scopes: ['repo'], permissions: {}, repositories: 'all' });
		assert.deepEqual(made('classic:repo,read:org'), { kind: 'classic', scopes: ['repo', 'read:org'], permissions: {}, repositories: 'all' });
		assert.deepEqual(made('classic:'), { kind: 'classic', scopes: [], permissions: {}, repositories: 'all' });
		assert.deepEqual(made('fineGrained:issues|contents'), { kind: 'fineGrained', scopes: [], permissions: { metadata: 'read', issues: 'read', contents: 'read' }, repositories: 'all' });
		assert.deepEqual(made('actions'), { kind: 'actions', scopes: [], permissions: { metadata: 'read', contents: 'read' }, repositories: [repo] });
	});

	it('is refused when there is no such kind or permission', () => {
		assert.throws(() => made('basic'), /There is no kind of token basic/);
		assert.throws(() => made('constructor'), /There is no kind of token/);
		assert.throws(() => made('installation:everything'), /There is no permission everything/);
		assert.throws(() => made('fineGrained:checks'), /checks/);
	});

	it('works at the server', async () => {
		const world = new World(new ManualClock());
		world.createRepository(repo);
		const server = await GithubServer.start({ world, tokens: [tokenArgument('installation:issues', 'test-token', repo)] });
		assert.equal((await rest(server, '/user')).status, 403);
		await server.stop();
	});
});
