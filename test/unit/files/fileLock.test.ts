import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileLock } from '../../../src/core/files/fileLock';
import { nodeFiles } from '../../../src/core/files/nodeFiles';

/** A process that has ended. */
const deadPid = spawnSync(process.execPath, ['--version']).pid;

describe('a lock that was left behind', () => {
	let folder = '';
	const path = () => join(folder, 'lock');
	const lock = (now = Date.now) => new FileLock({ files: nodeFiles, path: path(), now, patienceMs: 0, busy: (holder) => new Error(`busy: ${holder?.pid ?? 'nobody'}`) });
	const leave = (name: string, token: string, pid = deadPid) => writeFile(join(folder, name), JSON.stringify({ pid, time: Date.now(), token }));

	beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'pr-seeder-lock-'))));
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('is taken over from a dead process', async () => {
		await leave('lock', 'first');
		assert.equal(await lock().hold(() => Promise.resolve('mine')), 'mine');
		assert.deepEqual(await readdir(folder), []);
	});

	it('is taken over too when whoever was taking it over died at that, and the next one as well', async () => {
		await leave('lock', 'first');
		await leave('lock.first', 'second');
		await leave('lock.second', 'third');
		assert.equal(await lock().hold(() => Promise.resolve('mine')), 'mine');
		assert.deepEqual(await readdir(folder), []);
	});

	it('is left to whoever is taking it over', async () => {
		await leave('lock', 'first');
		await leave('lock.first', 'second', process.ppid);
		await assert.rejects(lock().hold(() => Promise.resolve()), /busy/);
		assert.deepEqual(await readdir(folder), ['lock', 'lock.first']);
	});

	it('is not taken from a live process, but from one that says no more', async () => {
		await leave('lock', 'first', process.ppid);
		await assert.rejects(lock().hold(() => Promise.resolve()), new RegExp(`busy: ${process.ppid}`));
		assert.equal(await lock(() => Date.now() + 31_000).hold(() => Promise.resolve('mine')), 'mine');
	});

	it('goes to one alone of many who find it', async () => {
		for (let round = 0; round < 20; round++) {
			await leave('lock', `round-${round}`);
			let holders = 0;
			const results = await Promise.allSettled(
				Array.from({ length: 10 }, () =>
					lock().hold(async () => {
						assert.equal(++holders, 1, 'two hold it');
						await new Promise((resolve) => setTimeout(resolve, 5));
						holders--;
					}),
				),
			);
			const failures = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
			assert.deepEqual(failures.filter((failure) => !failure.includes('busy')), []);
			assert.ok(failures.length < 10, 'somebody got it');
		}
	});
});
