import { join } from 'node:path';
import { CacheFolders } from '../../../src/core/cache/cacheFolders';
import { openRepositoryCache } from '../../../src/core/cache/openRepositoryCache';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { nameWithOwner } from '../../../src/core/model/repository';
import { startNodeWorker } from '../../../src/core/store/worker/nodeWorker';
import { openWorkerStore } from '../../../src/core/store/worker/workerStore';
import { StoreFollower } from '../../../src/core/sync/storeFollower';
import { repositoryRoot } from '../../vscode/paths';
import { cacheRecords, LABELS, MILESTONES, REPOSITORY } from '../store/sample';

/** Makes a storage folder as a seed of so many pull requests leaves it: cache and database. */
export async function fillStorage(folder: string, count: number): Promise<void> {
	const { ref, nodeId } = REPOSITORY;
	const built = (name: string) => join(repositoryRoot, 'dist', name);
	const store = await openWorkerStore({ folder, wasm: built('sql-wasm.wasm'), startThread: () => startNodeWorker(built('storeWorker.js')), log: console.error });
	const cacheFolder = await new CacheFolders(nodeFiles, folder).find(ref);
	const cache = await openRepositoryCache(nodeFiles, cacheFolder, { host: ref.host, nameWithOwner: nameWithOwner(ref) }, console.error);
	await cache.update({ id: nodeId, labels: LABELS, milestones: MILESTONES, labelsRead: { count: LABELS.length, next: null }, milestonesRead: { count: MILESTONES.length, next: null } });
	const follower = new StoreFollower(cache, store);
	for (const records of cacheRecords(count)) {
		await cache.put(records);
		await follower.followBehind();
	}
	await cache.update({ syncedAt: '2026-05-01T00:00:00Z' });
	await cache.checkpoint();
	await follower.save();
	await store.close();
}
