import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRepositoryCache } from '../../../src/core/cache/openRepositoryCache';
import { copyDatabase } from '../../../src/core/export/exportFile';
import { FileLock } from '../../../src/core/files/fileLock';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { storageError } from '../../../src/core/files/storageError';
import { messageOf } from '../../../src/core/model/humanError';
import { inEnglish } from '../../../src/core/model/sentence';
import { openSqlStore } from '../../../src/core/store/sqlStore';
import { pullRequest, repository, sqlJs } from '../store/fixtures';

describe('something else in a file’s place', () => {
	let folder = '';
	const at = (...names: string[]) => join(folder, ...names);
	const pipe = (...names: string[]) => execFileSync('mkfifo', [at(...names)]);
	const hugeFile = async (...names: string[]) => {
		await writeFile(at(...names), '{');
		await truncate(at(...names), 3 * 2 ** 30);
	};

	beforeEach(async function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		folder = await mkdtemp(join(await realpath(tmpdir()), 'pr-seeder-strange-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('is told, not waited for, whatever is done with it', async () => {
		pipe('pipe');
		await mkdir(at('folder'));
		for (const name of ['pipe', 'folder']) {
			for (const work of [nodeFiles.read(at(name)), nodeFiles.readRange(at(name), 0, 10), nodeFiles.append(at(name), Buffer.from('x')), nodeFiles.truncate(at(name), 0)]) {
				await assert.rejects(work, (error) => /not a regular file|a folder where a file should be/.test(messageOf(storageError(error))));
			}
		}
	});

	it('a folder that takes no other: that is told at once', async function () {
		if (process.platform !== 'linux') {
			this.skip();
		}
		await assert.rejects(nodeFiles.writeAtomic('/proc/no/such/folder/file', Buffer.from('x')), (error) => /the system refused it/.test(messageOf(storageError(error))));
	});

	it('is told when it is larger than it may be', async () => {
		await writeFile(at('file'), 'four');
		assert.equal((await nodeFiles.read(at('file'), 4))?.length, 4);
		await assert.rejects(nodeFiles.read(at('file'), 3), (error) => /larger than anything that PR Seeder writes/.test(messageOf(storageError(error))));
		await hugeFile('huge');
		await assert.rejects(nodeFiles.read(at('huge')), { code: 'EFBIG' });
	});

	for (const [what, make] of [['a pipe', pipe], ['too large a file', hugeFile], ['a folder', (name: string) => mkdir(at(name))]] as const) {
		it(`${what}: the database is kept aside and made again`, async () => {
			await make('prs.sqlite');
			const store = await openSqlStore({ files: nodeFiles, folder, loadSql: sqlJs, log: () => undefined });
			await store.apply({ repository: repository(), pullRequests: [pullRequest(1)] });
			await store.close();
			const names = await readdir(folder);
			assert.deepEqual(names.map((name) => name.replace(/corrupt-.*/, 'corrupt-')), ['prs.sqlite', 'prs.sqlite.corrupt-']);
		});

		for (const name of ['state.json', 'index.json', 'journal']) {
			it(`${what}: the cache’s ${name} is set aside or left, and the cache is used`, async () => {
				const said: string[] = [];
				const open = () => openRepositoryCache(nodeFiles, folder, { host: 'github.com', nameWithOwner: 'octo/harbor' }, (text) => said.push(inEnglish(text)));
				const cache = await open();
				await cache.update({ id: 'R_1' });
				await cache.checkpoint();
				const path = name === 'journal' ? cache.state.journal.file : name;
				await rm(at(path), { force: true });
				await make(path);
				const again = await open();
				await again.update({ id: 'R_1' });
				if (name !== 'index.json') {
					assert.match(said.join(), /could not be read: .* set aside/);
				}
			});
		}

		it(`${what}: a lock that is one is taken over once it has been silent`, async () => {
			await make('lock');
			await utimes(at('lock'), new Date(0), new Date(0));
			const lock = new FileLock({ files: nodeFiles, path: at('lock'), now: Date.now, patienceMs: 0, busy: () => new Error('busy'), log: () => undefined });
			assert.equal(await lock.hold(() => Promise.resolve('held')), 'held');
			assert.deepEqual(await readdir(folder), []);
		});
	}

	it('a link: the database behind it is not copied', async () => {
		await writeFile(at('other'), 'secret');
		await mkdir(at('storage'));
		await symlink(at('other'), at('storage', 'prs.sqlite'));
		const copied = copyDatabase({ save: () => Promise.resolve() }, { path: at('copy'), overwrite: false, storage: at('storage') });
		await assert.rejects(copied, (error) => /symbolic link/.test(messageOf(error)));
		assert.ok(!(await readdir(folder)).includes('copy'));
		assert.equal(await readFile(at('other'), 'utf8'), 'secret');
	});
});

describe('a lock with a made-up token', () => {
	let folder = '';
	const lockPath = () => join(folder, 'lock');
	const dead = (token: string) => JSON.stringify({ pid: 2 ** 22 + 1, time: 0, token });
	const hold = () => new FileLock({ files: nodeFiles, path: lockPath(), now: Date.now, patienceMs: 0, busy: () => new Error('busy'), log: () => undefined }).hold(() => Promise.resolve('held'));

	beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'pr-seeder-lock-'))));
	afterEach(() => rm(folder, { recursive: true, force: true }));

	for (const [what, token] of [['of 300 characters', 'a'.repeat(300)], ['that is a way out', '../../other'], ['that is empty', '']] as const) {
		it(`${what} is a lock of nobody`, async () => {
			await writeFile(lockPath(), dead(token));
			await utimes(lockPath(), new Date(0), new Date(0));
			assert.equal(await hold(), 'held');
			assert.deepEqual(await readdir(folder), []);
		});
	}

	it('does not lead round in a circle', async () => {
		const tokens = Array.from({ length: 3 }, (_, index) => `00000000-0000-4000-8000-00000000000${index}`);
		for (const [path, token] of [[lockPath(), tokens[0]], [`${lockPath()}.${tokens[0]}`, tokens[1]], [`${lockPath()}.${tokens[1]}`, tokens[2]], [`${lockPath()}.${tokens[2]}`, tokens[0]]] as const) {
			await writeFile(path, dead(token ?? ''));
			await utimes(path, new Date(0), new Date(0));
		}
		assert.equal(await hold(), 'held');
	});
});
