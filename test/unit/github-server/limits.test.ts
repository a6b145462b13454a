import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { expectedState, type ExpectedPullRequest } from '../../github-server/expectedState';
import { GithubServer } from '../../github-server/githubServer';
import { pacificMidnight } from '../../github-server/pacificTime';
import { World } from '../../github-server/world';
import { graphql, rest, type Reply } from './call';

const repo = 'octo-sample/limits';

interface Selected {
	files: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string } } | null;
	commits: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: ({ commit: { oid: string; additions?: number } } | null)[] };
	[field: string]: unknown;
}

describe('The stand-in\'s limits', () => {
	let clock: ManualClock;
	let world: World;
	let server: GithubServer;

	beforeEach(async () => {
		clock = new ManualClock();
		world = new World(clock);
		world.createRepository(repo);
		world.createPullRequest(repo);
		server = await GithubServer.start({ world });
	});
	afterEach(() => server.stop());

	const ask = (selection: string): Promise<Reply<{ repository: { pullRequest: Selected } | null }>> =>
		graphql(server, `{ repository(owner: "octo-sample", name: "limits") { pullRequest(number: 1) { ${selection} } } }`);

	async function read(selection: string): Promise<Selected> {
		const { data, errors } = await ask(selection);
		assert.deepEqual(errors, []);
		return data.repository!.pullRequest;
	}

	const expected = (): ExpectedPullRequest => expectedState(world, repo).pullRequests[0]!;

	it('show no files and no counts of a huge pull request, without an error', async () => {
		world.pushCommit(repo, 1, [{ path: 'a', additions: 7 }]);
		assert.equal(expected().limits.filesUnknown, false);
		world.setHuge(repo, 1);
		assert.deepEqual(await read('files(first: 9) { totalCount nodes { path } } additions deletions changedFiles'), { files: null, additions: 0, deletions: 0, changedFiles: 0 });
		const { limits: { filesUnknown, filesCut }, changedFiles, files } = expected();
		assert.deepEqual({ filesUnknown, filesCut, changedFiles, files }, { filesUnknown: true, filesCut: false, changedFiles: 0, files: [] });
	});

	it('stop at 3,000 files, though changedFiles says more', async () => {
		world.pushMany(repo, 1, { commits: 1, files: 3_010 });
		const { files, changedFiles } = await read('changedFiles files(first: 100) { totalCount pageInfo { hasNextPage endCursor } }');
		assert.deepEqual([files?.totalCount, changedFiles], [3_000, 3_011]);
		let [count, page] = [100, files];
		for (; page?.pageInfo.hasNextPage; count += 100) page = (await read(`files(first: 100, after: "${page.pageInfo.endCursor}") { totalCount pageInfo { hasNextPage endCursor } }`)).files;
		assert.equal(count, 3_000);
		assert.deepEqual([expected().limits.filesCut, expected().files.length], [true, 3_000]);
	});

	it('count 400 commits and give 250 of them, where told', async () => {
		world.pushMany(repo, 1, { commits: 399 });
		assert.equal((await read('commits(last: 1) { totalCount nodes { commit { oid } } }')).commits.nodes[0]?.commit.oid, world.pullRequest(repo, 1).headRefOid);
		world.limitCommits(repo, 1);
		let after = '';
		const seen: unknown[] = [];
		for (let more = true; more;) {
			const { commits } = await read(`commits(first: 100${after}) { totalCount pageInfo { hasNextPage endCursor } nodes { commit { oid } } }`);
			assert.equal(commits.totalCount, 400);
			seen.push(...commits.nodes);
			more = commits.pageInfo.hasNextPage;
			after = `, after: "${commits.pageInfo.endCursor}"`;
		}
		assert.equal(seen.length, 250);
		assert.deepEqual([expected().limits.commitsCut, expected().limits.commitTotal, expected().commits.length], [true, 400, 250]);
	});

	it('count no more than 10,000 commits', async () => {
		world.pushMany(repo, 1, { commits: 10_050 });
		assert.equal((await read('commits { totalCount }')).commits.totalCount, 10_000);
		assert.deepEqual([expected().limits.commitsCut, expected().limits.commitTotal], [true, 10_000]);
	});

	it('take a commit\'s row when counts are asked that are unavailable', async () => {
		world.pushCommit(repo, 1);
		world.pushCommit(repo, 1);
		world.hideCommitStatistics(repo, 1, expected().commits[1]?.oid);
		assert.equal((await read('commits(first: 9) { nodes { commit { oid message } } }')).commits.nodes.length, 3);
		const { data, errors } = await ask('commits(first: 9) { totalCount nodes { commit { oid additions deletions } } }');
		assert.deepEqual(data.repository?.pullRequest.commits.nodes.map((row) => row && row.commit.additions), [1, null, 1]);
		assert.deepEqual(errors.map(({ type, path, message }) => ({ type, path, message })), [
			{ type: undefined, path: ['repository', 'pullRequest', 'commits', 'nodes', 1, 'commit', 'additions'], message: 'The additions count for this commit is unavailable.' },
		]);
		assert.deepEqual([expected().limits.statsUnavailable, expected().commits.map(({ additions }) => additions)], [true, [1, null, 1]]);
	});

	it('take a commit\'s row when its author\'s date is asked and there is none', async () => {
		world.removeAuthoredDate(repo, 1);
		assert.equal((await read('commits(first: 9) { nodes { commit { oid committedDate } } }')).commits.nodes[0]?.commit.oid, world.pullRequest(repo, 1).headRefOid);
		const { data, errors } = await ask('commits(first: 9) { nodes { commit { authoredDate } } }');
		assert.deepEqual(data.repository?.pullRequest.commits.nodes, [null]);
		assert.equal(errors[0]?.message, 'Cannot return null for non-nullable field Commit.authoredDate');
		assert.deepEqual([expected().limits.datesUnavailable, expected().commits[0]?.authoredDate], [true, null]);
	});

	it('know mergeability some seconds after the first asking, and no longer after a push', async () => {
		const state = async (): Promise<unknown[]> => Object.values(await read('mergeable mergeStateStatus'));
		assert.deepEqual(await state(), ['UNKNOWN', 'UNKNOWN']);
		clock.advance(2_999);
		assert.deepEqual(await state(), ['UNKNOWN', 'UNKNOWN']);
		clock.advance(1);
		assert.deepEqual(await state(), ['MERGEABLE', 'CLEAN']);
		world.addCheck(repo, 1, { conclusion: 'FAILURE' });
		assert.deepEqual(await state(), ['MERGEABLE', 'UNSTABLE']);
		world.setConflict(repo, 1);
		assert.deepEqual(await state(), ['UNKNOWN', 'UNKNOWN']);
		clock.advance(5_000);
		assert.deepEqual(await state(), ['CONFLICTING', 'DIRTY']);
		assert.deepEqual([expected().mergeable, expected().mergeStateStatus], ['CONFLICTING', 'DIRTY']);
		const other = world.createPullRequest(repo).number;
		world.setConflict(repo, 1, false);
		await state();
		clock.advance(5_000);
		assert.deepEqual(await state(), ['MERGEABLE', 'UNSTABLE']);
		world.merge(repo, other);
		assert.deepEqual(await state(), ['UNKNOWN', 'UNKNOWN']);
		world.close(repo, 1);
		clock.advance(60_000);
		assert.deepEqual(await state(), ['UNKNOWN', 'UNKNOWN']);
	});

	it('show the merge queue, auto-merge and open conversations', async () => {
		const selection = 'isInMergeQueue mergeQueueEntry { position state enqueuedAt } autoMergeRequest { mergeMethod enabledBy { login } } reviewThreads(first: 9) { totalCount nodes { isResolved } } isCrossRepository headRepositoryOwner { login }';
		const none = { isInMergeQueue: false, mergeQueueEntry: null, autoMergeRequest: null, reviewThreads: { totalCount: 0, nodes: [] }, isCrossRepository: false, headRepositoryOwner: { login: 'octo-sample' } };
		assert.deepEqual(await read(selection), none);
		const ahead = world.createPullRequest(repo).number;
		world.enqueue(repo, ahead);
		world.enqueue(repo, 1);
		world.setAutoMerge(repo, 1);
		const thread = world.startThread(repo, 1);
		world.startThread(repo, 1);
		const before = world.pullRequest(repo, 1).updatedAt;
		clock.advance(60_000);
		world.resolveThread(repo, 1, thread);
		world.dequeue(repo, ahead);
		assert.equal(world.pullRequest(repo, 1).updatedAt, before);
		assert.deepEqual(await read(selection), {
			...none, isInMergeQueue: true, mergeQueueEntry: { position: 1, state: 'QUEUED', enqueuedAt: before },
			autoMergeRequest: { mergeMethod: 'SQUASH', enabledBy: { login: 'octo-maintainer' } }, reviewThreads: { totalCount: 2, nodes: [{ isResolved: true }, { isResolved: false }] },
		});
	});

	it('write a due day as the first second of the day in the Pacific time zone', async () => {
		assert.deepEqual(['2026-11-27', '2026-07-04', '2026-03-08', '2026-03-09', '2026-11-01', '2026-11-02'].map(pacificMidnight), [
			'2026-11-27T08:00:00Z', '2026-07-04T07:00:00Z', '2026-03-08T08:00:00Z', '2026-03-09T07:00:00Z', '2026-11-01T07:00:00Z', '2026-11-02T08:00:00Z',
		]);
		world.createMilestone(repo, { dueDay: '2026-11-27' });
		const { data } = await graphql(server, '{ repository(owner: "octo-sample", name: "limits") { milestone(number: 1) { dueOn } } }');
		assert.deepEqual(data, { repository: { milestone: { dueOn: '2026-11-27T08:00:00Z' } } });
		world.editMilestone(repo, 1, { dueDay: '2026-07-04', title: 'Summer' });
		assert.deepEqual([world.milestone(repo, 1).dueOn, world.milestone(repo, 1).title], ['2026-07-04T07:00:00Z', 'Summer']);
	});

	it('say in the headers that all is left, beside what was used, when the budget is stale', async () => {
		server.setBudget('test-token', { graphqlRemaining: 4_719, staleRemaining: 5_000 });
		const { data, headers } = await graphql<{ rateLimit: object }>(server, '{ rateLimit { remaining used } }');
		assert.deepEqual([headers.get('x-ratelimit-remaining'), headers.get('x-ratelimit-used')], ['5000', '282']);
		assert.deepEqual(data.rateLimit, { remaining: 4_718, used: 282 });
		server.setBudget('test-token', { graphqlRemaining: 0 });
		const refused = await graphql(server, '{ viewer { login } }');
		assert.deepEqual([refused.errors[0]?.type, refused.headers.get('x-ratelimit-remaining')], ['RATE_LIMIT', '5000']);
	});

	it('send a check run\'s number past 32 bits as null, or as it is', async () => {
		const run = world.addCheck(repo, 1);
		const selection = 'databaseId statusCheckRollup { contexts(first: 1) { nodes { ... on CheckRun { databaseId } } } }';
		const shown = async (): Promise<unknown> => ((await read(selection))['statusCheckRollup'] as { contexts: { nodes: { databaseId: unknown }[] } }).contexts.nodes[0]?.databaseId;
		assert.equal(await shown(), null);
		await server.stop();
		server = await GithubServer.start({ world, largeDatabaseIds: 'number' });
		assert.equal(await shown(), run.databaseId);
		// A pull request's stays null: fullDatabaseId is for that.
		assert.equal((await read(selection))['databaseId'], null);
	});

	it('write a bot with [bot] in REST', async () => {
		const rows = world.repository(repo).editableChecks(world.pullRequest(repo, 1).headRefOid);
		world.setStatus(repo, 1, 'ci/agent', 'SUCCESS');
		Object.assign(rows[0]!, { creator: world.createPullRequest(repo, { author: 'octo-agent[bot]' }).author });
		const response = await rest(server, `/repos/${repo}/commits/${world.pullRequest(repo, 1).headRefOid}/statuses`);
		assert.equal(((await response.json()) as { creator: { login: string } }[])[0]?.creator.login, 'octo-agent[bot]');
	});
});
