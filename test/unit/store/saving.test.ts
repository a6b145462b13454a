import assert from 'node:assert/strict';
import { mkdir, readFile, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { StorageError } from '../../../src/core/files/storageError';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import { Bench, fullDetails, pullRequest, repository, rows } from './fixtures';

const names = async (store: SqlStore) => (await store.read.repositories()).map((row) => [row.nameWithOwner, row.pullRequests]);

describe('a storage folder of one store', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await Bench.make();
	});

	afterEach(() => bench.dispose());

	describe('SqlStore, saving', () => {
		it('gives back after opening what was saved', async () => {
			const first = await bench.open();
			await first.apply({ repository: repository(), pullRequests: [pullRequest(1, { details: fullDetails(), databaseId: '9223372036854775807' })] });
			const before = await rows(first, 'SELECT * FROM check_run, review, pull_request');
			await first.save();
			const second = await bench.open();
			assert.equal(second.isNew, false);
			assert.equal(second.recovered, false);
			assert.deepEqual(await rows(second, 'SELECT * FROM check_run, review, pull_request'), before);
		});

		it('goes on writing after a save, foreign keys and all', async () => {
			const store = await bench.open();
			await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { details: fullDetails() })] });
			await store.save();
			await store.apply({ repository: repository(), removed: [1], pullRequests: [pullRequest(2, { details: fullDetails() })] });
			assert.deepEqual(await rows(store, 'SELECT DISTINCT number FROM review'), [[2]]);
			await store.save();
		});

		it('takes away what a tool that was killed left beside the file, so that nothing plays it into the new one', async () => {
			const store = await bench.open();
			await store.apply({ repository: repository() });
			await store.save();
			const companions = ['-journal', '-wal', '-shm'].map((suffix) => `${bench.path}${suffix}`);
			await Promise.all(companions.map((path) => writeFile(path, 'of another file')));
			await store.save();
			assert.ok((await nodeFiles.list(bench.folder)).includes('prs.sqlite-wal'), 'they belong to the file while it stays');
			await store.apply({ repository: repository(), pullRequests: [pullRequest(1)] });
			await store.save();
			assert.deepEqual(await nodeFiles.list(bench.folder), ['prs.sqlite']);
		});

		it('does not touch the file when there is nothing to save', async () => {
			const store = await bench.open();
			await store.save();
			assert.equal(await nodeFiles.stat(bench.path), undefined);
			await store.apply({ repository: repository() });
			await store.save();
			const { identity } = (await nodeFiles.stat(bench.path))!;
			await store.save();
			assert.equal((await nodeFiles.stat(bench.path))?.identity, identity);
		});

		it('saves what was unsaved when it closes, and refuses work afterwards', async () => {
			const store = await bench.open();
			bench.forget(store);
			await store.apply({ repository: repository() });
			await store.close();
			await assert.rejects(store.read.repositories(), /closed/);
			await store.close();
			assert.deepEqual(await names(await bench.open()), [['octo/harbor', 0]]);
		});

		it('writes once for saves asked for together, and again for what was applied while it wrote', async () => {
			let writes = 0;
			const store: SqlStore = await bench.open({
				...nodeFiles,
				async writeAtomic(path, data) {
					if (path.endsWith('.sqlite')) {
						writes++;
						if (writes === 1) {
							await store.apply({ repository: repository('octo/meanwhile') });
						}
					}
					await nodeFiles.writeAtomic(path, data);
				},
			});
			await store.apply({ repository: repository() });
			await Promise.all([store.save(), store.save(), store.save()]);
			assert.equal(writes, 1);
			assert.deepEqual(await names(await bench.open()), [['octo/harbor', 0]]);
			await store.save();
			assert.equal(writes, 2);
			assert.deepEqual(await names(await bench.open()), [['octo/harbor', 0], ['octo/meanwhile', 0]]);
		});

		it('keeps the previous file and the rows when the disk is full, and saves them later', async () => {
			let full = false;
			const store = await bench.open({
				...nodeFiles,
				writeAtomic: (path, data) =>
					full && path.endsWith('.sqlite')
						? Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC', path }))
						: nodeFiles.writeAtomic(path, data),
			});
			await store.apply({ repository: repository(), pullRequests: [pullRequest(1)] });
			await store.save();
			const before = await readFile(bench.path);
			full = true;
			await store.apply({ repository: repository(), pullRequests: [pullRequest(2)] });
			await assert.rejects(store.save(), (error) => error instanceof StorageError && error.code === 'ENOSPC' && /disk is full/.test(error.message));
			assert.deepEqual(await readFile(bench.path), before);
			assert.deepEqual(await names(store), [['octo/harbor', 2]]);
			full = false;
			await store.save();
			assert.deepEqual(await names(await bench.open()), [['octo/harbor', 2]]);
		});

		it('clears away what killed processes left half written, not what one is writing', async () => {
			const [old, fresh, foreign] = ['prs.sqlite.1.tmp', 'prs.sqlite.2.tmp', 'other.tmp'].map((name) => join(bench.folder, name));
			const longAgo = new Date(Date.now() - 3_600_000);
			for (const path of [old!, fresh!, foreign!]) {
				await writeFile(path, 'half');
			}
			await utimes(old!, longAgo, longAgo);
			await utimes(foreign!, longAgo, longAgo);
			const store = await bench.open();
			await store.apply({ repository: repository() });
			await store.save();
			assert.deepEqual(await nodeFiles.list(bench.folder), ['other.tmp', 'prs.sqlite', 'prs.sqlite.2.tmp']);
			await Promise.all([unlink(fresh!), unlink(foreign!)]);
		});

		it('says so when the folder can not be read', async () => {
			const denied = Object.assign(new Error('permission denied'), { code: 'EACCES', path: bench.path });
			await assert.rejects(bench.open({ ...nodeFiles, stat: () => Promise.reject(denied) }), StorageError);
		});

		it('writes the whole again when the file was deleted meanwhile', async () => {
			const store = await bench.open();
			await store.apply({ repository: repository('octo/a') });
			await store.save();
			await unlink(bench.path);
			assert.equal(await store.refresh(), false);
			assert.deepEqual(await names(store), [['octo/a', 0]]);
			await store.save();
			assert.deepEqual(await names(await bench.open()), [['octo/a', 0]]);
		});
	});

	describe('SqlStore, a file that is no database', () => {
		async function assertRecovers(spoil: () => Promise<void>, expectLog = /could not be used/): Promise<void> {
			const first = await bench.open();
			await first.apply({ repository: repository(), pullRequests: Array.from({ length: 200 }, (_, index) => pullRequest(index, { details: fullDetails() })) });
			await first.close();
			bench.forget(first);
			await spoil();
			const second = await bench.open();
			assert.equal(second.recovered, true);
			assert.equal(second.isNew, false);
			assert.deepEqual(await second.read.repositories(), []);
			assert.match(bench.log.join('\n'), expectLog);
			const kept = (await nodeFiles.list(bench.folder)).filter((name) => /^prs\.sqlite\.corrupt-[\dTZ-]+$/.test(name));
			assert.equal(kept.length, 1);
			await second.apply({ repository: repository('octo/again') });
			await second.save();
			assert.deepEqual(await names(await bench.open()), [['octo/again', 0]]);
		}

		it('is kept aside when it is something else', () => assertRecovers(() => writeFile(bench.path, 'This is not SQLite. '.repeat(500)), /not a database/));
		it('is kept aside when it is empty', () => assertRecovers(() => truncate(bench.path, 0), /empty/));
		it('is kept aside when its end is missing', async () =>
			assertRecovers(async () => truncate(bench.path, (await readFile(bench.path)).length - 10_000)));
		it('is kept aside when only its head is there', () => assertRecovers(() => truncate(bench.path, 50)));
		it('is kept aside when bytes were flipped', () =>
			assertRecovers(async () => {
				const bytes = await readFile(bench.path);
				bytes.fill(0xa5, 20_000, 60_000);
				await writeFile(bench.path, bytes);
			}));
		it('is kept aside when it is a folder', () =>
			assertRecovers(async () => {
				await unlink(bench.path);
				await mkdir(join(bench.path, 'inside'), { recursive: true });
			}, /folder/));

		it('is kept aside as often as need be, and the newest copies are kept with what lay beside them', async () => {
			for (let time = 0; time < 6; time++) {
				await writeFile(bench.path, `spoilt ${time}`);
				await writeFile(`${bench.path}-wal`, `log ${time}`);
				await (await bench.open()).save();
			}
			const kept = (await nodeFiles.list(bench.folder)).filter((name) => name.includes('.corrupt-'));
			const texts = await Promise.all(kept.map((name) => readFile(join(bench.folder, name), 'utf8')));
			assert.deepEqual(texts.sort(), [3, 4, 5].flatMap((time) => [`log ${time}`, `spoilt ${time}`]).sort());
		});

		it('is kept aside when it came while the store was open, and what is in memory takes its place', async () => {
			const store = await bench.open();
			await store.apply({ repository: repository('octo/a') });
			await store.save();
			await writeFile(bench.path, 'spoilt');
			assert.equal(await store.refresh(), false);
			await store.save();
			await writeFile(bench.path, 'spoilt again');
			await store.apply({ repository: repository('octo/b') });
			await store.save();
			assert.equal((await nodeFiles.list(bench.folder)).filter((name) => name.includes('.corrupt-')).length, 2);
			assert.deepEqual(await names(await bench.open()), [['octo/a', 0], ['octo/b', 0]]);
		});
	});
});
