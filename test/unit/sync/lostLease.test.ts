import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CacheFolders } from '../../../src/core/cache/cacheFolders';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { LeaseHeldError } from '../../../src/core/sync/lease';
import { assertEqualsServer } from './equality';
import { SyncHarness } from './syncHarness';

describe('a machine that slept while it synced', () => {
	const { now } = Date;
	let h: SyncHarness;

	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(150);
	});

	afterEach(async () => {
		Date.now = now;
		await h.stop();
	});

	it('writes no more once another one has taken over', async () => {
		const folder = await new CacheFolders(nodeFiles, h.storage).find(h.ref);
		const lease = join(folder, 'lease.json');
		let journal: [string, Buffer] | undefined;
		// With the second page of the listing under way: an hour passes, and somebody else begins.
		h.server.before(3, () => {
			Date.now = () => now() + 3_600_000;
			writeFileSync(lease, JSON.stringify({ pid: process.pid, time: Date.now(), token: 'another' }));
			const name = readdirSync(folder).find((one) => one.endsWith('.ndjson')) ?? '';
			journal = [name, readFileSync(join(folder, name))];
		});
		const error = await h.fail();
		assert.ok(error instanceof LeaseHeldError, String(error));
		assert.ok(journal);
		assert.deepEqual(await readFile(join(folder, journal[0])), journal[1]);
		assert.match(await readFile(lease, 'utf8'), /another/);

		await nodeFiles.remove(lease);
		Date.now = now;
		await h.forgetProcess();
		await h.seed();
		await assertEqualsServer(h);
	});

	it('goes on when nobody has', async () => {
		h.server.before(3, () => {
			Date.now = () => now() + 3_600_000;
		});
		await h.seed();
		Date.now = now;
		await assertEqualsServer(h);
	});
});
