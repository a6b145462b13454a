import assert from 'node:assert/strict';
import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openRepositoryCache } from '../../../src/core/cache/openRepositoryCache';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { StorageError } from '../../../src/core/files/storageError';
import { CancelledError, HumanError } from '../../../src/core/model/humanError';
import { Connection } from '../../../src/core/store/sqlite/connection';
import { MIGRATIONS, NewerDatabaseError } from '../../../src/core/store/schema/migrate';
import { openSqlStore } from '../../../src/core/store/sqlStore';
import type { Store, StoreChange } from '../../../src/core/store/store';
import { OutOfStepError, StoreStoppedError } from '../../../src/core/store/storeErrors';
import type { StoreThread } from '../../../src/core/store/worker/storeThread';
import type { WorkerStore } from '../../../src/core/store/worker/workerStore';
import { fromWire, toWire } from '../../../src/core/store/worker/wireError';
import { StoreFollower } from '../../../src/core/sync/storeFollower';
import { cacheRecords, LABELS, MILESTONES, REPOSITORY } from '../../bench/store/sample';
import { fullDetails, NO_TIME, pullRequest, repository, sqlJs, sqlite3 } from './fixtures';
import { openInThread } from './workerThread';

/** No end, and no row before it. */
const ENDLESS = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';
/** No end, row by row. */
const ENDLESS_ROWS = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n';

const LABEL = { id: 'L1', name: 'bug', color: 'ff0000' };
const change = { repository: repository(), labels: [LABEL], pullRequests: [pullRequest(1, { details: fullDetails(), labelIds: ['L1'] }), pullRequest(2)] };

describe('WorkerStore', () => {
	let folder = '';
	let open: WorkerStore[] = [];

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), 'pr-seeder-worker-'));
		open = [];
	});

	afterEach(async () => {
		for (const store of open) await store.close().catch(() => undefined);
		const told = (await nodeFiles.stat(join(folder, 'prs.sqlite')))?.isDirectory === false ? sqlite3(join(folder, 'prs.sqlite'), 'PRAGMA integrity_check; PRAGMA foreign_key_check;') : undefined;
		await rm(folder, { recursive: true, force: true });
		assert.ok(told === undefined || told === 'ok', told);
	});

	async function start(): Promise<{ store: WorkerStore; threads: StoreThread[] }> {
		const started = await openInThread(folder);
		open.push(started.store);
		return started;
	}

	const numbers = async (store: Store) => (await store.read.pullRequests({}, { offset: 0, limit: 10 })).map(({ number }) => number);

	it('answers as the store itself would', async () => {
		const { store } = await start();
		const inProcess = await openSqlStore({ files: nodeFiles, folder: `${folder}-2`, loadSql: sqlJs, log: () => undefined });
		const identity = { host: 'github.com', nodeId: 'R_octo/harbor' };
		const calls: ((of: Store) => Promise<unknown>)[] = [
			(of) => of.read.repositories(),
			(of) => of.read.groups('label', { states: ['OPEN'] }),
			(of) => of.read.groups('assignee', {}),
			async (of) => of.read.mergedGroups('label', { repositoryIds: (await of.read.repositories()).map(({ id }) => id) }),
			(of) => of.read.mergedGroups('milestone', { repositoryIds: [] }),
			(of) => of.read.mergedMilestones({}),
			(of) => of.read.groups('author', {}),
			(of) => of.read.groups('author', { repositoryIds: [] }),
			(of) => of.read.burnUp({ repositoryIds: [], key: 'v1' }),
			(of) => of.read.pullRequests({ group: { by: 'label', key: 'L1' } }, { offset: 0, limit: 10 }),
			(of) => of.read.milestones({}),
			(of) => of.read.workload(NO_TIME),
			(of) => of.read.pullRequestNumbers(identity, { after: 0, limit: 10 }),
			(of) => of.read.standing({ ...identity, nodeId: 'none' }),
			(of) => of.query("SELECT number, x'0102', 9223372036854775807, NULL, 1.5 FROM pull_request", { rows: 1 }),
		];
		for (const one of [store, inProcess]) await one.apply(change);
		for (const call of calls) assert.deepEqual(await call(store), await call(inProcess));
		assert.equal((await store.read.standing(identity))?.nameWithOwner, 'octo/harbor');
		for (const one of [store, inProcess]) await one.removeRepository(change.repository.ref);
		assert.deepEqual(await store.read.repositories(), []);
		await inProcess.close();
		await rm(`${folder}-2`, { recursive: true, force: true });
	});

	it('tells how it found the file, and what changes', async () => {
		const { store } = await start();
		assert.deepEqual([store.isNew, store.recovered, store.readOnlyReason], [true, false, undefined]);
		const changes: StoreChange[] = [];
		store.onDidChange((one) => changes.push(one));
		await store.apply(change);
		assert.deepEqual(changes.map(({ repositoryId }) => typeof repositoryId), ['number']);
		await store.close();
		assert.equal((await start()).store.isNew, false);
		await writeFile(join(folder, 'prs.sqlite'), 'no database');
		assert.equal((await start()).store.recovered, true);
	});

	it('saves when it is closed, and is of no use afterwards', async () => {
		const { store } = await start();
		await store.apply(change);
		await Promise.all([store.close(), store.close()]);
		await assert.rejects(store.read.repositories(), /closed/);
		assert.deepEqual(await numbers((await start()).store), [2, 1]);
	});

	it('fails with the same classes of errors', async () => {
		const { store } = await start();
		await assert.rejects(store.query('DELETE FROM repository', { rows: 1 }), (error) => error instanceof HumanError && /refused/.test(error.message) && error.cause instanceof Error);
		const basis = await store.apply(change);
		await store.apply({ ...change, basis });
		await assert.rejects(store.apply({ ...change, basis }), OutOfStepError);
		await store.save();

		const newer = new Connection(await sqlJs(), await nodeFiles.read(join(folder, 'prs.sqlite')));
		newer.script(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
		await nodeFiles.writeAtomic(join(folder, 'prs.sqlite'), newer.export());
		newer.close();
		await store.apply(change);
		await assert.rejects(store.save(), (error) => error instanceof NewerDatabaseError && error.found === MIGRATIONS.length + 1);
		const { store: reader } = await start();
		assert.match(reader.readOnlyReason ?? '', /newer PR Seeder/);
		await assert.rejects(reader.apply(change), (error) => error instanceof HumanError && error.message === reader.readOnlyReason);
	});

	it('says why the folder can not be used, and can be tried again', async () => {
		const file = join(folder, 'file');
		await writeFile(file, '');
		await assert.rejects(openInThread(join(file, 'storage')), (error) => error instanceof StorageError && error.code === 'ENOTDIR');
		await unlink(file);
		const { store } = await openInThread(join(file, 'storage'));
		await store.close();
	});

	it('carries errors whole', () => {
		const cause = Object.assign(new Error('no space'), { code: 'ENOSPC', path: '/somewhere' });
		const error = fromWire(structuredClone(toWire(new StorageError('ENOSPC', 'The disk is full.', { cause }))));
		assert.ok(error instanceof StorageError);
		assert.equal(error.code, 'ENOSPC');
		assert.ok(error.cause instanceof Error && 'path' in error.cause && error.cause.path === '/somewhere');
		assert.ok(fromWire(toWire(new CancelledError())) instanceof CancelledError);
		const stopped = fromWire(toWire(new StoreStoppedError('it slept')));
		assert.ok(stopped instanceof StoreStoppedError && /it slept/.test(stopped.message));
		assert.equal(fromWire(toWire('text')).message, 'text');
	});

	describe('whose thread ends', () => {
		it('rejects what was asked, and begins again from the file', async () => {
			const { store, threads } = await start();
			const revision = await store.apply(change);
			await store.save();
			await store.apply({ repository: repository(), basis: revision, pullRequests: [pullRequest(3)] });
			const pending = [store.read.repositories(), store.save(), store.apply(change)];
			await delay(0);
			threads[0]?.end();
			for (const one of await Promise.allSettled(pending)) {
				assert.ok(one.status === 'fulfilled' || one.reason instanceof StoreStoppedError);
			}
			let changes = 0;
			store.onDidChange(() => changes++);
			assert.deepEqual((await numbers(store)).filter((number) => number < 3), [2, 1]);
			assert.deepEqual([threads.length, changes], [2, 1]);
		});

		it('tells a writer that its rows are gone, whatever it does next', async () => {
			const { store, threads } = await start();
			const saved = await store.apply(change);
			await store.save();
			const unsaved = await store.apply({ repository: repository(), pullRequests: [pullRequest(3)] });
			await end(threads[0]);
			await assert.rejects(store.save(), StoreStoppedError);
			await assert.rejects(store.apply({ repository: repository(), basis: unsaved }), OutOfStepError);
			await store.apply({ repository: repository(), basis: saved });
			await store.save();
			assert.deepEqual(await numbers(store), [2, 1]);
		});

		it('is followed on by who follows the cache, however often it ends', async () => {
			const cache = await openRepositoryCache(nodeFiles, join(folder, 'cache'), { host: 'github.com', nameWithOwner: 'octo/harbor' }, () => undefined);
			await cache.update({ id: REPOSITORY.nodeId, labels: LABELS, milestones: MILESTONES, labelsRead: { count: LABELS.length, next: null }, milestonesRead: { count: MILESTONES.length, next: null } });
			const { store, threads } = await start();
			const follower = new StoreFollower(cache, store);
			for (const [i, records] of [...cacheRecords(600)].entries()) {
				await cache.put(records);
				await follower.followBehind();
				if (i % 3 === 1) threads.at(-1)?.end();
				if (i % 4 === 3) await store.save().catch(() => undefined);
			}
			await follower.save();
			assert.ok(threads.length >= 4, `${threads.length} threads`);
			await store.close();
			const { store: again } = await start();
			assert.deepEqual(
				(await again.query('SELECT (SELECT count(*) FROM pull_request), (SELECT count(*) FROM review), (SELECT count(*) FROM pull_request_label)', { rows: 1 })).rows,
				[[600, 1_200, 1_200]],
			);
			assert.match((await again.read.standing({ host: 'github.com', nodeId: REPOSITORY.nodeId }))?.cachePosition ?? '', new RegExp(`"size":${cache.bytes}`));
		});

		it('lets itself be closed', async () => {
			const { store, threads } = await start();
			await end(threads[0]);
			await store.close();
			assert.equal(threads.length, 1);
		});
	});

	describe('a query', () => {
		it('is stopped between two rows, in the same thread', async () => {
			const { store, threads } = await start();
			await assert.rejects(
				store.query(ENDLESS_ROWS, { rows: 1e9, milliseconds: 200 }),
				(error) => error instanceof HumanError && /stopped after 0\.2 s/.test(error.message),
			);
			await store.read.repositories();
			assert.equal(threads.length, 1);
		});

		it('that never gives a row is stopped with its thread; no row is lost and no other read fails', async () => {
			const { store, threads } = await start();
			await store.apply(change);
			const stopped = assert.rejects(store.query(ENDLESS, { rows: 1, milliseconds: 100 }), /stopped after 0\.1 s/);
			// It has saved what was unsaved, and begun.
			await delay(300);
			const waiting = numbers(store);
			await stopped;
			assert.deepEqual(await waiting, [2, 1]);
			assert.equal(threads.length, 2);
		});

		it('can be taken back once it has begun, without anything waiting for it for good', async () => {
			const { store } = await start();
			await store.apply(change);
			for (const wait of [0, 300]) {
				const abort = new AbortController();
				const stopped = assert.rejects(store.query(ENDLESS, { rows: 1, milliseconds: 60_000, signal: abort.signal }), CancelledError);
				await delay(wait);
				abort.abort();
				await stopped;
				assert.deepEqual(await numbers(store), [2, 1]);
				assert.deepEqual((await store.query('SELECT 1', { rows: 1, milliseconds: 500 })).rows, [[1]]);
			}
		}).timeout(15_000);

		it('can be taken back', async () => {
			const { store } = await start();
			const abort = new AbortController();
			const first = store.query(ENDLESS_ROWS, { rows: 1e9, milliseconds: 500 });
			const second = assert.rejects(store.query('SELECT 1', { rows: 1, signal: abort.signal }), CancelledError);
			abort.abort();
			await second;
			await assert.rejects(first, HumanError);
			await assert.rejects(store.query('SELECT 1', { rows: 1, signal: abort.signal }), CancelledError);
		});
	});
});

/** Ends a thread, and waits until those who use it know. */
async function end(thread: StoreThread | undefined): Promise<void> {
	assert.ok(thread);
	const told = new Promise<void>((resolve) => thread.onEnd(() => resolve()));
	thread.end();
	await told;
}
