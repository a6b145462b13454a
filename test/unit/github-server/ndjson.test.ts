import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { expectedState } from '../../github-server/expectedState';
import { recordedRepository } from '../../github-server/ndjson';
import type { RecordedPullRequest } from '../../github-server/recordedPullRequest';
import { World } from '../../github-server/world';

const bare: RecordedPullRequest = {
	repo: 'octo-sample/recorded', number: 5, id: null, databaseId: null, title: 'Bare', body: null, state: 'OPEN', isDraft: null,
	createdAt: '2020-01-01T00:00:00Z', updatedAt: null, closedAt: null, mergedAt: null, author: null, additions: null, deletions: null, changedFiles: null,
	headRefOid: null, baseRefName: null, headRefName: null, labels: null, milestone: null, assignees: null, reviews: null, commits: null, files: null,
	closingIssues: null, checkRuns: null,
};

function load(...records: RecordedPullRequest[]) {
	const world = new World(new ManualClock());
	world.addRepository(recordedRepository(records));
	return expectedState(world, 'octo-sample/recorded');
}

describe('The stand-in\'s recordings', () => {
	it('fill what was not recorded, the same each time', () => {
		const [one] = load(bare).pullRequests;
		assert.ok(one);
		assert.deepEqual(load(bare).pullRequests, [one]);
		assert.match(one.id, /^PR_/);
		assert.match(one.headRefOid, /^[0-9a-f]{40}$/);
		const { body, isDraft, updatedAt, author, changedFiles, baseRefName, headRefName, labelIds, files } = one;
		assert.deepEqual(
			{ body, isDraft, updatedAt, author, changedFiles, baseRefName, headRefName, labelIds, files },
			{ body: '', isDraft: false, updatedAt: bare.createdAt, author: null, changedFiles: 0, baseRefName: 'main', headRefName: 'branch-5', labelIds: [], files: [] },
		);
	});

	it('keep the last record of a number, and what was recorded', () => {
		const state = load(bare, { ...bare, id: 'MDExOlB1bGxSZXF1ZXN0MQ==', databaseId: 4_338_277_110, title: 'Later', mergedAt: '2020-02-01T00:00:00Z', state: 'MERGED' });
		assert.equal(state.pullRequests.length, 1);
		const { id, databaseId, title, updatedAt, closedAt } = state.pullRequests[0]!;
		assert.deepEqual([id, databaseId, title, updatedAt, closedAt], ['MDExOlB1bGxSZXF1ZXN0MQ==', 4_338_277_110, 'Later', '2020-02-01T00:00:00Z', '2020-02-01T00:00:00Z']);
	});

	it('share labels by name and milestones by number', () => {
		const milestone = { title: 'One', number: 3, dueOn: null, state: 'OPEN' } as const;
		const state = load(
			{ ...bare, labels: [{ name: 'Bug', color: null }], milestone },
			{ ...bare, number: 6, labels: [{ name: 'bug', color: 'd73a4a' }], milestone: { ...milestone, title: 'One, renamed', state: 'CLOSED' } },
		);
		assert.deepEqual(state.labels.map(({ name, color }) => [name, color]), [['bug', 'd73a4a']]);
		assert.deepEqual(state.milestones.map(({ number, title, state: shown }) => [number, title, shown]), [[3, 'One, renamed', 'CLOSED']]);
		assert.equal(state.pullRequests[0]?.milestoneId, state.pullRequests[1]?.milestoneId);
	});

	it('turn recorded suites and statuses into the head\'s checks', () => {
		const checkRuns = [
			{ __typename: 'CheckSuite', app: 'Some CI', status: 'COMPLETED', conclusion: 'MISSING', url: null, databaseId: null },
			{ __typename: 'Status', contexts: [{ state: 'FAILURE', description: 'Failed', context: null, targetUrl: null }] },
		];
		const [one] = load({ ...bare, checkRuns }).pullRequests;
		const shown = one?.checks.map((check) => (check.kind === 'CHECK_RUN' ? [check.name, check.conclusion] : [check.context, check.state]));
		assert.deepEqual(shown, [['Some CI', 'NEUTRAL'], ['default', 'FAILURE']]);
	});

	it('link issues of other repositories where they name one, and know a bot by its [bot]', () => {
		const closingIssues = [{ number: 7, title: 'Here' }, { number: 7, title: 'There', repo: 'octo-sample/tracker' }];
		const [one, two] = load({ ...bare, closingIssues, assignees: ['octo-agent[bot]'] }, { ...bare, number: 6, closingIssues }).pullRequests;
		assert.deepEqual(one?.closingIssues, [{ number: 7, title: 'Here', repository: 'octo-sample/recorded' }, { number: 7, title: 'There', repository: 'octo-sample/tracker' }]);
		assert.deepEqual(two?.closingIssues, one.closingIssues);
		assert.deepEqual(one.assignees, ['octo-agent']);
	});
});
