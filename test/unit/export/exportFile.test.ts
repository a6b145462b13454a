import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyDatabase, FileExistsError, writePieces } from '../../../src/core/export/exportFile';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { HumanError } from '../../../src/core/model/humanError';
import { openSqlStore } from '../../../src/core/store/sqlStore';
import { details, pullRequest, repository, sqlJs } from '../store/fixtures';
import { openInThread } from '../store/workerThread';

describe('a file that is exported to', () => {
	let folder = '';
	let storage = '';
	const target = (name: string, overwrite = false) => ({ path: join(folder, name), overwrite, storage });
	const write = (name: string, overwrite = false) => writePieces(target(name, overwrite), async (sink) => {
		await sink('one ');
		await sink('two ü');
		return 2;
	});

	beforeEach(async () => {
		folder = await mkdtemp(join(await realpath(tmpdir()), 'pr-seeder-export-'));
		storage = join(folder, 'storage');
		await mkdir(storage);
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('holds all the pieces', async () => {
		assert.equal(await write('out.csv'), 2);
		assert.equal(await readFile(join(folder, 'out.csv'), 'utf8'), 'one two ü');
		assert.deepEqual(await readdir(folder), ['out.csv', 'storage']);
	});

	it('is replaced only by who asks for that, and only when all is written', async () => {
		await writeFile(join(folder, 'out.csv'), 'before');
		await assert.rejects(write('out.csv'), FileExistsError);
		const failing = writePieces(target('out.csv', true), async (sink) => {
			await sink('half');
			throw new Error('no more');
		});
		await assert.rejects(failing, /no more/);
		assert.equal(await readFile(join(folder, 'out.csv'), 'utf8'), 'before');
		await write('out.csv', true);
		assert.equal(await readFile(join(folder, 'out.csv'), 'utf8'), 'one two ü');
		assert.deepEqual(await readdir(folder), ['out.csv', 'storage']);
	});

	it('may be behind a link', async function () {
		if (process.platform === 'win32') this.skip();
		await writeFile(join(folder, 'real.csv'), 'before');
		await symlink(join(folder, 'real.csv'), join(folder, 'link.csv'));
		await write('link.csv', true);
		assert.equal(await readFile(join(folder, 'real.csv'), 'utf8'), 'one two ü');
	});

	it('says in words what keeps it from being written', async () => {
		await assert.rejects(write('nowhere/out.csv'), /There is no folder .*nowhere: make it first/);
		await mkdir(join(folder, 'folder'));
		await assert.rejects(write('folder', true), /folder is a folder: name a file in it/);
		await writeFile(join(storage, 'prs.sqlite'), 'the database');
		for (const name of ['storage/prs.sqlite', 'storage/other.csv']) {
			await assert.rejects(write(name, true), (error) => error instanceof HumanError && /is inside the storage folder: choose a place outside of it/.test(error.message), name);
		}
		assert.equal(await readFile(join(storage, 'prs.sqlite'), 'utf8'), 'the database');
	});

	it('can be a whole copy of the database while rows come in', async () => {
		await assert.rejects(copyDatabase({ save: () => Promise.resolve() }, target('copy.sqlite')), /Nothing is stored yet/);
		const { store } = await openInThread(storage);
		try {
			const stop = new AbortController();
			let applied = 0;
			await store.apply({ repository: repository(), pullRequests: [] });
			const writing = (async () => {
				while (!stop.signal.aborted) {
					const first = applied * 50 + 1;
					await store.apply({ repository: repository(), pullRequests: Array.from({ length: 50 }, (_, i) => pullRequest(first + i, { body: 'x'.repeat(3_000), details: details() })) });
					applied++;
					await store.save();
				}
			})();
			const counts: number[] = [];
			for (let round = 0; round < 6; round++) {
				const before = applied * 50;
				await copyDatabase(store, target('copy.sqlite', round > 0));
				const copied = join(folder, `round${round}`);
				await mkdir(copied);
				await nodeFiles.move(join(folder, 'copy.sqlite'), join(copied, 'prs.sqlite'));
				const copy = await openSqlStore({ files: nodeFiles, folder: copied, loadSql: sqlJs, log: (line) => assert.fail(line) });
				assert.deepEqual((await copy.query('SELECT * FROM pragma_integrity_check', { rows: 9 })).rows, [['ok']]);
				const [row] = await copy.read.repositories();
				assert.ok((row?.pullRequests ?? 0) >= before && (row?.pullRequests ?? 0) % 50 === 0, `${row?.pullRequests} of ${before}`);
				counts.push(row?.pullRequests ?? 0);
				await copy.close();
			}
			stop.abort();
			await writing;
			assert.ok((counts.at(-1) ?? 0) > (counts[0] ?? 0), counts.join());
		} finally {
			await store.close();
		}
	}).timeout(60_000);
});
