import assert from 'node:assert/strict';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import { Bench, fullDetails, pullRequest, repository, user } from './fixtures';

describe('SqlStore, whole records in order of their numbers', () => {
	let bench: Bench;
	let store: SqlStore;
	let repositoryId = 0;

	beforeEach(async () => {
		bench = await Bench.make();
		store = await bench.open();
		const pullRequests = Array.from({ length: 25 }, (_, i) => pullRequest(25 - i, { state: i % 2 === 0 ? 'OPEN' : 'MERGED' }));
		await store.apply({ repository: repository(), pullRequests });
		await store.apply({ repository: repository('octo/pier'), pullRequests: [pullRequest(7)] });
		repositoryId = (await store.read.repositories()).find(({ nameWithOwner }) => nameWithOwner === 'octo/harbor')?.id ?? 0;
	});
	afterEach(() => bench.dispose());

	const numbers = async (after: number, limit: number, more = {}) => (await store.read.pullRequestRecords({ repositoryId, ...more }, { after, limit })).map(({ number }) => number);

	it('come page by page, of one repository', async () => {
		assert.deepEqual(await numbers(0, 10), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
		assert.deepEqual(await numbers(20, 10), [21, 22, 23, 24, 25]);
		assert.deepEqual(await numbers(25, 10), []);
		assert.deepEqual(await numbers(0, 3, { states: ['MERGED'] }), [2, 4, 6]);
		assert.deepEqual(await numbers(4, 3, { states: ['MERGED'], text: 'change 1' }), [10, 12, 14]);
	});

	it('hold what is taken elsewhere', async () => {
		await store.apply({
			repository: repository(),
			pullRequests: [pullRequest(1, { details: fullDetails(), closedAt: '2026-02-02T00:00:00Z', mergedAt: '2026-02-02T00:00:00Z', state: 'MERGED', assignees: [user('ada')] })],
		});
		const [record] = await store.read.pullRequestRecords({ repositoryId }, { after: 0, limit: 1 });
		assert.ok(record);
		const { reviewRequests, linkedIssues, additions, deletions, changedFiles, changesRequested, closedAt, mergedAt, baseRef, headRef } = record;
		assert.deepEqual(
			{ reviewRequests, linkedIssues, additions, deletions, changedFiles, changesRequested, closedAt, mergedAt, baseRef, headRef },
			{
				reviewRequests: ['grace', 'octo/reviewers', 'Bob'],
				linkedIssues: [9],
				additions: 10,
				deletions: 2,
				changedFiles: 1,
				changesRequested: true,
				closedAt: '2026-02-02T00:00:00Z',
				mergedAt: '2026-02-02T00:00:00Z',
				baseRef: 'main',
				headRef: 'topic-1',
			},
		);
	});
});
