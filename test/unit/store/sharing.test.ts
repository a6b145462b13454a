import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { unlink, utimes, writeFile } from 'node:fs/promises';
import type { FilePort } from '../../../src/core/files/filePort';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { processPlace } from '../../../src/core/files/processPlace';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import type { StoreChange } from '../../../src/core/store/store';
import { Bench, fullDetails, pullRequest, repository, rows, user, value } from './fixtures';

const names = async (store: SqlStore) => (await store.read.repositories()).map((row) => [row.nameWithOwner, row.pullRequests]);

describe('a storage folder of several stores', () => {
	let bench: Bench;

	beforeEach(async () => {
		bench = await Bench.make();
	});

	afterEach(() => bench.dispose());

	describe('SqlStore, two over one folder', () => {
		it('lose nothing when the file is deleted and another one begins anew', async () => {
			const a = await bench.open();
			await a.apply({ repository: repository('octo/a'), pullRequests: [pullRequest(1)] });
			await a.save();
			await unlink(bench.path);
			await a.refresh();
			const b = await bench.open();
			await b.apply({ repository: repository('octo/b') });
			await b.save();
			await a.save();
			assert.deepEqual(await names(a), [['octo/a', 1], ['octo/b', 0]]);
			assert.equal(await b.refresh(), true);
			assert.deepEqual(await names(b), [['octo/a', 1], ['octo/b', 0]]);
		});

		it('lose nothing when they save different repositories in turn', async () => {
			const [a, b] = [await bench.open(), await bench.open()];
			for (let round = 1; round <= 5; round++) {
				await a.apply({ repository: repository('octo/a'), pullRequests: [pullRequest(round, { details: fullDetails() })] });
				await b.apply({ repository: repository('octo/b'), pullRequests: [pullRequest(round), pullRequest(100 + round)] });
				await a.save();
				await b.save();
			}
			assert.deepEqual(await names(b), [['octo/a', 5], ['octo/b', 10]]);
			assert.deepEqual(await names(await bench.open()), [['octo/a', 5], ['octo/b', 10]]);
		});

		it('lose nothing when they save at the same time', async () => {
			const stores = await Promise.all(['a', 'b', 'c'].map(async (name) => ({ name: `octo/${name}`, store: await bench.open() })));
			await Promise.all(
				stores.map(async ({ name, store }, index) => {
					for (let round = 1; round <= 8; round++) {
						await store.apply({
							repository: repository(name),
							labels: [{ id: `L_${name}`, name, color: '000000' }],
							pullRequests: [pullRequest(round, { labelIds: [`L_${name}`], author: user(`author-${index}`), details: fullDetails() })],
						});
						await (round % 3 === 0 ? store.refresh() : store.save());
					}
					await store.save();
				}),
			);
			const fresh = await bench.open();
			assert.deepEqual(await names(fresh), [['octo/a', 8], ['octo/b', 8], ['octo/c', 8]]);
			assert.equal(await value(fresh, 'SELECT count(*) FROM check_run'), 72);
			assert.deepEqual(await rows(fresh, "SELECT login FROM member WHERE login LIKE 'author-%' ORDER BY 1"), [['author-0'], ['author-1'], ['author-2']]);
		});

		it('show each other their rows after a refresh, and keep what is unsaved', async () => {
			const [a, b] = [await bench.open(), await bench.open()];
			await a.apply({ repository: repository('octo/a'), pullRequests: [pullRequest(1)] });
			await b.apply({ repository: repository('octo/b'), pullRequests: [pullRequest(1)] });
			assert.equal(await b.refresh(), false);
			await a.save();
			const heard: StoreChange[] = [];
			b.onDidChange((change) => heard.push(change));
			const [before] = await b.read.repositories();
			assert.equal(await b.refresh(), true);
			assert.deepEqual(heard, [{ repositoryId: undefined }]);
			assert.deepEqual(await names(b), [['octo/a', 1], ['octo/b', 1]]);
			assert.equal((await b.read.repositories()).find((row) => row.nameWithOwner === 'octo/b')?.id, before?.id);
			assert.equal(await b.refresh(), false);
			await b.save();
			assert.equal(await a.refresh(), true);
			assert.deepEqual(await names(a), [['octo/a', 1], ['octo/b', 1]]);
		});

		it('know a repository by the same id, though they never met', async () => {
			const [a, b] = [await bench.open(), await bench.open()];
			await a.apply({ repository: repository('octo/x') });
			await b.apply({ repository: repository('octo/y') });
			await b.apply({ repository: repository('octo/x') });
			const idIn = async (store: SqlStore) => (await store.read.repositories()).find((row) => row.nameWithOwner === 'octo/x')?.id;
			assert.equal(await idIn(a), await idIn(b));
		});

		it('drop a repository that one of them removed or renamed', async () => {
			const a = await bench.open();
			await a.apply({ repository: repository('octo/a', 'R_A'), pullRequests: [pullRequest(1)] });
			await a.apply({ repository: repository('octo/b', 'R_B') });
			await a.save();
			const b = await bench.open();
			await b.apply({ repository: repository('octo/c', 'R_C') });
			await b.save();
			await a.removeRepository(repository('octo/b').ref);
			await a.apply({ repository: repository('octo/renamed', 'R_A') });
			await a.save();
			assert.deepEqual(await names(a), [['octo/c', 0], ['octo/renamed', 1]]);
			await b.refresh();
			assert.deepEqual(await names(b), [['octo/c', 0], ['octo/renamed', 1]]);
		});

		it('merge the same, whichever of them has more to copy', async () => {
			for (const [mine, theirs] of [[1, 40], [40, 1]] as const) {
				const [a, b] = [await bench.open(), await bench.open()];
				const suffix = `${mine}-${theirs}`;
				const many = (count: number) => Array.from({ length: count }, (_, index) => pullRequest(index + 1, { details: fullDetails() }));
				await b.apply({ repository: repository(`octo/b-${suffix}`), pullRequests: many(theirs) });
				await b.save();
				await a.apply({ repository: repository(`octo/a-${suffix}`), pullRequests: many(mine) });
				await a.save();
				const expected = [[`octo/a-${suffix}`, mine], [`octo/b-${suffix}`, theirs]];
				for (const store of [a, await bench.open()]) {
					assert.deepEqual((await names(store)).filter(([name]) => String(name).endsWith(suffix)), expected);
				}
				assert.equal(await value(a, `SELECT count(*) FROM check_run JOIN repository ON id = repository_id WHERE name_with_owner LIKE '%${suffix}'`), 3 * (mine + theirs));
				await a.apply({ repository: repository(`octo/a-${suffix}`), removed: [1] });
				await a.save();
			}
		});

		it('let the one who saves last keep a name that both gave', async () => {
			const [a, b] = [await bench.open(), await bench.open()];
			await a.apply({ repository: repository('octo/x', 'R_1'), pullRequests: [pullRequest(1)] });
			await a.save();
			await b.apply({ repository: repository('octo/x', 'R_2'), pullRequests: [pullRequest(1), pullRequest(2)] });
			await b.save();
			assert.deepEqual(await rows(b, 'SELECT node_id FROM repository'), [['R_2']]);
			await a.refresh();
			assert.deepEqual(await names(a), [['octo/x', 2]]);
		});

		it('leave the last word on one repository to the one who saves last', async () => {
			const [a, b] = [await bench.open(), await bench.open()];
			await a.apply({ repository: repository('octo/x'), pullRequests: [pullRequest(1), pullRequest(2)] });
			await b.apply({ repository: repository('octo/x'), pullRequests: [pullRequest(1)] });
			await a.save();
			await b.save();
			assert.deepEqual(await names(b), [['octo/x', 1]]);
			await a.refresh();
			assert.deepEqual(await names(a), [['octo/x', 1]]);
		});

		it('leave it to the one who synced later, when the other saves last', async () => {
			const [a, b] = [await bench.open(), await bench.open()];
			await a.apply({ repository: { ...repository('octo/x'), syncedAt: '2026-05-02T00:00:00Z' }, pullRequests: [pullRequest(1)] });
			await b.apply({ repository: { ...repository('octo/x'), syncedAt: '2026-05-02T00:00:09Z' }, pullRequests: [pullRequest(1), pullRequest(2)] });
			await a.apply({ repository: repository('octo/y'), pullRequests: [pullRequest(1)] });
			await b.save();
			await a.save();
			assert.deepEqual(await names(a), [['octo/x', 2], ['octo/y', 1]]);
			assert.deepEqual(await names(await bench.open()), [['octo/x', 2], ['octo/y', 1]]);
		});

		it('tell repositories apart whose ids fell together', async () => {
			const a = await bench.open();
			const b = await bench.open();
			const ids = new Map<number, string>();
			// Two node ids with one 23-bit id, found by trying.
			let pair: [string, string] | undefined;
			for (let n = 0; pair === undefined; n++) {
				const id = drawnId(`R_${n}`);
				const other = ids.get(id);
				if (other !== undefined) {
					pair = [other, `R_${n}`];
				}
				ids.set(id, `R_${n}`);
			}
			await a.apply({ repository: repository('octo/a', pair[0]), pullRequests: [pullRequest(1)] });
			await b.apply({ repository: repository('octo/b', pair[1]), pullRequests: [pullRequest(1), pullRequest(2)] });
			assert.equal((await a.read.repositories())[0]?.id, (await b.read.repositories())[0]?.id);
			await a.save();
			await b.save();
			assert.deepEqual(await names(b), [['octo/a', 1], ['octo/b', 2]]);
			await a.refresh();
			assert.deepEqual(await names(a), [['octo/a', 1], ['octo/b', 2]]);
		});
	});

	/** The same draw as the store's. */
	function drawnId(nodeId: string): number {
		let hash = 0x811c9dc5;
		for (const byte of new TextEncoder().encode(`github.com ${nodeId}`)) {
			hash = Math.imul(hash ^ byte, 0x01000193);
		}
		return (hash >>> 9) || 1;
	}

	describe('SqlStore, the lock', () => {
		const lock = () => `${bench.path}.lock`;
		const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

		async function changedStore(files?: FilePort): Promise<SqlStore> {
			const store = await bench.open(files);
			await store.apply({ repository: repository() });
			return store;
		}

		it('is waited for while somebody holds it', async () => {
			const store = await changedStore();
			await writeFile(lock(), JSON.stringify({ ...processPlace(), pid: process.pid, time: Date.now(), token: 'other' }));
			let saved = false;
			const saving = store.save().then(() => (saved = true));
			await new Promise((resolve) => setTimeout(resolve, 150));
			assert.equal(saved, false);
			assert.equal(await nodeFiles.stat(bench.path), undefined);
			// What is in memory does not wait.
			await store.apply({ repository: repository('octo/second') });
			assert.equal((await store.read.repositories()).length, 2);
			await unlink(lock());
			await saving;
			assert.equal((await (await bench.open()).read.repositories()).length, 2);
		});

		it('is taken over from a process that died', async () => {
			const store = await changedStore();
			await writeFile(lock(), JSON.stringify({ ...processPlace(), pid: deadPid(), time: Date.now(), token: 'other' }));
			await store.save();
			assert.equal(await nodeFiles.stat(lock()), undefined);
		});

		it('is taken over after 30 seconds of silence, or when it is from the future', async () => {
			const store = await changedStore();
			for (const time of [Date.now() - 31_000, Date.now() + 60_000]) {
				await writeFile(lock(), JSON.stringify({ ...processPlace(), pid: process.pid, time, token: 'other' }));
				await store.apply({ repository: repository() });
				await store.save();
			}
			assert.equal(await nodeFiles.stat(lock()), undefined);
		});

		it('is taken over when its maker died before writing into it', async () => {
			const store = await changedStore();
			await writeFile(lock(), '');
			const longAgo = new Date(Date.now() - 60_000);
			await utimes(lock(), longAgo, longAgo);
			await store.save();
			assert.equal(await nodeFiles.stat(lock()), undefined);
		});

		it('is taken over by one of many', async () => {
			await writeFile(lock(), JSON.stringify({ ...processPlace(), pid: deadPid(), time: Date.now(), token: 'other' }));
			const stores = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(async (name) => {
				const store = await bench.open();
				await store.apply({ repository: repository(`octo/${name}`) });
				return store;
			}));
			await Promise.all(stores.map((store) => store.save()));
			assert.equal((await (await bench.open()).read.repositories()).length, 5);
		});

		it('that was lost meanwhile keeps the holder from writing, who then begins again', async () => {
			let reads = 0;
			const other = await bench.open();
			const store = await changedStore({
				...nodeFiles,
				async read(path) {
					// Between taking the lock and writing, somebody else takes it over, saves, and is done.
					if (path === lock() && ++reads === 1) {
						await unlink(lock());
						await other.apply({ repository: repository('octo/other') });
						await other.save();
					}
					return nodeFiles.read(path);
				},
			});
			await store.save();
			assert.deepEqual(await names(await bench.open()), [['octo/harbor', 0], ['octo/other', 0]]);
		});
	});
});
