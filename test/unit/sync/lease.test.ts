import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CacheFolders } from '../../../src/core/cache/cacheFolders';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { LeaseHeldError, withLease } from '../../../src/core/sync/lease';

describe('the lease on a repository', () => {
	const ref = { host: 'github.com', owner: 'octo', name: 'harbor' };
	let storage: string;
	let folder: string;
	beforeEach(async () => {
		storage = await mkdtemp(join(tmpdir(), 'pr-seeder-lease-'));
		folder = join(storage, 'cache/github.com/octo/harbor');
		await mkdir(folder, { recursive: true });
	});
	afterEach(() => rm(storage, { recursive: true }));

	const take = <T>(work: () => Promise<T>) => withLease(new CacheFolders(nodeFiles, storage), ref, () => undefined, work);
	const refused = () =>
		take(() => Promise.resolve(undefined)).catch((error: unknown) => {
			assert.ok(error instanceof LeaseHeldError, String(error));
			return error.message;
		});

	it('that something else here has is not told as another window’s', async () => {
		assert.equal(
			await take(refused),
			'octo/harbor is being synced right now. Wait until that is done, or cancel it, then try again.',
		);
		assert.equal(await refused(), undefined);
	});

	it('that another process has is told as that', async () => {
		const { ppid } = process;
		await nodeFiles.writeAtomic(join(folder, 'lease.json'), Buffer.from(JSON.stringify({ pid: ppid, time: Date.now(), token: 'another' })));
		assert.equal(await refused(), `octo/harbor is being synced by another window or command (process ${ppid}). Its rows show up here when it is done.`);
	});

	for (const [what, make] of Object.entries<(path: string) => Promise<unknown>>({
		'a file of another tool': (path) => writeFile(path, 'mine, do not touch\n'),
		'a file larger than any lock': (path) => writeFile(path, ' '.repeat(5_000)),
		'a folder': (path) => mkdir(path),
	})) {
		it(`is not told as another window's where ${what} stands in its place`, async () => {
			const path = join(folder, 'lease.json');
			await make(path);
			assert.equal(await refused(), `${path} should be a lock of PR Seeder, but something else made it. Remove it, or try again in 3 seconds.`);
			const before = Date.now() / 1000 - 4;
			await utimes(path, before, before);
			assert.equal(await refused(), undefined);
		});
	}

	for (const [what, text] of [['that is only just being written', ''], ['of a later release', '{"version":2,"holders":[]}']] as const) {
		it(`${what} is somebody’s`, async () => {
			await writeFile(join(folder, 'lease.json'), text);
			const before = Date.now() / 1000 - 20;
			await utimes(join(folder, 'lease.json'), before, before);
			assert.equal(await refused(), 'octo/harbor is being synced by another window or command. Its rows show up here when it is done.');
		});
	}
});
