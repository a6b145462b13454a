import assert from 'node:assert/strict';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness } from './syncHarness';

describe('what has to be read', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
	});
	afterEach(() => h.stop());

	it('after a merge is what was merged, however many others are open', async () => {
		h.createPullRequests(230);
		await h.seed();
		h.later();
		h.world.merge(REPO, 7);
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe', 'Details']);
		await assertEqualsServer(h);
	});

	describe('when a check moves, of which no date tells, of a pull request that the first page of open ones does not show', () => {
		beforeEach(() => {
			h.createPullRequests(98);
			h.world.addCheck(REPO, 1, { name: 'build', status: 'IN_PROGRESS', conclusion: null });
			h.world.addCheck(REPO, 90, { name: 'build', status: 'IN_PROGRESS', conclusion: null });
			h.later();
		});

		const settle = (number: number) => h.world.setCheck(REPO, number, 'build', { status: 'COMPLETED', conclusion: 'FAILURE' });
		const conclusionOf = async (number: number) => (await (await h.cache()).read(number))?.pullRequest.details?.checks[0]?.conclusion;

		it('is seen where a few were opened meanwhile', async () => {
			await h.seed();
			h.createPullRequests(20);
			settle(1);
			await h.seed();
			assert.equal(await conclusionOf(1), 'FAILURE');
		});

		it('is seen where a part is stored', async () => {
			const part = { maxPullRequests: 20 };
			await h.seed(part);
			for (let number = 1; number <= 60; number++) {
				h.world.addLabel(REPO, number, 'bug');
			}
			h.createPullRequests(60);
			await h.seed(part);
			settle(90);
			await h.seed(part);
			assert.equal(await conclusionOf(90), 'FAILURE');
		});
	});

	it('is every check in turn, also where a server answers small probes alone', async () => {
		h.createPullRequests(60);
		for (let number = 1; number <= 60; number++) {
			h.world.addCheck(REPO, number, { name: 'build', status: 'IN_PROGRESS', conclusion: null });
		}
		h.later();
		h.server.addFault({ kind: 'badGateway', times: Infinity, match: { operationName: 'Probe', variables: ({ size }) => Number(size) > 12 } });
		await h.seed();
		for (let number = 1; number <= 60; number++) {
			h.world.setCheck(REPO, number, 'build', { status: 'COMPLETED', conclusion: 'FAILURE' });
		}
		for (let run = 0; run < 12; run++) {
			h.later();
			await h.seed();
		}
		const { rows } = await (await h.open()).store.query("SELECT count(*) FROM check_run WHERE conclusion = 'FAILURE'", { rows: 1 });
		assert.deepEqual(rows, [[60]]);
	});

	describe('when a check of a large pull request moves', () => {
		beforeEach(async () => {
			h.createPullRequests(2);
			h.world.pushCommit(REPO, 1, Array.from({ length: 450 }, (_, index) => ({ path: `src/${index}.ts` })));
			for (let i = 0; i < 120; i++) {
				h.world.addCheck(REPO, 1, { name: `check ${i}`, status: 'IN_PROGRESS', conclusion: null });
			}
			h.later();
			await h.seed();
			h.later();
			h.world.setCheck(REPO, 1, 'check 110', { status: 'COMPLETED', conclusion: 'FAILURE' });
		});

		it('is only its checks', async () => {
			await h.seed();
			assert.deepEqual(h.operations, ['Probe', 'Details', 'Overflow']);
			assert.doesNotMatch(h.requests[1]?.query ?? '', /files|commits\(first/);
			await assertEqualsServer(h);
		});

		it('is only its checks also when another has to be read whole', async () => {
			h.world.editTitle(REPO, 2, 'Another title');
			await h.seed();
			assert.deepEqual(h.operations, ['Probe', 'Details', 'Overflow', 'Details']);
			await assertEqualsServer(h);
		});

		it('is all of it when it was edited before the answer', async () => {
			h.server.before({ operationName: 'Details' }, (world) => world.editTitle(REPO, 1, 'Another title'));
			await h.seed();
			await assertEqualsServer(h);
		});

		it('is all of it when it was edited between two pages of its checks', async () => {
			h.server.before({ operationName: 'Overflow' }, (world) => world.pushCommit(REPO, 1, [{ path: 'src/late.ts' }]));
			await h.seed();
			await assertEqualsServer(h);
		});

		it('is asked for again when the server gave up on them', async () => {
			h.server.addFault({ kind: 'respond', status: 200, headers: { 'content-type': 'application/json' }, body: { errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Resource limits for this query exceeded.' }], data: null }, match: { operationName: 'Overflow' }, times: 20 });
			await h.trySeed();
			h.server.clearFaults();
			await h.seed();
			await assertEqualsServer(h);
		});
	});
});
