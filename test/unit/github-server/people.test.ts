import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { expectedState } from '../../github-server/expectedState';
import { GithubServer } from '../../github-server/githubServer';
import { World } from '../../github-server/world';
import { graphql } from './call';

const repo = 'octo-sample/people';

describe('The stand-in\'s bots and enterprise teams', () => {
	let world: World;
	let server: GithubServer;

	beforeEach(async () => {
		world = new World(new ManualClock());
		world.createRepository(repo);
		world.createPullRequest(repo, { author: 'octo-agent[bot]' });
		server = await GithubServer.start({ world });
	});
	afterEach(() => server.stop());

	async function ask(selection: string): Promise<Record<string, unknown>> {
		const query = `{ repository(owner: "octo-sample", name: "people") { pullRequest(number: 1) { ${selection} } } }`;
		const { data, errors } = await graphql<{ repository: { pullRequest: Record<string, unknown> } }>(server, query);
		assert.deepEqual(errors, []);
		return data.repository.pullRequest;
	}

	it('show a bot author, without [bot]', async () => {
		assert.deepEqual(await ask('author { __typename login }'), { author: { __typename: 'Bot', login: 'octo-agent' } });
	});

	it('show a bot assignee in assignedActors and never in assignees', async () => {
		world.assign(repo, 1, 'octo-helper');
		world.assign(repo, 1, 'octo-agent[bot]');
		const shown = await ask('assignees(first: 9) { totalCount nodes { login } } assignedActors(first: 1) { totalCount pageInfo { hasNextPage } } all: assignedActors(first: 9) { nodes { __typename ... on Actor { login } } }');
		assert.deepEqual(shown['assignees'], { totalCount: 1, nodes: [{ login: 'octo-helper' }] });
		assert.deepEqual(shown['assignedActors'], { totalCount: 2, pageInfo: { hasNextPage: true } });
		const { nodes } = shown['all'] as { nodes: { login: string }[] };
		assert.deepEqual(nodes.sort((left, right) => (left.login < right.login ? -1 : 1)), [{ __typename: 'Bot', login: 'octo-agent' }, { __typename: 'User', login: 'octo-helper' }]);
		assert.deepEqual(expectedState(world, repo).pullRequests[0]?.assignees, ['octo-agent', 'octo-helper']);
		world.unassign(repo, 1, 'octo-agent[bot]');
		assert.deepEqual(expectedState(world, repo).pullRequests[0]?.assignees, ['octo-helper']);
	});

	it('are asked for reviews, and answer as bots', async () => {
		for (const name of ['octo-agent[bot]', 'octo-sample/web', 'enterprises/octo-corp/reviewers']) world.requestReview(repo, 1, name);
		const selection = 'reviewRequests(first: 9) { nodes { requestedReviewer { __typename ... on Bot { login } ... on Team { slug } ... on EnterpriseTeam { name slug url } } } }';
		const { nodes } = (await ask(selection))['reviewRequests'] as { nodes: { requestedReviewer: object }[] };
		assert.deepEqual(nodes.map(({ requestedReviewer }) => requestedReviewer), [
			{ __typename: 'Bot', login: 'octo-agent' }, { __typename: 'Team', slug: 'web' },
			{ __typename: 'EnterpriseTeam', name: 'reviewers', slug: 'reviewers', url: 'https://github.example/enterprises/octo-corp/teams/reviewers' },
		]);
		assert.deepEqual(expectedState(world, repo).pullRequests[0]?.reviewRequests, ['octo-agent', 'octo-sample/web', 'reviewers']);
		world.addReview(repo, 1, 'octo-agent[bot]', 'COMMENTED');
		const [one] = expectedState(world, repo).pullRequests;
		assert.deepEqual([one?.reviewRequests, one?.reviews[0]?.author], [['octo-sample/web', 'reviewers'], { login: 'octo-agent', type: 'Bot' }]);
	});
});

describe('The stand-in\'s linked issues', () => {
	let world: World;
	let server: GithubServer;

	beforeEach(async () => {
		world = new World(new ManualClock());
		world.createRepository(repo);
		world.createRepository('octo-sample/tracker');
		world.createPullRequest(repo);
		server = await GithubServer.start({ world });
	});
	afterEach(() => server.stop());

	it('come from other repositories too, with the same number', async () => {
		world.linkIssue(repo, 1, 40, 'Here');
		const there = world.linkIssue(repo, 1, 40, 'There', 'octo-sample/tracker');
		world.linkIssue(repo, 1, 40, 'Nowhere in this world', 'octo-else/unknown');
		const query = `query ($id: ID!) { node(id: $id) { ... on Issue { title repository { nameWithOwner } } }
			repository(owner: "octo-sample", name: "people") { pullRequest(number: 1) { body closingIssuesReferences(first: 9) { totalCount nodes { number title repository { nameWithOwner databaseId } } } } } }`;
		const { data, errors } = await graphql<{ node: object; repository: { pullRequest: { body: string; closingIssuesReferences: { totalCount: number; nodes: { title: string; repository: { nameWithOwner: string } }[] } } } }>(server, query, { id: there.id });
		assert.deepEqual(errors, []);
		assert.deepEqual(data.node, { title: 'There', repository: { nameWithOwner: 'octo-sample/tracker' } });
		const { body, closingIssuesReferences: { totalCount, nodes } } = data.repository.pullRequest;
		assert.equal(totalCount, 3);
		assert.deepEqual(nodes.map(({ title, repository: { nameWithOwner } }) => `${nameWithOwner}: ${title}`).sort(), [
			'octo-else/unknown: Nowhere in this world', 'octo-sample/people: Here', 'octo-sample/tracker: There',
		]);
		assert.match(body, /Closes #40\n\nCloses octo-sample\/tracker#40/);
		assert.deepEqual(expectedState(world, repo).pullRequests[0]?.closingIssues.map(({ number, repository }) => [number, repository]), [
			[40, 'octo-else/unknown'], [40, 'octo-sample/people'], [40, 'octo-sample/tracker'],
		]);
		// Known by name alone: no repository that anybody could open.
		assert.equal(world.findRepository('octo-else/unknown'), undefined);
	});
});
