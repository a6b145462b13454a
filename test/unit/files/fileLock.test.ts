import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileLock } from '../../../src/core/files/fileLock';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { processPlace, type ProcessPlace } from '../../../src/core/files/processPlace';

/** A process that has ended. */
const deadPid = spawnSync(process.execPath, ['--version']).pid;

describe('a lock that was left behind', () => {
	let folder = '';
	const path = () => join(folder, 'lock');
	let said: string[] = [];
	const lock = (now = Date.now, place = processPlace()) =>
		new FileLock({ files: nodeFiles, path: path(), now, place, patienceMs: 0, log: (line) => said.push(line), busy: (holder) => new Error(`busy: ${typeof holder === "object" ? holder.pid : "nobody"}`) });
	const leave = (name: string, token: string, pid = deadPid, place: object = processPlace()) => writeFile(join(folder, name), JSON.stringify({ ...place, pid, time: Date.now(), token }));

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pr-seeder-lock-'));
		said = [];
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('is taken over from a dead process', async () => {
		await leave('lock', 'first');
		assert.equal(await lock().hold(() => Promise.resolve('mine')), 'mine');
		assert.deepEqual(await readdir(folder), []);
		assert.deepEqual(said, []);
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

	const here = processPlace();
	for (const [what, place] of Object.entries<Partial<ProcessPlace>>({
		'another machine': { ...here, host: 'elsewhere' },
		'the same machine before it was started again': { ...here, boot: 'earlier' },
		'another container': { ...here, namespace: 'pid:[1]' },
		'an earlier release': {},
	})) {
		it(`of ${what} is nobody's once it is silent alone, whatever its process id and clock say`, async () => {
			await leave('lock', 'first', deadPid, place);
			await assert.rejects(lock().hold(() => Promise.resolve()), /busy/);
			await assert.rejects(lock(() => Date.now() + 600_000).hold(() => Promise.resolve()), /busy/, 'the clocks of two machines differ');
			const before = Date.now() / 1000 - 31;
			await utimes(path(), before, before);
			assert.equal(await lock(() => Date.now() - 600_000).hold(() => Promise.resolve('mine')), 'mine');
			assert.deepEqual(await readdir(folder), []);
		});
	}

	it('says where its process runs, as far as the system tells', async () => {
		await lock().hold(async () => {
			const { host, boot, namespace } = JSON.parse(await readFile(path(), 'utf8')) as Partial<ProcessPlace>;
			assert.ok(host);
			if (process.platform === 'linux') {
				assert.match(boot ?? '', /^[\da-f-]{36}$/);
				assert.match(namespace ?? '', /^pid:\[\d+\]$/);
			}
		});
	});

	it('of a system that tells less says as much', async () => {
		await leave('lock', 'first', deadPid, { host: 'mac' });
		assert.equal(await lock(Date.now, { host: 'mac' }).hold(() => Promise.resolve('mine')), 'mine');
	});

	for (const [what, make] of Object.entries<(path: string) => Promise<void> | void>({
		'a link to a file': async (at) => {
			await writeFile(join(folder, 'target'), 'kept');
			await symlink('target', at);
		},
		'a link to a folder': async (at) => {
			await mkdir(join(folder, 'target'));
			await symlink('target', at);
		},
		'a link to a lock of somebody alive': async (at) => {
			await leave('target', 'alive', process.ppid);
			await symlink('target', at);
		},
		'a link to nothing': (at) => symlink('nothing', at),
		'a link to itself': (at) => symlink('lock', at),
		'a pipe': (at) => void spawnSync('mkfifo', [at]),
	})) {
		it(`is ours to remove at once where it is ${what}, and that alone`, async function () {
			if (process.platform === 'win32') {
				this.skip();
			}
			await make(path());
			const others = (await readdir(folder)).filter((name) => name !== 'lock');
			assert.equal(await lock().hold(() => Promise.resolve('mine')), 'mine');
			assert.deepEqual(await readdir(folder), others);
			assert.deepEqual(said, [`${path()} was removed: it stood in the place of a lock, but was none.`]);
			if (what === 'a link to a file') {
				assert.equal(await readFile(join(folder, 'target'), 'utf8'), 'kept');
			}
		});
	}

	it('that is a link goes to one alone of many who find it', async function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		for (let round = 0; round < 10; round++) {
			await symlink('nothing', path());
			let holders = 0;
			const work = async () => {
				assert.equal(++holders, 1, 'two hold it');
				await new Promise((resolve) => setTimeout(resolve, 5));
				holders--;
			};
			const results = await Promise.allSettled(Array.from({ length: 10 }, () => lock().hold(work)));
			assert.ok(results.some(({ status }) => status === 'fulfilled'), 'somebody got it');
			assert.deepEqual(results.flatMap((one) => (one.status === 'rejected' && !String(one.reason).includes('busy') ? [String(one.reason)] : [])), []);
		}
	});

	for (const [text, seconds, isFree] of [['not ours', -1, false], ['not ours', -4, true], ['not ours', 20, true], ['', -4, false], ['', 20, false], ['', -31, true]] as const) {
		it(`holding "${text}" is ${isFree ? '' : 'not '}nobody's with a date of ${seconds} s from now`, async () => {
			await writeFile(path(), text);
			const at = Date.now() / 1_000 + seconds;
			await utimes(path(), at, at);
			const held = lock().hold(() => Promise.resolve('mine'));
			await (isFree ? held.then((mine) => assert.equal(mine, 'mine')) : assert.rejects(held, /busy/));
		});
	}

	for (const text of ['{"version":2,"owner":{"process":7}}', '{"pid":"7","time":"now","token":"a"}', '[]', 'null', JSON.stringify({ pid: deadPid, time: 0, token: 'a'.repeat(300) })]) {
		it(`that another release wrote as ${text.slice(0, 40)} is nobody's once it is silent for longer than anybody who renews it`, async () => {
			for (const [seconds, isFree] of [[0, false], [-4, false], [-20, false], [20, false], [-31, true]] as const) {
				await writeFile(path(), text);
				const at = Date.now() / 1_000 + seconds;
				await utimes(path(), at, at);
				const held = lock().hold(() => Promise.resolve('mine'));
				await (isFree ? held.then((mine) => assert.equal(mine, 'mine')) : assert.rejects(held, /busy: nobody/));
			}
			assert.deepEqual(await readdir(folder), []);
		});
	}

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
