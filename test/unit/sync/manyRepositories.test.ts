import assert from 'node:assert/strict';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { CancelledError } from '../../../src/core/model/humanError';
import { parseRepository } from '../../../src/core/model/repository';
import { Seeder } from '../../../src/core/seeder';
import type { Store } from '../../../src/core/store/store';
import type { SeedOptions } from '../../../src/core/sync/seedOptions';
import type { SeedReport } from '../../../src/core/sync/seedReport';
import { openInThread } from '../store/workerThread';
import { assertEqualsServer } from './equality';
import { SyncHarness, TOKEN } from './syncHarness';

const NAMES = Array.from({ length: 6 }, (_, i) => `octo/pier-${i + 1}`);

describe('a run over several repositories', () => {
	let h: SyncHarness;
	let writes: number;

	beforeEach(async () => {
		h = await SyncHarness.start();
		for (const name of NAMES) {
			h.world.createRepository(name);
			for (let i = 0; i < 3; i++) {
				h.world.createPullRequest(name, { title: `Change ${i}` });
			}
		}
		h.later();
		writes = 0;
		h.files = {
			...nodeFiles,
			writeAtomic: (path, data) => {
				writes += Number(path.endsWith('prs.sqlite'));
				return nodeFiles.writeAtomic(path, data);
			},
		};
	});

	afterEach(() => h.stop());

	async function run(names: readonly string[], options: SeedOptions = {}, store?: Store, onEnd?: (ended: number) => void): Promise<SeedReport> {
		const { storage, files, clock } = h;
		const seeder = store ? new Seeder({ storage, files, clock, store, fetch: globalThis.fetch, log: () => undefined }) : (await h.open()).seeder;
		let ended = 0;
		return seeder.seed(names.map((name) => parseRepository(name)), options, {
			credentials: (host) => Promise.resolve({ host, apiUrl: h.server.url, account: 'octo-viewer', token: TOKEN }),
			onEnd: () => onEnd?.(++ended),
			...(h.signal ? { signal: h.signal } : {}),
		});
	}

	async function assertOnDisk(names: readonly string[]): Promise<void> {
		for (const name of names) {
			await assertEqualsServer(h, name);
		}
	}

	it('writes the database once', async () => {
		assert.deepEqual((await run(NAMES)).failures, []);
		assert.equal(writes, 1);
		await assertOnDisk(NAMES);
		h.later();
		NAMES.forEach((name) => h.world.editTitle(name, 1, 'Edited'));
		h.later();
		await run(NAMES);
		assert.equal(writes, 2);
		await assertOnDisk(NAMES);
		h.later();
		await run(NAMES);
		assert.equal(writes, 2, 'nothing is written where nothing changed');
	});

	it('writes it also when the clock was set back since', async () => {
		h.clock.wrongBy = 86_400_000;
		await run(NAMES);
		h.clock.wrongBy = 0;
		h.world.editTitle(NAMES[0]!, 1, 'Edited');
		h.later();
		await run(NAMES);
		assert.equal(writes, 2);
		await assertOnDisk(NAMES);
	});

	it('writes it too when the last one fails', async () => {
		const { failures } = await run([...NAMES, 'octo/missing']);
		assert.deepEqual(failures.map(({ nameWithOwner }) => nameWithOwner), ['octo/missing']);
		assert.equal(writes, 1);
		await assertOnDisk(NAMES);
	});

	it('writes it when it is cancelled', async () => {
		const abort = new AbortController();
		h.signal = abort.signal;
		const { failures } = await run(NAMES, {}, undefined, (ended) => ended === 3 && abort.abort());
		assert.ok(failures[0]?.error instanceof CancelledError);
		assert.equal(writes, 1);
		await assertOnDisk(NAMES.slice(0, 3));
	});

	it('tells of a disk that takes no more at the repository that it was at', async () => {
		h.files = {
			...nodeFiles,
			writeAtomic: (path, data) => (path.endsWith('prs.sqlite') ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) : nodeFiles.writeAtomic(path, data)),
		};
		const { failures, repositories } = await run(NAMES);
		assert.deepEqual([failures.map(({ nameWithOwner }) => nameWithOwner), repositories.length], [NAMES.slice(-1), NAMES.length - 1]);
		assert.match(failures[0]?.error.message ?? '', /disk is full/);
		// The next run takes it from the cache.
		await h.forgetProcess();
		h.files = nodeFiles;
		h.later();
		await run(NAMES);
		await assertOnDisk(NAMES);
	});

	it('loses nothing without a cache', async () => {
		await run(NAMES, { noCache: true });
		await assertOnDisk(NAMES);
	});

	it('loses nothing when the database’s thread ends in between', async () => {
		const { store, threads } = await openInThread(h.storage);
		try {
			const { failures } = await run(NAMES, {}, store, (ended) => (ended === 2 || ended === 5) && threads.at(-1)?.end());
			assert.deepEqual(failures, []);
			assert.ok(threads.length > 1);
			await assertOnDisk(NAMES);
		} finally {
			await store.close();
		}
	});
});
