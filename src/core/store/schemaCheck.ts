import type { SqlJsStatic } from 'sql.js';
import { Connection } from './connection';
import { migrate } from './schema';

const known = new WeakMap<SqlJsStatic, Map<string, string>>();

/**
 * Makes sure that a database of the newest version is built as this code builds one. Somebody else's triggers would
 * run with every write, and what stands in a table's place would fail with each of them; views and indexes of a
 * person's own do no harm.
 * @throws Error that says what is wrong
 */
export function checkSchema(sql: SqlJsStatic, connection: Connection): void {
	const found = tablesOf(connection);
	for (const [name, definition] of ownTables(sql)) {
		if (found.get(name) !== definition) {
			throw new Error(`its table ${name} is another`);
		}
	}
	const trigger = connection.first("SELECT name FROM sqlite_schema WHERE type = 'trigger'", [], (row) => row.text('name'));
	if (trigger !== undefined) {
		throw new Error(`it runs something of its own, ${JSON.stringify(trigger)}`);
	}
}

function ownTables(sql: SqlJsStatic): Map<string, string> {
	let tables = known.get(sql);
	if (!tables) {
		const fresh = new Connection(sql);
		migrate(fresh);
		tables = tablesOf(fresh);
		fresh.close();
		known.set(sql, tables);
	}
	return tables;
}

function tablesOf(connection: Connection): Map<string, string> {
	// ANALYZE makes tables of SQLite's own.
	const rows = connection.all("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'", [], (row): [string, string] => [
		row.text('name'),
		row.text('sql'),
	]);
	return new Map(rows);
}
