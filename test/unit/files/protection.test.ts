import assert from 'node:assert/strict';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CacheFolders } from '../../../src/core/cache/cacheFolders';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { protectStorage } from '../../../src/core/files/protectStorage';
import { StorageError, storageError } from '../../../src/core/files/storageError';
import { HumanError } from '../../../src/core/model/humanError';
import { repositoryRef } from '../../../src/core/model/repository';

const bytes = Buffer.from('secret');

describe('the storage folder on POSIX', () => {
	let folder = '';
	const modeOf = async (...path: string[]) => ((await lstat(join(folder, ...path))).mode & 0o777).toString(8);

	beforeEach(async function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		folder = await mkdtemp(join(await realpath(tmpdir()), 'pr-seeder-files-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('is for its owner alone, whatever the umask', async () => {
		const before = process.umask(0);
		try {
			await nodeFiles.append(join(folder, 'a/b/journal'), bytes);
			await nodeFiles.writeAtomic(join(folder, 'c/state'), bytes);
			await nodeFiles.createExclusive(join(folder, 'd/lock'), bytes);
			await nodeFiles.move(join(folder, 'd/lock'), join(folder, 'e/lock'));
		} finally {
			process.umask(before);
		}
		assert.deepEqual(await Promise.all(['a', 'a/b', 'c', 'd', 'e'].map((path) => modeOf(path))), Array(5).fill('700'));
		assert.deepEqual(await Promise.all(['a/b/journal', 'c/state', 'e/lock'].map((path) => modeOf(path))), Array(3).fill('600'));
	});

	it('is closed when others made it open', async () => {
		await mkdir(join(folder, 'cache/github.com/octo/harbor'), { recursive: true, mode: 0o755 });
		await writeFile(join(folder, 'cache/github.com/octo/harbor/state.json'), '{}', { mode: 0o644 });
		await writeFile(join(folder, 'prs.sqlite'), '', { mode: 0o666 });
		await chmod(folder, 0o777);
		await protectStorage(nodeFiles, folder);
		assert.deepEqual([await modeOf(), await modeOf('cache'), await modeOf('cache/github.com/octo/harbor')], ['700', '700', '700']);
		assert.deepEqual([await modeOf('prs.sqlite'), await modeOf('cache/github.com/octo/harbor/state.json')], ['600', '600']);
	});

	it('leaves a folder of somebody’s own as it is, but for what is ours', async () => {
		await mkdir(join(folder, 'cache'), { mode: 0o755 });
		await writeFile(join(folder, 'thesis.tex'), '', { mode: 0o644 });
		await chmod(folder, 0o755);
		await protectStorage(nodeFiles, folder);
		assert.deepEqual([await modeOf(), await modeOf('thesis.tex'), await modeOf('cache')], ['755', '644', '700']);
	});

	it('changes nothing behind a link', async () => {
		await mkdir(join(folder, 'other'), { mode: 0o755 });
		await mkdir(join(folder, 'storage/cache'), { recursive: true, mode: 0o755 });
		await symlink(join(folder, 'other'), join(folder, 'storage/cache/github.com'));
		await protectStorage(nodeFiles, join(folder, 'storage'));
		assert.deepEqual([await modeOf('other'), await modeOf('storage/cache')], ['755', '700']);
	});

	it('follows no link at the end of a path', async () => {
		const outside = join(folder, 'outside');
		await writeFile(outside, 'mine');
		const link = join(folder, 'link');
		await symlink(outside, link);
		const attempts = [
			() => nodeFiles.read(link),
			() => nodeFiles.readRange(link, 0, 4),
			() => nodeFiles.append(link, bytes),
			() => nodeFiles.truncate(link, 0),
		];
		for (const attempt of attempts) {
			await assert.rejects(attempt(), (error) => {
				const told = storageError(error);
				return told instanceof StorageError && told.code === 'ELOOP' && /is a symbolic link, and links inside the storage folder are not followed/.test(told.message);
			});
		}
		assert.equal(await nodeFiles.createExclusive(link, bytes), false);
		await nodeFiles.writeAtomic(link, bytes);
		assert.equal(await readFile(outside, 'utf8'), 'mine');
		assert.ok((await lstat(link)).isFile(), 'a link is replaced, not written through');
		await symlink(outside, join(folder, 'tree'));
		await nodeFiles.remove(join(folder, 'tree'));
		assert.equal(await readFile(outside, 'utf8'), 'mine');
	});

	for (const level of ['cache', 'cache/github.com', 'cache/github.com/octo', 'cache/github.com/octo/harbor']) {
		it(`refuses a link in place of ${level}`, async () => {
			const outside = join(folder, 'outside');
			await mkdir(outside);
			const storage = join(folder, 'storage');
			await mkdir(join(storage, level, '..'), { recursive: true });
			await symlink(outside, join(storage, level));
			const folders = new CacheFolders(nodeFiles, storage);
			await assert.rejects(folders.find(repositoryRef('github.com', 'Octo', 'harbor')), (error) => {
				assert.ok(error instanceof HumanError, String(error));
				assert.ok(error.message.includes(`${join(storage, level)} is a symbolic link. Links inside the storage folder are not followed`), error.message);
				return true;
			});
			assert.deepEqual(await folders.list().catch(() => []), []);
			assert.deepEqual(await readdir(outside), []);
		});
	}

	it('may be a link itself: that is its owner’s choice', async () => {
		await mkdir(join(folder, 'real'));
		await symlink(join(folder, 'real'), join(folder, 'storage'));
		const path = await new CacheFolders(nodeFiles, join(folder, 'storage')).find(repositoryRef('github.com', 'octo', 'harbor'));
		await nodeFiles.append(join(path, 'journal'), bytes);
		assert.deepEqual(await readdir(join(folder, 'real/cache/github.com/octo/harbor')), ['journal']);
	});
});

describe('the folder of a repository', () => {
	let folder = '';
	before(async () => void (folder = await mkdtemp(join(tmpdir(), 'pr-seeder-names-'))));
	after(() => rm(folder, { recursive: true, force: true }));

	const parts = async (host: string, owner: string, name: string) => {
		const folders = new CacheFolders(nodeFiles, folder);
		const path = await folders.find(repositoryRef(host, owner, name));
		await nodeFiles.append(join(path, 'journal'), bytes);
		return path.slice(join(folder, 'cache').length + 1).split(/[\\/]/);
	};

	for (const [ref, expected] of [
		[['github.com', 'octo', 'harbor'], ['github.com', 'octo', 'harbor']],
		[['ghe.example.com:8443', 'octo', 'harbor'], ['ghe.example.com+8443', 'octo', 'harbor']],
		[['github.com', 'con', 'NUL'], ['github.com', '+con', '+NUL']],
		[['github.com', 'octo', 'aux.c'], ['github.com', 'octo', '+aux.c']],
		[['github.com', 'octo', 'con.'], ['github.com', 'octo', '+con.+']],
		[['github.com', 'octo', 'dots...'], ['github.com', 'octo', 'dots...+']],
		[['github.com', 'octo', 'com1'], ['github.com', 'octo', '+com1']],
		[['github.com', 'octo', 'console'], ['github.com', 'octo', 'console']],
		[['nul.example.com:1', 'octo', 'harbor'], ['+nul.example.com+1', 'octo', 'harbor']],
	] as const) {
		it(`of ${ref.join(' ')} is ${expected.join('/')}`, async () => assert.deepEqual(await parts(ref[0], ref[1], ref[2]), expected));
	}

	it('is found again by what it is called', async () => {
		const found = (await new CacheFolders(nodeFiles, folder).list()).map(({ host, owner, name }) => `${host} ${owner} ${name}`);
		for (const name of ['github.com con NUL', 'github.com octo aux.c', 'github.com octo con.', 'github.com octo dots...', 'nul.example.com:1 octo harbor', 'ghe.example.com:8443 octo harbor']) {
			assert.ok(found.includes(name), `${name} in ${found.join('; ')}`);
		}
		assert.deepEqual((await parts('github.com', 'OCTO', 'Harbor')).slice(1), ['octo', 'harbor'], 'in whatever case');
	});

	for (const [host, owner, name] of [
		['github.com', '..', 'harbor'],
		['github.com', 'octo', '..'],
		['github.com', 'octo', 'a/b'],
		['github.com', 'octo', 'a\\b'],
		['github.com', 'octo', 'a\0b'],
		['github.com', 'octo', 'a:stream'],
		['github.com', 'octo', 'x'.repeat(101)],
		['github.com', 'x'.repeat(101), 'harbor'],
		['x'.repeat(254), 'octo', 'harbor'],
		['../github.com', 'octo', 'harbor'],
		['git..hub.com', 'octo', 'harbor'],
		['+con', 'octo', 'harbor'],
		['github.com', 'octo', ' harbor'],
		['github.com', 'octo', 'ｈarbor'],
	] as const) {
		it(`is never made of ${JSON.stringify([host.slice(0, 20), owner.slice(0, 20), name.slice(0, 20)])}`, () => {
			assert.throws(() => repositoryRef(host, owner, name), HumanError);
		});
	}
});
