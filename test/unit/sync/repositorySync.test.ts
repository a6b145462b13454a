import assert from 'node:assert/strict';
import { sampleRepository } from '../../github-server/sampleRepository';
import { assertEqualsServer } from './equality';
import { SyncHarness, REPO } from './syncHarness';

describe('repository sync', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
	});
	afterEach(() => h.stop());

	it('seeds an empty repository', async () => {
		const report = await h.seed();
		assert.equal(report.mode, 'full');
		assert.equal(report.pullRequests, 0);
		assert.equal((await h.seed()).mode, 'unchanged');
		assert.equal(h.requests.length, 1);
	});

	it('answers from the cache after one request when nothing changed', async () => {
		h.createPullRequests(130);
		const first = await h.seed();
		assert.equal(first.mode, 'full');
		assert.equal(first.pullRequests, 130);
		assert.equal(first.added, 130);
		assert.deepEqual(first.partial, []);
		h.later();
		const second = await h.seed();
		assert.deepEqual([second.mode, second.requests, second.added, second.updated], ['unchanged', { graphql: 1, rest: 0, notModified: 0 }, 0, 0]);
		assert.ok(second.points <= 2, `${second.points} points`);
		await h.forgetProcess();
		assert.equal((await h.seed()).mode, 'unchanged');
	});

	it('fetches only what changed', async () => {
		h.createPullRequests(60);
		await h.seed();
		h.later();
		h.world.editTitle(REPO, 3, 'Another title');
		h.world.addReview(REPO, 4, 'octo-reviewer', 'APPROVED', 'Fine.');
		const { number } = h.world.createPullRequest(REPO, { title: 'New' });
		const report = await h.seed();
		assert.deepEqual([report.mode, report.added, report.updated, report.removed], ['incremental', 1, 2, 0]);
		assert.deepEqual(h.operations, ['Probe', 'Details']);
		const cache = await h.cache();
		assert.equal((await cache.read(3))?.pullRequest.title, 'Another title');
		assert.equal((await cache.read(4))?.pullRequest.details?.reviews[0]?.body, 'Fine.');
		assert.equal((await cache.read(number))?.pullRequest.title, 'New');
	});

	it('holds everything of a strange and full repository', async () => {
		const { nameWithOwner } = h.world.addRepository(sampleRepository(h.serverClock.now()));
		const report = await h.seed({}, nameWithOwner);
		assert.deepEqual(report.partial, []);
		await assertEqualsServer(h, nameWithOwner);
	});

	it('lets the database know its age once that is off by more than an hour, and not with every run', async () => {
		h.createPullRequests(2);
		await h.seed();
		const { store } = await h.open();
		const syncedAt = async () => (await store.read.repositories())[0]?.syncedAt;
		const before = await syncedAt();
		h.later(59 * 60);
		assert.equal((await h.seed()).mode, 'unchanged');
		assert.equal(await syncedAt(), before);
		h.later(2 * 60);
		assert.equal((await h.seed()).mode, 'unchanged');
		assert.equal(Date.parse((await syncedAt()) ?? '') - Date.parse(before ?? ''), 61 * 60 * 1000);
		assert.equal(store.hasUnsaved, false);
	});

	it('finds a pull request that vanished', async () => {
		h.createPullRequests(5);
		h.world.close(REPO, 2);
		await h.seed();
		h.later();
		h.world.removePullRequest(REPO, 2);
		const report = await h.seed();
		assert.deepEqual([report.removed, report.pullRequests], [1, 4]);
		assert.equal((await h.seed()).mode, 'unchanged');
	});
});
