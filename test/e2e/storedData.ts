import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import initSqlJs from 'sql.js';

/** How many rows each table of a database file has, read as any SQLite tool would. */
export async function tableCounts(path: string, tables: readonly string[]): Promise<Record<string, number>> {
	const { Database } = await initSqlJs();
	const database = new Database(await readFile(path));
	try {
		const integrity = database.exec('PRAGMA integrity_check')[0]?.values[0]?.[0];
		if (integrity !== 'ok') throw new Error(`${path} is damaged: ${String(integrity)}`);
		return Object.fromEntries(tables.map((table) => [table, Number(database.exec(`SELECT count(*) FROM "${table}"`)[0]?.values[0]?.[0])]));
	} finally {
		database.close();
	}
}

/** The files below a folder that contain the text, as they lie on disk. */
export async function filesContaining(folder: string, text: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	const found: string[] = [];
	for (const file of files) if ((await readFile(file)).includes(text)) found.push(file);
	return found;
}
