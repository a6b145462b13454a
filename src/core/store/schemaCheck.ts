import type { Connection } from './connection';
import { MIGRATIONS } from './schema';

/**
 * Makes sure that a database of the newest version is built as this code builds one. Somebody else's triggers would
 * run with every write, and what stands in a table's place would fail with each of them; views and indexes of a
 * person's own do no harm.
 * @throws Error that says what is wrong
 */
export function checkSchema(connection: Connection): void {
	const found = tablesOf(connection);
	for (const [name, definition] of ownTables()) {
		if (found.get(name) !== definition) {
			throw new Error(`its table ${name} is another`);
		}
	}
	const trigger = connection.first("SELECT name FROM sqlite_schema WHERE type = 'trigger'", [], (row) => row.text('name'));
	if (trigger !== undefined) {
		throw new Error(`it runs something of its own, ${JSON.stringify(trigger)}`);
	}
}

/** By name, as SQLite keeps them: word for word as they were made, but for the name of one that was renamed. No migration alters one. */
function ownTables(): Map<string, string> {
	const tables = new Map<string, string>();
	for (const statement of MIGRATIONS.flatMap((script) => script.split(';')).map((text) => text.trim())) {
		const [, created] = /^CREATE TABLE (\w+)/.exec(statement) ?? [];
		const [, from, to] = /^ALTER TABLE (\w+) RENAME TO (\w+)$/.exec(statement) ?? [];
		if (created !== undefined) {
			tables.set(created, statement);
		} else if (from !== undefined && to !== undefined) {
			tables.set(to, tables.get(from)?.replace(from, `"${to}"`) ?? '');
			tables.delete(from);
		}
	}
	return tables;
}

function tablesOf(connection: Connection): Map<string, string> {
	const rows = connection.all("SELECT name, sql FROM sqlite_schema WHERE type = 'table'", [], (row): [string, string] => [row.text('name'), row.text('sql')]);
	return new Map(rows);
}
