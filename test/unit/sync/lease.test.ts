import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { LeaseHeldError, withLease } from '../../../src/core/sync/lease';

describe('the lease on a repository', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pr-seeder-lease-'));
	});
	afterEach(() => rm(folder, { recursive: true }));

	const take = <T>(work: () => Promise<T>) => withLease(nodeFiles, folder, 'octo/harbor', work);
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
		'JSON of another tool': (path) => writeFile(path, '{"pid":1,"time":"now"}'),
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

	it('that is only just being written is somebody’s', async () => {
		await writeFile(join(folder, 'lease.json'), '');
		assert.equal(await refused(), 'octo/harbor is being synced by another window or command. Its rows show up here when it is done.');
	});
});
