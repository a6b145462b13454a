import assert from 'node:assert/strict';
import { actor } from '../../github-server/actors';
import { buildIssue } from '../../github-server/builders';
import { ManualClock } from '../../github-server/clock';
import { GithubServer, type GithubServerOptions } from '../../github-server/githubServer';
import { actionsToken, fineGrainedToken, installationToken, type Permissions, type Token } from '../../github-server/tokens';
import { World } from '../../github-server/world';
import { graphql, rest, type ErrorEntry } from './call';

const repo = 'octo-sample/closed';
const elsewhere = 'octo-sample/elsewhere';
const everything: Permissions = { pull_requests: 'read', contents: 'read', issues: 'read', statuses: 'read', actions: 'read', members: 'read' };

describe('The stand-in\'s permissions', () => {
	let world: World;
	let server: GithubServer;
	let oid: string;

	async function start(options: Partial<GithubServerOptions> = {}): Promise<void> {
		world = new World(new ManualClock());
		for (const name of [repo, elsewhere]) world.createRepository(name, { isPrivate: true });
		world.createPullRequest(repo);
		world.requestReview(repo, 1, 'octo-sample/keepers');
		world.requestReview(repo, 1, 'octo-helper');
		world.addLabel(repo, 1, 'bug');
		world.createMilestone(repo);
		world.setMilestone(repo, 1, 1);
		world.addCheck(repo, 1, { name: 'build' });
		world.setStatus(repo, 1, 'ci/outside', 'SUCCESS');
		world.addCheck(repo, 1, { name: 'test' });
		world.linkIssue(repo, 1, 40);
		oid = world.pullRequest(repo, 1).headRefOid;
		server = await GithubServer.start({ world, ...options });
	}

	beforeEach(() => start());
	afterEach(() => server.stop());

	/** All of them but those named. */
	const without = (...names: (keyof Permissions)[]): Permissions => Object.fromEntries(Object.entries(everything).filter(([name]) => !names.includes(name as keyof Permissions)));

	async function ask(token: Token, selection: string): Promise<{ data: Record<string, unknown>; errors: ErrorEntry[] }> {
		server.setToken(token);
		return graphql(server, `{ repository(owner: "octo-sample", name: "closed") { ${selection} } }`, {}, token.value);
	}

	const inRow = (selection: string): string => `pullRequests(first: 5) { totalCount nodes { number ${selection} } }`;
	const row = ['repository', 'pullRequests', 'nodes', 0];
	const personal = 'Resource not accessible by personal access token';
	const integration = 'Resource not accessible by integration';
	const refused = (message: string, ...paths: (string | number)[][]): object[] => paths.map((path) => ({ type: 'FORBIDDEN', path, extensions: { saml_failure: false }, message }));
	const shown = (errors: readonly ErrorEntry[]): object[] => errors.map(({ type, path, extensions, message }) => ({ type, path, extensions, message }));

	it('commits need contents, and take the row along because they may not be null', async () => {
		const { data, errors } = await ask(fineGrainedToken({ permissions: without('contents') }), inRow('commits(first: 1) { totalCount }'));
		assert.deepEqual(data, { repository: { pullRequests: { totalCount: 1, nodes: [null] } } });
		assert.deepEqual(shown(errors), refused(personal, [...row, 'commits']));
	});

	it('files need contents, and are null alone', async () => {
		const { data, errors } = await ask(installationToken({ permissions: without('contents') }), inRow('files(first: 1) { totalCount }'));
		assert.deepEqual(data, { repository: { pullRequests: { totalCount: 1, nodes: [{ number: 1, files: null }] } } });
		assert.deepEqual(shown(errors), refused(integration, [...row, 'files']));
	});

	it('pull requests need their own, and take the repository along', async () => {
		const token = fineGrainedToken({ permissions: without('pull_requests') });
		const { data, errors } = await ask(token, inRow(''));
		assert.deepEqual([data, shown(errors)], [{ repository: null }, refused(personal, ['repository', 'pullRequests'])]);
		const one = await ask(token, 'pushedAt pullRequest(number: 1) { number }');
		assert.deepEqual([one.data, shown(one.errors)], [{ repository: { pushedAt: '2026-03-02T09:00:00Z', pullRequest: null } }, refused(personal, ['repository', 'pullRequest'])]);
		const { id } = world.pullRequest(repo, 1);
		const node = await graphql(server, '{ nodes(ids: ["' + id + '"]) { id } }', {}, token.value);
		assert.deepEqual([node.data, shown(node.errors)], [{ nodes: [null] }, refused(personal, ['nodes', 0])]);
	});

	it('labels and milestones are read with issues or with pull requests', async () => {
		const selection = 'labels(first: 5) { nodes { name } } milestones(first: 5) { nodes { title } }';
		assert.deepEqual((await ask(fineGrainedToken({ permissions: without('issues') }), selection)).errors, []);
		assert.deepEqual((await ask(fineGrainedToken({ permissions: without('pull_requests') }), selection)).errors, []);
		const { data, errors } = await ask(fineGrainedToken({ permissions: without('pull_requests', 'issues') }), selection);
		assert.deepEqual(data, { repository: { labels: null, milestones: null } });
		assert.deepEqual(shown(errors), refused(personal, ['repository', 'labels'], ['repository', 'milestones']));
	});

	it('linked issues need issues', async () => {
		const { data, errors } = await ask(actionsToken({ repository: repo, permissions: { pull_requests: 'read' } }), inRow('closingIssuesReferences(first: 5) { totalCount }'));
		assert.deepEqual(data, { repository: { pullRequests: { totalCount: 1, nodes: [{ number: 1, closingIssuesReferences: null }] } } });
		assert.deepEqual(shown(errors), refused(integration, [...row, 'closingIssuesReferences']));
	});

	it('a linked issue of a private repository that is not the token\'s is null, without a word', async () => {
		const foreign = buildIssue(world.repository(elsewhere), world.now(), 7);
		const { closingIssues } = world.repository(repo).editableRows(world.pullRequest(repo, 1));
		const own = closingIssues[0]!;
		closingIssues.push(foreign);
		const selection = inRow('closingIssuesReferences(first: 5) { totalCount nodes { number } edges { node { number } } }');
		const list = (nodes: unknown[]): object => ({ repository: { pullRequests: { totalCount: 1, nodes: [{ number: 1, closingIssuesReferences: { totalCount: 2, nodes, edges: nodes.map((node) => ({ node })) } }] } } });
		const narrow = await ask(fineGrainedToken({ permissions: everything, repositories: [repo] }), selection);
		assert.deepEqual([narrow.data, narrow.errors], [list(foreign.databaseId < own.databaseId ? [null, { number: 40 }] : [{ number: 40 }, null]), []]);
	});

	describe('of checks', () => {
		const contexts = inRow('statusCheckRollup { state contexts(first: 9) { totalCount checkRunCount nodes { __typename ... on CheckRun { name } ... on StatusContext { context } } } }');
		const rollup = (nodes: unknown[]): object => ({ repository: { pullRequests: { totalCount: 1, nodes: [{ number: 1, statusCheckRollup: { state: 'SUCCESS', contexts: { totalCount: 3, checkRunCount: 2, nodes } } }] } } });
		const at = (index: number): (string | number)[] => [...row, 'statusCheckRollup', 'contexts', 'nodes', index];
		const [build, test, outside] = [{ __typename: 'CheckRun', name: 'build' }, { __typename: 'CheckRun', name: 'test' }, { __typename: 'StatusContext', context: 'ci/outside' }];

		it('a fine-grained token reads the state, the counts and the statuses, and no run', async () => {
			const { data, errors } = await ask(fineGrainedToken({ permissions: everything }), contexts);
			assert.deepEqual([data, shown(errors)], [rollup([null, null, outside]), refused(personal, at(0), at(1))]);
		});

		it('a workflow without statuses reads the runs alone', async () => {
			const { data, errors } = await ask(actionsToken({ repository: repo, permissions: { pull_requests: 'read', checks: 'read' } }), contexts);
			assert.deepEqual([data, shown(errors)], [rollup([build, test, null]), refused(integration, at(2))]);
		});

		it('without both there is no rollup', async () => {
			const { data, errors } = await ask(installationToken({ permissions: without('statuses') }), contexts);
			assert.deepEqual(data, { repository: { pullRequests: { totalCount: 1, nodes: [{ number: 1, statusCheckRollup: null }] } } });
			assert.deepEqual(shown(errors), refused(integration, [...row, 'statusCheckRollup']));
		});

		it('REST refuses the same', async () => {
			const statuses = async (token: Token): Promise<[number, string | undefined][]> => {
				server.setToken(token);
				return Promise.all(['check-runs', 'status', 'statuses'].map(async (list): Promise<[number, string | undefined]> => {
					const response = await rest(server, `/repos/${repo}/commits/${oid}/${list}`, { authorization: `bearer ${token.value}` });
					return [response.status, ((await response.json()) as { message?: string }).message];
				}));
			};
			assert.deepEqual(await statuses(fineGrainedToken({ permissions: everything })), [[403, personal], [200, undefined], [200, undefined]]);
			assert.deepEqual(await statuses(installationToken({ permissions: { checks: 'read' } })), [[200, undefined], [403, integration], [403, integration]]);
		});
	});

	describe('of teams', () => {
		const reviewers = inRow('reviewRequests(first: 5) { totalCount nodes { requestedReviewer { __typename ... on Team { slug } ... on User { login } } } }');
		const list = (first: unknown): object => ({ repository: { pullRequests: { totalCount: 1, nodes: [{ number: 1, reviewRequests: {
			totalCount: 2, nodes: [{ requestedReviewer: first }, { requestedReviewer: { __typename: 'User', login: 'octo-helper' } }],
		} }] } } });

		it('an App without members sees null in a team\'s place, without an error', async () => {
			for (const token of [installationToken({ permissions: without('members') }), actionsToken({ repository: repo, permissions: { pull_requests: 'read' } })]) {
				const { data, errors } = await ask(token, reviewers);
				assert.deepEqual([data, errors], [list(null), []]);
			}
		});

		it('a fine-grained token without members gets an error there', async () => {
			const { data, errors } = await ask(fineGrainedToken({ permissions: without('members') }), reviewers);
			assert.deepEqual([data, shown(errors)], [list(null), refused(personal, [...row, 'reviewRequests', 'nodes', 0, 'requestedReviewer'])]);
		});

		it('with members the name shows, and no scope is asked for', async () => {
			for (const token of [installationToken({ permissions: everything }), fineGrainedToken({ permissions: everything })]) {
				const { data, errors } = await ask(token, reviewers);
				assert.deepEqual([data, errors], [list({ __typename: 'Team', slug: 'keepers' }), []]);
			}
		});
	});

	it('a repository that is not the token\'s is not found, nor is any node of it', async () => {
		const token = fineGrainedToken({ permissions: everything, repositories: [elsewhere] });
		const { data, errors } = await ask(token, 'id');
		assert.deepEqual([data, errors[0]?.type, errors[0]?.message], [{ repository: null }, 'NOT_FOUND', "Could not resolve to a Repository with the name 'octo-sample/closed'."]);
		const { id } = world.pullRequest(repo, 1);
		const nodes = await graphql(server, `{ nodes(ids: ["${id}", "${world.repository(elsewhere).id}"]) { __typename } node(id: "${id}") { id } }`, {}, token.value);
		assert.deepEqual(nodes.data, { nodes: [null, { __typename: 'Repository' }], node: null });
		const message = `Could not resolve to a node with the global id of '${id}'`;
		assert.deepEqual(nodes.errors.map(({ type, path, message: text }) => [type, path, text]), [['NOT_FOUND', ['nodes', 0], message], ['NOT_FOUND', ['node'], message]]);
		const headers = { authorization: `bearer ${token.value}` };
		for (const path of [`/repos/${repo}`, `/repos/${repo}/commits/${oid}/check-runs`, `/repositories/${world.repository(repo).databaseId}`]) {
			assert.equal((await rest(server, path, headers)).status, 404, path);
		}
		const listed = (await (await rest(server, '/user/repos', headers)).json()) as { full_name: string }[];
		assert.deepEqual(listed.map(({ full_name: name }) => name), [elsewhere]);
	});

	it('a renamed repository stays the token\'s', async () => {
		const token = fineGrainedToken({ permissions: everything, repositories: [repo] });
		world.renameRepository(repo, 'octo-sample/moved');
		assert.deepEqual((await ask(token, 'nameWithOwner')).data, { repository: { nameWithOwner: 'octo-sample/moved' } });
		world.createRepository(repo, { isPrivate: true });
		assert.equal((await ask(token, 'id')).errors[0]?.type, 'NOT_FOUND');
	});

	it('a public repository is read whole by every token, but for teams', async () => {
		world.setPrivate(repo, false);
		const selection = inRow('commits(first: 1) { totalCount } files(first: 1) { totalCount } statusCheckRollup { contexts(first: 3) { nodes { __typename } } } reviewRequests(first: 1) { nodes { requestedReviewer { __typename } } }');
		for (const token of [fineGrainedToken({ repositories: [] }), installationToken({ repositories: [] }), actionsToken({ repository: elsewhere, permissions: {} })]) {
			const { data, errors } = await ask(token, selection);
			assert.deepEqual(data, { repository: { pullRequests: { totalCount: 1, nodes: [{
				number: 1, commits: { totalCount: 1 }, files: { totalCount: 1 }, reviewRequests: { nodes: [{ requestedReviewer: null }] },
				statusCheckRollup: { contexts: { nodes: [{ __typename: 'CheckRun' }, { __typename: 'CheckRun' }, { __typename: 'StatusContext' }] } },
			}] } } });
			assert.deepEqual(shown(errors), token.kind === 'fineGrained' ? refused(personal, [...row, 'reviewRequests', 'nodes', 0, 'requestedReviewer']) : []);
			assert.equal((await rest(server, `/repos/${repo}/commits/${oid}/check-runs`, { authorization: `bearer ${token.value}` })).status, 200);
		}
	});

	it('an old Enterprise Server answers an App that lacks one with nothing, and says nothing', async () => {
		await server.stop();
		await start({ permissionsAnswerEmpty: true });
		const app = await ask(installationToken({ permissions: { issues: 'read', checks: 'read' } }), `${inRow('')} labels(first: 5) { totalCount } pullRequest(number: 1) { number }`);
		assert.deepEqual([app.data, app.errors], [{ repository: { pullRequests: { totalCount: 0, nodes: [] }, labels: { totalCount: 1 }, pullRequest: null } }, []]);
		const person = await ask(fineGrainedToken({ permissions: { issues: 'read' } }), inRow(''));
		assert.deepEqual(shown(person.errors), refused(personal, ['repository', 'pullRequests']));
	});

	it('a bot that asks is the viewer of its own pull requests', async () => {
		world.pullRequest(repo, 1).author = actor('octo-app', 'Bot');
		const { data } = await ask(installationToken({ permissions: everything }), 'pullRequest(number: 1) { viewerDidAuthor author { __typename login } }');
		assert.deepEqual(data, { repository: { pullRequest: { viewerDidAuthor: true, author: { __typename: 'Bot', login: 'octo-app' } } } });
	});
});
