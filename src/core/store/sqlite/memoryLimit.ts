import type { SqlJsStatic } from 'sql.js';

const PAGE = 65_536;

/** Of a WebAssembly memory, what matters here: its types come with those of a browser's page. */
export interface WasmMemory {
	readonly buffer: ArrayBuffer;
	grow(pages: number): number;
}

const limits = new WeakMap<SqlJsStatic, MemoryLimit>();

/** Says whose memory a limit holds. */
export function limitMemory(sql: SqlJsStatic, limit: MemoryLimit): void {
	limits.set(sql, limit);
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

/** Lets a memory grow as far as it may at the moment. */
export class MemoryLimit {
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
