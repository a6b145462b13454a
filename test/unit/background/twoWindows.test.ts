import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { processPlace } from '../../../src/core/files/processPlace';
import { BackgroundHarness, HOUR_MS, INTERVAL_MS, MINUTE_MS } from './backgroundHarness';

const probes = (count: number) => ({ operations: count === 0 ? {} : { Probe: count }, points: count });

describe('background sync in two windows', () => {
	let h: BackgroundHarness;

	beforeEach(async () => {
		h = await BackgroundHarness.start(3);
		await h.seedAll();
	});

	afterEach(() => h.stop());

	it('happens in one of them', async () => {
		const windows = [await h.open(), await h.open()];
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(h.takeRequests(), probes(4 * 3));
		assert.deepEqual(windows.map(({ sync }) => sync.status.role).sort(), ['following', 'leading']);
		assert.deepEqual(windows.map(({ reports }) => reports.length).sort((a, b) => a - b), [0, 4 * 3]);
	});

	it('goes on in the other when the one that leads is closed, and syncs nothing before its time', async () => {
		const first = await h.open();
		await h.clock.advance(INTERVAL_MS);
		const second = await h.open();
		await h.clock.advance(5 * MINUTE_MS);
		h.takeRequests();
		await first.close();
		await h.clock.advance(MINUTE_MS);
		assert.equal(second.sync.status.role, 'leading');
		await h.clock.advance(8 * MINUTE_MS);
		assert.deepEqual(h.takeRequests(), probes(0));
		await h.clock.advance(MINUTE_MS);
		assert.deepEqual(h.takeRequests(), probes(3));
	});

	it('goes on in the window that somebody looks at', async () => {
		const first = await h.open();
		await h.clock.advance(MINUTE_MS);
		const second = await h.open();
		second.leave(0);
		await h.clock.advance(MINUTE_MS);
		first.leave(h.clock.now() + 2 * MINUTE_MS);
		second.focus();
		await h.clock.advance(4 * MINUTE_MS);
		assert.deepEqual([first.sync.status.role, second.sync.status.role], ['off', 'leading']);
		assert.deepEqual(h.takeRequests(), probes(0));
	});

	it('is taken over from a process that is gone', async () => {
		const { pid } = spawnSync(process.execPath, ['--version']);
		writeFileSync(join(h.storage, 'background.lock'), JSON.stringify({ ...processPlace(), pid, time: h.clock.now(), token: 'gone' }));
		const window = await h.open();
		await h.clock.advance(0);
		assert.equal(window.sync.status.role, 'leading');
	});

	it('is taken over from a window that says no more for three minutes', async () => {
		const first = await h.open();
		await h.clock.advance(INTERVAL_MS);
		const second = await h.open();
		await h.clock.advance(MINUTE_MS / 2);
		h.kill(first);
		h.takeRequests();
		await h.clock.advance(2 * MINUTE_MS);
		assert.equal(second.sync.status.role, 'following');
		await h.clock.advance(3 * MINUTE_MS);
		assert.equal(second.sync.status.role, 'leading');
		assert.deepEqual(h.takeRequests(), probes(0));
		await h.clock.advance(INTERVAL_MS - 5 * MINUTE_MS);
		assert.deepEqual(h.takeRequests(), probes(3));
		assert.equal(second.reports.length, 3);
	});

	it('has one that leads after a machine has slept, and syncs nothing twice', async () => {
		const windows = [await h.open(), await h.open()];
		await h.clock.advance(MINUTE_MS);
		h.clock.jump(8 * HOUR_MS);
		await h.clock.advance(3 * MINUTE_MS);
		assert.deepEqual(h.takeRequests(), probes(3));
		assert.deepEqual(windows.map(({ sync }) => sync.status.role).sort(), ['following', 'leading']);
		await h.clock.advance(HOUR_MS);
		assert.deepEqual(h.takeRequests(), probes(4 * 3));
	});

	it('stops in one whose lead was taken over', async () => {
		const window = await h.open();
		await h.clock.advance(MINUTE_MS);
		const lock = join(h.storage, 'background.lock');
		writeFileSync(lock, JSON.stringify({ ...processPlace(), pid: process.pid, time: h.clock.now(), token: 'another' }));
		await h.clock.advance(2 * MINUTE_MS);
		assert.equal(window.sync.status.role, 'following');
		assert.match(Buffer.from((await nodeFiles.read(lock))!).toString(), /another/);
	});
});
