// One run of the benchmark, in a process of its own: node storeRun.tool.mjs PULL_REQUESTS FOLDER
import { join } from 'node:path';
import { openRepositoryCache } from '../../../src/core/cache/openRepositoryCache';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { startNodeWorker } from '../../../src/core/store/worker/nodeWorker';
import { openWorkerStore, type WorkerStore } from '../../../src/core/store/worker/workerStore';
import { StoreFollower } from '../../../src/core/sync/storeFollower';
import { repositoryRoot } from '../../vscode/paths';
import type { StoreRun } from './figures';
import { batches, cacheRecords, LABELS, MILESTONES, REPOSITORY } from './sample';
import { StallMeter } from './stallMeter';
import { viewQueries } from './viewQueries';

/** Pull requests of the run through the cache. */
const FOLLOWED = 10_000;
const ROUNDS = 5;

const count = Number(process.argv[2]);
const folder = process.argv[3] ?? '';
const meter = new StallMeter();
const figures: Partial<StoreRun> = {};

const open = () =>
	openWorkerStore({
		folder,
		wasm: join(repositoryRoot, 'dist', 'sql-wasm.wasm'),
		startThread: () => startNodeWorker(join(repositoryRoot, 'dist', 'storeWorker.js')),
		log: (line) => process.stderr.write(`${line}\n`),
	});

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
	const start = performance.now();
	const result = await work();
	return [performance.now() - start, result];
}

/** The next batch is made while the one before is written, as the sync does it. */
async function write(store: WorkerStore): Promise<void> {
	let applying: Promise<unknown> = Promise.resolve();
	for (const batch of batches(count)) {
		await applying;
		applying = store.apply(batch);
		// Lets the event loop turn, as it does while a journal is read.
		await new Promise((resolve) => setImmediate(resolve));
	}
	await applying;
}

await nodeFiles.remove(folder);
let store = await open();

const cpu = process.cpuUsage();
meter.start();
[figures.writeMs] = await timed(() => write(store));
figures.writeStall = meter.stop();
const { user, system } = process.cpuUsage(cpu);
figures.writeCpuMs = (user + system) / 1000;

meter.start();
[figures.saveMs] = await timed(() => store.save());
for (let i = 1; i < ROUNDS; i++) {
	await store.apply({ repository: REPOSITORY });
	const [again] = await timed(() => store.save());
	figures.saveMs = Math.min(figures.saveMs, again);
}
figures.saveStall = meter.stop();
await store.close();
figures.fileBytes = (await nodeFiles.stat(join(folder, 'prs.sqlite')))?.size ?? 0;

meter.start();
figures.openMs = Infinity;
for (let i = 0; i < ROUNDS; i++) {
	const [openMs, opened] = await timed(open);
	figures.openMs = Math.min(figures.openMs, openMs);
	if (i < ROUNDS - 1) {
		await opened.close();
	} else {
		store = opened;
	}
}
figures.openStall = meter.stop();

meter.start();
figures.queries = [];
const id = (await store.read.repositories())[0]?.id ?? 0;
for (const { name, run } of viewQueries(id, count)) {
	let least = Infinity;
	for (let i = 0; i < 2 * ROUNDS; i++) {
		const [ms] = await timed(() => run(store));
		least = Math.min(least, ms);
	}
	figures.queries.push({ name, ms: least });
}
figures.queryStall = meter.stop();
await store.close();
figures.peakBytes = process.resourceUsage().maxRSS * 1024;

if (count === FOLLOWED) {
	await follow();
}
process.stdout.write(`${JSON.stringify(figures)}\n`);

/** The way of the sync: into the cache, from there into the database, and the cache's own files. */
async function follow(): Promise<void> {
	await nodeFiles.remove(folder);
	const cacheFolder = join(folder, 'cache');
	const openCache = () => openRepositoryCache(nodeFiles, cacheFolder, { host: 'github.com', nameWithOwner: 'octo/harbor' }, () => undefined);
	store = await open();
	meter.start();
	const cache = await openCache();
	await cache.update({ id: REPOSITORY.nodeId, labels: LABELS, milestones: MILESTONES, labelsRead: { count: LABELS.length, next: null }, milestonesRead: { count: MILESTONES.length, next: null } });
	const follower = new StoreFollower(cache, store);
	const [followMs] = await timed(async () => {
		for (const records of cacheRecords(FOLLOWED)) {
			await cache.put(records);
			await follower.followBehind();
		}
		await follower.save();
		await cache.checkpoint();
	});
	await openCache();
	const { ownMs, longestMs } = meter.stop();
	figures.follow = { ms: followMs, stall: { ownMs, longestMs } };
	await store.close();
}
