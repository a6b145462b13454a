import { readFile } from 'node:fs/promises';
import initSqlJs from 'sql.js';
import type { SqlJsStatic } from 'sql.js';
import { shortenWords } from './sqliteWords';
import { limitMemory, MemoryLimit, type WasmMemory } from './memoryLimit';

let loading: Promise<SqlJsStatic> | undefined;

/**
 * Loads SQLite as WebAssembly, once for a thread: sql.js itself gives the same again. Costs some 20 ms and a few MB, so
 * nothing calls it before a database is wanted.
 * @param wasmPath the absolute path of `sql-wasm.wasm`; in the bundle it lies beside the script
 */
export function loadSqlJs(wasmPath: string): Promise<SqlJsStatic> {
	loading ??= load(wasmPath);
	return loading;
}

function load(wasmPath: string): Promise<SqlJsStatic> {
	const limit = new MemoryLimit();
	return new Promise((resolve, reject) => {
		const instantiateWasm = (imports: object, done: (instance: object) => void): object => {
			instantiate(wasmPath, imports, limit).then(done, reject);
			return {};
		};
		initSqlJs({ instantiateWasm }).then((sql) => {
			limitMemory(sql, limit);
			shortenWords(sql);
			resolve(sql);
		}, reject);
	});
}

/** As much of the platform's WebAssembly as is used here. */
interface Wasm {
	instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
	Memory: new (size: { initial: number }) => WasmMemory;
}

async function instantiate(path: string, imports: object, limit: MemoryLimit): Promise<object> {
	const { WebAssembly } = globalThis as unknown as { WebAssembly: Wasm };
	const { instance } = await WebAssembly.instantiate(await readFile(path), imports);
	for (const exported of Object.values(instance.exports)) {
		if (exported instanceof WebAssembly.Memory) {
			limit.hold(exported);
		}
	}
	return instance;
}
