import assert from 'node:assert/strict';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness } from './syncHarness';

/** What is stored is a part of a repository where somebody asked for a part. */
describe('the extent of what is stored', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(60);
		for (let number = 1; number <= 60; number++) {
			// Every tenth stays open.
			if (number % 10 !== 0) {
				h.world.close(REPO, number);
			}
		}
		h.later();
	});
	afterEach(() => h.stop());

	async function stored(): Promise<{ numbers: number[]; open: number[]; totalCount: number | null }> {
		const { store } = await h.open();
		const { rows } = await store.query("SELECT number, state FROM pull_request WHERE partial NOT LIKE '%details%' ORDER BY number", { rows: 1_000 });
		const [row] = await store.read.repositories();
		return { numbers: rows.map(([number]) => Number(number)), open: rows.flatMap(([number, state]) => (state === 'OPEN' ? [Number(number)] : [])), totalCount: row?.totalCount ?? null };
	}

	it('is the newest so many: no more is listed, and the database says of how many they are', async () => {
		const report = await h.seed({ maxPullRequests: 15 });
		assert.deepEqual([report.pullRequests, report.totalCount], [15, 60]);
		const { numbers, open, totalCount } = await stored();
		assert.deepEqual([numbers.length, open, totalCount], [15, [50, 60], 60]);
		assert.equal((await h.cache()).entries.size, 15);
		h.later();
		await h.seed({ maxPullRequests: 15 });
		assert.deepEqual(h.operations, ['Probe']);
	});

	it('with all open ones besides: those come too, are kept up to date, and cost one request when nothing changed', async () => {
		const report = await h.seed({ maxPullRequests: 15, allOpen: true });
		assert.equal(report.pullRequests, 19);
		assert.deepEqual((await stored()).open, [10, 20, 30, 40, 50, 60]);
		h.later();
		await h.seed({ maxPullRequests: 15, allOpen: true });
		assert.deepEqual(h.operations, ['Probe']);
		h.world.editTitle(REPO, 10, 'Edited');
		h.world.reopen(REPO, 5);
		h.world.close(REPO, 20);
		h.later();
		await h.seed({ maxPullRequests: 15, allOpen: true });
		assert.deepEqual((await stored()).open, [5, 10, 30, 40, 50, 60]);
		h.later();
		await h.seed({ maxPullRequests: 15, allOpen: true });
		assert.deepEqual(h.operations, ['Probe']);
	});

	it('takes the open ones in again when more than a probe shows are missing', async () => {
		for (let number = 1; number <= 60; number++) {
			if (number % 10 !== 0) {
				h.world.reopen(REPO, number);
			}
		}
		h.createPullRequests(100);
		h.later();
		await h.seed({ maxPullRequests: 5 });
		const report = await h.seed({ maxPullRequests: 5, allOpen: true });
		assert.equal(report.pullRequests, 160, 'five of the newest, which are open, and all others that are');
		assert.equal((await stored()).open.length, 160);
	});

	it('stays when a run is to keep it, whatever that one says of its own', async () => {
		await h.seed({ maxPullRequests: 15, allOpen: true });
		h.createPullRequests(1);
		h.later();
		for (const options of [{}, { refresh: true }, { verify: true }]) {
			const report = await h.seed({ ...options, keepExtent: true });
			assert.ok(report.pullRequests < 25, `${report.pullRequests} after ${JSON.stringify(options)}`);
		}
		assert.equal((await stored()).totalCount, 61);
		const all = await h.seed();
		assert.deepEqual([all.pullRequests, all.totalCount], [61, null]);
		assert.equal((await stored()).totalCount, null);
		await assertEqualsServer(h);
		await h.seed({ maxPullRequests: 5 });
		h.createPullRequests(1);
		h.later();
		const kept = await h.seed({ keepExtent: true, refresh: true });
		assert.equal(kept.pullRequests, 62, 'all that is stored, not the part that was asked for last');
	});

	it('is filled up again in the same run when one of it is gone', async () => {
		await h.seed({ maxPullRequests: 15 });
		h.world.removePullRequest(REPO, 60);
		h.later();
		await h.seed({ maxPullRequests: 15 });
		assert.deepEqual((await stored()).numbers, Array.from({ length: 15 }, (_, index) => 45 + index));
		h.later();
		await h.seed({ maxPullRequests: 15 });
		assert.deepEqual(h.operations, ['Probe']);
	});

	it('is the wider of two that were asked for', async () => {
		await h.seed({ maxPullRequests: 30 });
		await h.seed({ maxPullRequests: 5 });
		h.later();
		assert.equal((await h.seed({ keepExtent: true, refresh: true })).updated, 30);
	});

	for (const [what, of] of [['created since', 'since'], ['created until', 'until']] as const) {
		it(`is those ${what} a moment, though all are listed`, async () => {
			const extent = { [of]: h.world.pullRequest(REPO, 31).createdAt };
			await h.seed(extent);
			const { numbers } = await stored();
			assert.deepEqual(numbers, Array.from({ length: 30 }, (_, index) => index + (of === 'since' ? 31 : 1)));
			await h.seed({ keepExtent: true, refresh: true });
			assert.deepEqual((await stored()).numbers, numbers);
			await h.seed();
			await h.seed(extent);
			assert.equal((await h.seed({ keepExtent: true, refresh: true })).updated, 60, 'all, once all have been read');
		});
	}

	it('reads the open ones first', async () => {
		h.server.addFault({ kind: 'reset', times: Infinity, match: { operationName: 'Details', nth: 2 } });
		await h.fail();
		assert.deepEqual((await stored()).open, [10, 20, 30, 40, 50, 60]);
	});
});
