import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { nodeFiles } from '../../src/core/files/nodeFiles';
import { systemClock } from '../../src/core/model/clock';
import { parseRepository } from '../../src/core/model/repository';
import { Seeder } from '../../src/core/seeder';
import { loadSqlJs } from '../../src/core/store/loadSqlJs';
import { openSqlStore } from '../../src/core/store/sqlStore';
import type { Store } from '../../src/core/store/store';
import { TOKEN, type RunOrder } from './protocol';
import type { Outcome } from './run.tool';

const log = (): void => undefined;

/** The seeder as the command line wires it: opens the database, seeds, and has it all on disk. */
export async function runSeeder(order: RunOrder): Promise<Outcome> {
	const began = performance.now();
	const store = await openStore(order.storage);
	let firstRowsMs: number | undefined;
	const hadRows = await holdsRows(store);
	store.onDidChange(() => {
		if (firstRowsMs === undefined && !hadRows) {
			void holdsRows(store).then((holds) => (firstRowsMs ??= holds ? performance.now() - began : undefined));
		}
	});
	const seeder = new Seeder({ storage: order.storage, files: nodeFiles, clock: systemClock, store, fetch: globalThis.fetch, log });
	const stop = new AbortController();
	let heldBytes: number | undefined;
	const { repositories, failures } = await seeder.seed([parseRepository(order.repository)], {}, {
		credentials: (host) => Promise.resolve({ host, apiUrl: order.url, account: 'bench', token: TOKEN }),
		onProgress: ({ phase, done }) => {
			if (order.stopWhenListed !== undefined && phase === 'listing' && done >= order.stopWhenListed) {
				heldBytes ??= held();
				stop.abort();
			}
		},
		signal: stop.signal,
	});
	const [failure] = failures;
	if (failure && !stop.signal.aborted) {
		throw failure.error;
	}
	const [report] = repositories;
	return { firstRowsMs, heldBytes, seen: (report?.added ?? 0) + (report?.updated ?? 0), pullRequests: report?.pullRequests ?? 0 };
}

async function openStore(folder: string): Promise<Store> {
	const require = createRequire(join(process.cwd(), 'package.json'));
	const wasm = join(dirname(require.resolve('sql.js')), 'sql-wasm.wasm');
	return openSqlStore({ files: nodeFiles, folder, loadSql: () => loadSqlJs(wasm), log });
}

async function holdsRows(store: Store): Promise<boolean> {
	return (await store.repositories()).some(({ pullRequests }) => pullRequests > 0);
}

/** What is held on to, after a collection. The database's memory is among the buffers. */
function held(): number {
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
