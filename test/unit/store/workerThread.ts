import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreThread } from '../../../src/core/store/worker/storeThread';
import { startNodeWorker } from '../../../src/core/store/worker/nodeWorker';
import { openWorkerStore, type WorkerStore, type WorkerStoreOptions } from '../../../src/core/store/worker/workerStore';
import { repositoryRoot } from '../../vscode/paths';

/** What the build makes of the store's thread. */
export function builtThread(): { script: string; wasm: string } {
	const script = join(repositoryRoot, 'dist', 'storeWorker.js');
	if (!existsSync(script)) {
		throw new Error('dist/storeWorker.js is missing: run "npm run build" before these tests, or "npm test", which does.');
	}
	return { script, wasm: join(repositoryRoot, 'dist', 'sql-wasm.wasm') };
}

/** A store in a real thread, and the threads that it has started, the latest last. */
export async function openInThread(folder: string, options: Partial<WorkerStoreOptions> = {}): Promise<{ store: WorkerStore; threads: StoreThread[] }> {
	const { script, wasm } = builtThread();
	const threads: StoreThread[] = [];
	const store = await openWorkerStore({
		folder,
		wasm,
		startThread: () => {
			const thread = startNodeWorker(script);
			threads.push(thread);
			return thread;
		},
		log: () => undefined,
		...options,
	});
	return { store, threads };
}
