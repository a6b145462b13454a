import { statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { nodeFiles } from '../../src/core/files/nodeFiles';
import { systemClock } from '../../src/core/model/clock';
import { parseRepository } from '../../src/core/model/repository';
import { Seeder } from '../../src/core/seeder';
import type { Store } from '../../src/core/store/store';
import { startNodeWorker } from '../../src/core/store/worker/nodeWorker';
import { WorkerStore } from '../../src/core/store/worker/workerStore';
import type { RepositoryReport } from '../../src/core/sync/seedReport';
import { TOKEN, type RunOrder, type RunResult } from './protocol';
import type { Outcome } from './run.tool';

/** Where the build puts the database's thread. */
const DIST = join(process.cwd(), 'dist');
const log = (): void => undefined;

/** The seeder as the command line wires it: opens the database while it asks for changes, and has it all on disk. */
export async function runSeeder(order: RunOrder): Promise<Outcome> {
	const began = performance.now();
	const store = makeStore(order.storage);
	let openMs = 0;
	const ready = store.open().then(() => (openMs = performance.now() - began));
	let firstRowsMs: number | undefined;
	store.onDidChange(() => {
		if (firstRowsMs === undefined && store.isNew) {
			void holdsRows(store).then((holds) => (firstRowsMs ??= holds ? performance.now() - began : undefined));
		}
	});
	const seeder = new Seeder({ storage: order.storage, files: nodeFiles, clock: systemClock, store, fetch: globalThis.fetch, log });
	const stop = new AbortController();
	let heldBytes: number | undefined;
	const written = countWrites(order.storage);
	const { repositories, failures } = await seeder.seed([order.repository, ...(order.others ?? [])].map((name) => parseRepository(name)), order.noCache ? { noCache: true } : {}, {
		credentials: (host) => Promise.resolve({ host, apiUrl: order.url, account: 'bench', token: TOKEN }),
		onProgress: ({ phase, done }) => {
			if (order.stopWhenListed !== undefined && phase === 'listing' && done >= order.stopWhenListed) {
				heldBytes ??= held();
				stop.abort();
			}
		},
		signal: stop.signal,
		ready,
	});
	const [failure] = failures;
	if (failure && !stop.signal.aborted) {
		throw failure.error;
	}
	const sum = (of: (report: RepositoryReport) => number) => repositories.reduce((total, report) => total + of(report), 0);
	return { openMs, firstRowsMs, heldBytes, seen: sum(({ added, updated }) => added + updated), pullRequests: sum(({ pullRequests }) => pullRequests), ...written() };
}

/** Sees each time that a new file takes the database's place. */
function countWrites(storage: string): () => Pick<RunResult, 'writes' | 'writtenBytes'> {
	const counted = { writes: 0, writtenBytes: 0 };
	const watcher = watch(storage, (event, name) => {
		const size = event === 'rename' && name === 'prs.sqlite' ? statSync(join(storage, name), { throwIfNoEntry: false })?.size : undefined;
		counted.writes += Number(size !== undefined);
		counted.writtenBytes += size ?? 0;
	});
	return () => {
		watcher.close();
		return counted;
	};
}

function makeStore(folder: string): WorkerStore {
	return new WorkerStore({ folder, wasm: join(DIST, 'sql-wasm.wasm'), startThread: () => startNodeWorker(join(DIST, 'storeWorker.js')), log });
}

async function holdsRows(store: Store): Promise<boolean> {
	return (await store.read.repositories()).some(({ pullRequests }) => pullRequests > 0);
}

/** What this thread holds on to, after a collection. */
function held(): number {
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
