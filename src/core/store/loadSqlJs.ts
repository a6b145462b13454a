import { readFile } from 'node:fs/promises';
import initSqlJs from 'sql.js';
import type { SqlJsStatic } from 'sql.js';

/**
 * Loads SQLite as WebAssembly. Costs some 20 ms and a few MB, so nothing calls it before a database is wanted.
 * @param wasmPath the absolute path of `sql-wasm.wasm`; in the bundle it lies beside the script
 */
export function loadSqlJs(wasmPath: string): Promise<SqlJsStatic> {
	const limit = new MemoryLimit();
	return new Promise((resolve, reject) => {
		const instantiateWasm = (imports: object, done: (instance: object) => void): object => {
			instantiate(wasmPath, imports, limit).then(done, reject);
			return {};
		};
		initSqlJs({ instantiateWasm }).then((sql) => {
			limits.set(sql, limit);
			resolve(sql);
		}, reject);
	});
}

/**
 * Runs something during which SQLite's memory may not grow beyond so many bytes; what it had before it keeps. SQLite then
 * fails with "out of memory", and goes on.
 *
 * Of what SQLite offers, SQLITE_LIMIT_LENGTH can't be set in this build, the soft limit of its heap holds nothing up, and
 * the hard one, once set by a PRAGMA, can't be raised again for work of our own, such as VACUUM. All memory that SQLite has
 * is asked of its WebAssembly instance, whose script takes a refused growth for a failed malloc.
 */
export function withinMemory<T>(sql: SqlJsStatic, bytes: number, work: () => T): T {
	const limit = limits.get(sql);
	return limit === undefined ? work() : limit.during(bytes, work);
}

const limits = new WeakMap<SqlJsStatic, MemoryLimit>();
const PAGE = 65_536;

/** As much of the platform's WebAssembly as is used here: its types come with those of a browser's page. */
interface Wasm {
	instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
	Memory: new (size: { initial: number }) => WasmMemory;
}

interface WasmMemory {
	readonly buffer: ArrayBuffer;
	grow(pages: number): number;
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

class MemoryLimit {
	private bytes = Infinity;

	hold(memory: WasmMemory): void {
		const grow = memory.grow.bind(memory);
		memory.grow = (pages) => {
			if (memory.buffer.byteLength + pages * PAGE > this.bytes) {
				throw new RangeError('No more memory for now.');
			}
			return grow(pages);
		};
	}

	during<T>(bytes: number, work: () => T): T {
		this.bytes = bytes;
		try {
			return work();
		} finally {
			this.bytes = Infinity;
		}
	}
}
