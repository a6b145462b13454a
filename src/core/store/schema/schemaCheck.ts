import { createHash } from 'node:crypto';
import type { SqlJsStatic } from 'sql.js';
import { Connection } from '../sqlite/connection';
import { MIGRATIONS } from './migrate';

/** One thing that a schema holds: a table or an index of ours. */
interface SchemaItem {
	type: string;
	name: string;
	/** As SQLite keeps it; empty for an index that a constraint makes. */
	sql: string;
}

/** What `ANALYZE` leaves, word for word: numbers for the planner. https://www.sqlite.org/fileformat2.html#the_sqlite_stat1_table */
const STATISTICS = new Map([
	['sqlite_stat1', 'CREATE TABLE sqlite_stat1(tbl,idx,stat)'],
	['sqlite_stat4', 'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)'],
]);

/**
 * Makes sure that a row of the schema makes of SQLite's own statistics nothing but what `ANALYZE` does. SQLite reads these as
 * soon as it opens a file, so a column that is computed would run before {@link checkSchema} could see it.
 * @param row its bytes, as the file has them; UTF-16 has zeros in between
 * @throws Error
 */
export function assertOwnStatistics(row: Uint8Array): void {
	const text = new TextDecoder('latin1').decode(row).replaceAll('\0', '');
	if (/sqlite_stat/i.test(text) && ![...STATISTICS].some(([name, sql]) => isRowOf(text, name, sql))) {
		throw new Error('its sqlite_stat is another');
	}
}

/** Behind the row's types stand the kind, the name twice, a number of at most eight bytes, and the statement as a whole. */
function isRowOf(text: string, name: string, sql: string): boolean {
	const names = `table${name}${name}`;
	const before = text.length - sql.length;
	return text.endsWith(sql) && text.lastIndexOf(names, before) >= before - names.length - 8;
}

/**
 * SHA-256 of what the migrations make of an empty database, in hexadecimal. To run them takes longer than to read a database
 * of 10,000 pull requests, so that is done only where this is not what a file has. `schema.test.ts` says what it has to be.
 */
export const NEWEST_SCHEMA = '65545310ed5262b544a22c0e6734889725cba0cb4ae003e9c9885821ec39dcda';

/** By version: what this code makes, word for word. */
const own = new Map<number, Map<string, string>>();

/**
 * Makes sure that a database holds what this code makes of that version, and nothing else: a view or an index of
 * somebody's can make each query endless, each write slow or impossible, and give words of SQL another meaning; a trigger
 * runs with every write. To be asked before anything is read or migrated.
 * @param version `user_version`; of one that is not known yet only the tables that are read are compared, by their columns
 * @throws Error that says what is wrong
 */
export function checkSchema(connection: Connection, version: number, sql: SqlJsStatic): void {
	if (version === MIGRATIONS.length && schemaDigest(connection) === NEWEST_SCHEMA) {
		return;
	}
	const isNewer = version > MIGRATIONS.length;
	const allowed = ownSchema(sql, isNewer ? MIGRATIONS.length : version);
	const missing = new Set(allowed.keys());
	for (const item of itemsOf(connection)) {
		missing.delete(item.name);
		if (isNewer) {
			assertPlain(item);
		} else if (allowed.get(item.name) !== item.sql && !isStatistics(item)) {
			throw new Error(allowed.has(item.name) ? `its ${item.type} ${item.name} is another` : `it holds something else, the ${item.type} ${JSON.stringify(item.name)}`);
		}
	}
	const [lacking] = [...missing].filter((name) => !isNewer || allowed.get(name)?.startsWith('CREATE TABLE'));
	if (lacking !== undefined) {
		throw new Error(`it has no ${lacking}`);
	}
	if (isNewer) {
		assertColumns(connection, [...allowed].filter(([, made]) => made.startsWith('CREATE TABLE')).map(([name]) => name), sql);
	}
}

/** Of everything in a schema but statistics. */
export function schemaDigest(connection: Connection): string {
	const items = itemsOf(connection).filter((item) => !isStatistics(item));
	const rows = items.map(({ type, name, sql }) => JSON.stringify([type, name, sql])).sort();
	return createHash('sha256').update(rows.join('\n')).digest('hex');
}

function isStatistics({ type, name, sql }: SchemaItem): boolean {
	return type === 'table' && STATISTICS.get(name) === sql;
}

function itemsOf(connection: Connection): SchemaItem[] {
	return connection.all("SELECT type, name, ifnull(sql, '') AS sql FROM sqlite_schema", [], (row) => ({ type: row.text('type'), name: row.text('name'), sql: row.text('sql') }));
}

function ownSchema(sql: SqlJsStatic, version: number): Map<string, string> {
	let schema = own.get(version);
	if (!schema) {
		schema = made(sql, version, (connection) => new Map(itemsOf(connection).map((item) => [item.name, item.sql])));
		own.set(version, schema);
	}
	return schema;
}

/** Asks an empty database of a version that this code makes. */
function made<T>(sql: SqlJsStatic, version: number, ask: (connection: Connection) => T): T {
	const connection = new Connection(sql);
	try {
		connection.transactionWithoutForeignKeys(() => MIGRATIONS.slice(0, version).forEach((script) => connection.script(script)));
		return ask(connection);
	} finally {
		connection.close();
	}
}

/** What a later release may have made: it can be more than is known here, but nothing that runs, nor an index of what is computed. */
function assertPlain({ type, name, sql }: SchemaItem): void {
	const isPlain = (type === 'table' && /^CREATE TABLE\b/i.test(sql)) || (type === 'index' && (sql === '' || /^CREATE (?:UNIQUE )?INDEX\b[^()]*\([^()]*\)[^()]*$/i.test(sql)));
	if (!isPlain) {
		throw new Error(`it holds something else, the ${type} ${JSON.stringify(name)}`);
	}
}

/** @throws Error when a column that is read is missing, or one is computed */
function assertColumns(connection: Connection, tables: readonly string[], sql: SqlJsStatic): void {
	const wanted = made(sql, MIGRATIONS.length, (newest) => new Map(tables.map((table) => [table, columnsOf(newest, table)])));
	for (const table of tables) {
		const found = columnsOf(connection, table);
		const [computed] = [...found].flatMap(([name, hidden]) => (hidden > 1 ? [name] : []));
		const [lacking] = [...(wanted.get(table) ?? [])].flatMap(([name]) => (found.has(name) ? [] : [name]));
		if (computed !== undefined || lacking !== undefined) {
			throw new Error(`its table ${table} is another`);
		}
	}
}

/** By name; the number says whether it is computed (2, 3): https://www.sqlite.org/pragma.html#pragma_table_xinfo */
function columnsOf(connection: Connection, table: string): Map<string, number> {
	return new Map(connection.all('SELECT name, hidden FROM pragma_table_xinfo(?)', [table], (row) => [row.text('name'), row.number('hidden')]));
}
