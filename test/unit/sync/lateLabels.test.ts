import assert from 'node:assert/strict';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness } from './syncHarness';

describe('a label made after the labels were read', () => {
	let h: SyncHarness;

	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(3);
		await h.seed();
		h.later();
		h.world.editTitle(REPO, 1, 'Changed');
		h.later();
		// Between the probe and the details.
		h.server.before(2, (world) => world.addLabel(REPO, 1, 'late'));
		await h.seed();
		assert.ok(h.operations.length > 1);
		h.later();
	});

	afterEach(() => h.stop());

	const carried = async () => {
		const { store } = await h.open();
		return (await store.query('SELECT number, label_node_id IN (SELECT node_id FROM label) FROM pull_request_label', { rows: 9 })).rows;
	};

	it('is carried by nothing before it is known, and by its pull request with the next run', async () => {
		assert.deepEqual(await carried(), []);
		await h.seed();
		assert.deepEqual(await carried(), [[1, 1]]);
		await assertEqualsServer(h);
	});

	it('is carried by its pull request once known, also when the process ended and the database was lost meanwhile', async () => {
		await h.forgetProcess();
		await h.seed();
		assert.deepEqual(await carried(), [[1, 1]]);
	});

	it('leaves nothing behind when it is deleted before anybody knew it', async () => {
		h.world.deleteLabel(REPO, 'late');
		await h.seed();
		assert.deepEqual(await carried(), []);
		await assertEqualsServer(h);
	});
});
