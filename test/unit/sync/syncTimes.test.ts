import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CacheFolders } from '../../../src/core/cache/cacheFolders';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { instant } from '../../../src/core/model/clock';
import { SyncTimes } from '../../../src/core/sync/syncTimes';
import { REPO, SyncHarness } from './syncHarness';

describe('when a repository was last looked at', () => {
	let h: SyncHarness;
	let times: SyncTimes;
	beforeEach(async () => {
		h = await SyncHarness.start();
		times = new SyncTimes(new CacheFolders(nodeFiles, h.storage));
		h.createPullRequests(3);
		await h.seed();
		h.later(24 * 60);
	});
	afterEach(() => h.stop());

	const stored = async () => (await h.open()).store.read.repositories();
	const told = async () => (await times.applied(await stored())).map(({ syncedAt }) => syncedAt);

	it('is told after a sync that found nothing, of which no row says anything', async () => {
		const before = await told();
		assert.equal((await h.seed()).mode, 'unchanged');
		assert.deepEqual((await stored()).map(({ syncedAt }) => syncedAt), before);
		assert.deepEqual(await told(), [instant(h.serverClock.now())]);
		h.later();
		await h.seed();
		assert.deepEqual(await told(), [instant(h.serverClock.now())]);
	});

	it('is what the rows say where they do not show yet what was found', async () => {
		const rows = await stored();
		h.world.editTitle(REPO, 2, 'Another');
		await h.seed();
		assert.deepEqual(await times.applied(rows), rows);
		assert.deepEqual(await told(), [instant(h.serverClock.now())]);
	});

	it('is what the rows say where there is no cache, or none that can be read', async () => {
		await h.seed();
		const rows = await stored();
		await told();
		await rm(join(h.storage, 'cache'), { recursive: true });
		assert.deepEqual(await times.applied(rows), rows);
		await nodeFiles.writeAtomic(join(h.storage, 'cache', 'github.com', 'octo', 'harbor', 'state.json'), Buffer.from('{'));
		assert.deepEqual(await times.applied(rows), rows);
	});

	it('is not told before the first sync is complete', async () => {
		await h.seed();
		const rows = (await stored()).map((row) => ({ ...row, syncedAt: null }));
		assert.deepEqual(await times.applied(rows), rows);
	});
});
