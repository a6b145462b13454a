import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { GithubServer, type GithubServerOptions } from '../../github-server/githubServer';
import { World } from '../../github-server/world';
import { graphql, rest, type ErrorEntry } from './call';

const repo = 'octo-sample/old';

describe('The stand-in\'s schema profiles', () => {
	let world: World;
	let servers: GithubServer[];

	beforeEach(() => {
		servers = [];
		world = new World(new ManualClock());
		world.createRepository(repo);
		world.createPullRequest(repo);
		for (const name of ['octo-agent[bot]', 'octo-reader', 'enterprises/octo-corp/reviewers']) world.requestReview(repo, 1, name);
	});
	afterEach(async () => {
		for (const server of servers) await server.stop();
	});

	async function start(options: Partial<GithubServerOptions>): Promise<GithubServer> {
		const server = await GithubServer.start({ world, ...options });
		servers.push(server);
		return server;
	}

	/** The errors about a pull request's selection, and what came of it. */
	async function ask(server: GithubServer, selection: string, more = '', variables = ''): Promise<{ data: { repository: { pullRequest: Record<string, unknown> } } | undefined; errors: ErrorEntry[] }> {
		return graphql(server, `query Ask${variables} { repository(owner: "octo-sample", name: "old") { pullRequest(number: 1) { ${selection} } } } ${more}`);
	}

	const codes = (errors: ErrorEntry[]): unknown[] => errors.map(({ extensions }) => extensions);

	it('lack a member of a union, in the words of GitHub Enterprise Server 3.9', async () => {
		const server = await start({ schemaProfile: 'ghes-3.9' });
		const { data, errors } = await ask(server, 'reviewRequests(first: 9) { nodes { requestedReviewer { ... on User { login } ... on Bot { login } } } }');
		assert.equal(data, undefined);
		assert.equal(errors[0]?.message, "Fragment on Bot can't be spread inside RequestedReviewer");
		assert.deepEqual(errors[0].path, ['query Ask', 'repository', 'pullRequest', 'reviewRequests', 'nodes', 'requestedReviewer', '... on Bot']);
		assert.deepEqual(codes(errors), [{ code: 'cannotSpreadFragment', typeName: 'Bot', fragmentName: 'unknown', parentName: 'RequestedReviewer' }]);
		const named = await ask(server, 'reviewRequests(first: 9) { nodes { requestedReviewer { ...Robot } } }', 'fragment Robot on Bot { login }');
		assert.equal(named.errors[0]?.message, "Fragment Robot on Bot can't be spread inside RequestedReviewer");
		assert.deepEqual(codes(named.errors), [{ code: 'cannotSpreadFragment', typeName: 'Bot', fragmentName: ' Robot', parentName: 'RequestedReviewer' }]);
		// A bot may well be an author there, and an interface leads to it.
		assert.deepEqual((await ask(server, 'author { ... on Bot { login } } reviewRequests(first: 9) { nodes { requestedReviewer { ... on Actor { login } } } }')).errors, []);
	});

	it('never serve a type that they lack', async () => {
		const selection = 'reviewRequests(first: 9) { nodes { requestedReviewer { __typename } } }';
		const types = async (options: Partial<GithubServerOptions>): Promise<unknown[]> => {
			const { data } = await ask(await start(options), selection);
			return (data?.repository.pullRequest['reviewRequests'] as { nodes: { requestedReviewer: { __typename: string } | null }[] }).nodes.map(({ requestedReviewer }) => requestedReviewer?.__typename);
		};
		assert.deepEqual(await types({}), ['Bot', 'User', 'EnterpriseTeam']);
		assert.deepEqual(await types({ schemaProfile: 'ghes-3.16' }), ['Bot', 'User', undefined]);
		assert.deepEqual(await types({ schemaProfile: 'ghes-3.9' }), [undefined, 'User', undefined]);
	});

	it('lack whole types, which can then be no condition', async () => {
		const selection = 'reviewRequests(first: 9) { nodes { requestedReviewer { ... on EnterpriseTeam { slug } } } }';
		const { errors } = await ask(await start({ schemaProfile: 'ghes-3.16' }), selection);
		assert.equal(errors[0]?.message, "No such type EnterpriseTeam, so it can't be a fragment condition");
		assert.deepEqual(codes(errors), [{ code: 'undefinedType', typeName: 'EnterpriseTeam' }]);
		assert.deepEqual((await ask(await start({}), selection)).errors, []);
	});

	it('lack fields, and report what is used below them alone as unused', async () => {
		const server = await start({ schemaProfile: 'ghes-3.16' });
		const { errors } = await ask(server, 'assignedActors(first: $count) { nodes { ...Who } }', 'fragment Who on Bot { login }', '($count: Int)');
		assert.deepEqual(errors.map(({ message }) => message), [
			"Field 'assignedActors' doesn't exist on type 'PullRequest'", 'Variable $count is declared by Ask but not used', 'Fragment Who was defined, but not used',
		]);
		assert.deepEqual(codes(errors), [
			{ code: 'undefinedField', typeName: 'PullRequest', fieldName: 'assignedActors' }, { code: 'variableNotUsed', variableName: 'count' },
			{ code: 'useAndDefineFragment', fragmentName: 'Who' },
		]);
	});

	const missing: Record<string, readonly string[]> = {
		'ghes-3.9': ['fullDatabaseId', 'isInMergeQueue', 'mergeQueueEntry { id }', 'assignedActors(first: 1) { totalCount }'],
		'ghes-3.0': ['fullDatabaseId', 'statusCheckRollup { state }', 'closingIssuesReferences(first: 1) { totalCount }', 'autoMergeRequest { enabledAt }'],
	};
	for (const [schemaProfile, selections] of Object.entries(missing)) {
		it(`say of ${schemaProfile} that it lacks what it lacks`, async () => {
			const server = await start({ schemaProfile: schemaProfile as 'ghes-3.9' });
			for (const selection of selections) {
				assert.deepEqual(codes((await ask(server, selection)).errors), [{ code: 'undefinedField', typeName: 'PullRequest', fieldName: /^\w+/.exec(selection)?.[0] }]);
			}
			assert.deepEqual((await ask(server, 'number reviewDecision labels(first: 1) { totalCount }')).errors, []);
		});
	}

	it('count checks by state on github.com alone', async () => {
		const selection = 'statusCheckRollup { contexts(first: 1) { checkRunCountsByState { state count } statusContextCountsByState { state count } } }';
		assert.deepEqual((await ask(await start({}), selection)).errors, []);
		assert.deepEqual(codes((await ask(await start({ schemaProfile: 'ghes-3.9' }), selection)).errors), [
			{ code: 'undefinedField', typeName: 'StatusCheckRollupContextConnection', fieldName: 'checkRunCountsByState' },
			{ code: 'undefinedField', typeName: 'StatusCheckRollupContextConnection', fieldName: 'statusContextCountsByState' },
		]);
	});

	it('of GitHub Enterprise Server have no limits unless told, and tell their version', async () => {
		const server = await start({ schemaProfile: 'ghes-3.9' });
		const limits = await graphql(server, '{ rateLimit { cost } }');
		assert.deepEqual([limits.data, limits.headers.get('x-ratelimit-limit')], [{ rateLimit: null }, null]);
		assert.match(await (await rest(server, '/api/v3/meta')).text(), /"installed_version":"3\.9\./);
		const limited = await start({ schemaProfile: 'ghes-3.9', rateLimit: { limit: 70 } });
		assert.equal((await graphql(limited, '{ viewer { login } }')).headers.get('x-ratelimit-limit'), '70');
	});

	it('hide more fields when told', async () => {
		const server = await start({ schemaProfile: 'ghes-3.16', hiddenFields: ['PullRequest.title'] });
		assert.deepEqual(codes((await ask(server, 'title')).errors), [{ code: 'undefinedField', typeName: 'PullRequest', fieldName: 'title' }]);
	});

	it('give GitHub\'s code for an argument, a type of a variable and a fragment that do not exist', async () => {
		const server = await start({});
		assert.deepEqual(codes((await ask(server, 'labels(first: 1, colour: "red") { totalCount }')).errors), [
			{ code: 'argumentNotAccepted', name: 'labels', typeName: 'Field', argumentName: 'colour' },
		]);
		const typed = await ask(server, 'labels(first: $count) { totalCount }', '', '($count: Number)');
		assert.deepEqual(typed.errors[0]?.extensions, { code: 'variableRequiresValidType', typeName: 'Number', variableName: 'count' });
		assert.deepEqual(codes((await ask(server, '...Nowhere')).errors), [{ code: 'useAndDefineFragment', fragmentName: 'Nowhere' }]);
		const { errors } = await ask(server, 'labels(first: 1, colour: "red") { totalCount }');
		assert.deepEqual(errors[0]?.path, ['query Ask', 'repository', 'pullRequest', 'labels', 'colour']);
	});
});
