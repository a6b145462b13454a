import initSqlJs from 'sql.js';
import type { SqlJsStatic } from 'sql.js';

/**
 * Loads SQLite as WebAssembly. Costs some 20 ms and a few MB, so nothing calls it before a database is wanted.
 * @param wasmPath the absolute path of `sql-wasm.wasm`; in the bundle it lies beside the script
 */
export function loadSqlJs(wasmPath: string): Promise<SqlJsStatic> {
	return initSqlJs({ locateFile: () => wasmPath });
}
