import type { Database, SqlJsStatic, Statement } from 'sql.js';
import { FOLD, folded } from './foldedText';
import { withinMemory } from './memoryLimit';
import { Row, type SqlValue } from './row';

// The file is written by us as a whole, so SQLite's own care for the disk would only cost time.
const SETTINGS = `
	PRAGMA foreign_keys = ON;
	PRAGMA journal_mode = MEMORY;
	PRAGMA synchronous = OFF;
	PRAGMA temp_store = MEMORY;
	PRAGMA cache_size = -16000;
`;

/** Past which share of a file nobody's pages are worth the work of writing it anew. */
const WORTH_WRITING_ANEW = 1 / 4;

/** One open database in memory, with its prepared statements. */
export class Connection {
	private readonly database: Database;
	private readonly statements = new Map<string, Statement>();

	/**
	 * @param bytes a whole database file; empty when absent
	 * @throws Error when the bytes are no SQLite database
	 */
	constructor(private readonly sql: SqlJsStatic, bytes?: Uint8Array) {
		this.database = new sql.Database(bytes);
		try {
			this.database.exec(SETTINGS);
			this.define(FOLD, (text) => (typeof text === 'string' ? folded(text) : null));
		} catch (error) {
			this.database.close();
			throw error;
		}
	}

	/** Makes a function of one value known to this connection's statements. */
	define(name: string, compute: (value: unknown) => string | null): void {
		this.database.create_function(name, compute);
	}

	/** Runs one statement for its effect. */
	run(sql: string, ...parameters: SqlValue[]): void {
		this.prepared(sql).run(wellFormed(parameters));
	}

	/** Runs several statements without parameters. */
	script(sql: string): void {
		this.database.exec(sql);
	}

	/** Every row of a query, read by `read`. */
	all<T>(sql: string, parameters: SqlValue[], read: (row: Row) => T): T[] {
		const statement = this.prepared(sql);
		try {
			statement.bind(wellFormed([...parameters]));
			const found: T[] = [];
			let columns: Map<string, number> | undefined;
			while (statement.step()) {
				columns ??= new Map(statement.getColumnNames().map((name, index) => [name, index]));
				found.push(read(new Row(columns, statement.get())));
			}
			return found;
		} finally {
			// An unfinished read would keep the database from being written or closed.
			statement.reset();
		}
	}

	/** The first row of a query, when there is one. */
	first<T>(sql: string, parameters: SqlValue[], read: (row: Row) => T): T | undefined {
		return this.all(sql, parameters, read)[0];
	}

	/**
	 * Everything that `body` writes, or nothing of it when it throws.
	 * @param keeps whether what it wrote stays, by its result; it does when absent
	 */
	transaction<T>(body: () => T, keeps: (result: T) => boolean = () => true): T {
		this.run('BEGIN IMMEDIATE');
		let result: T;
		try {
			result = body();
			this.run(keeps(result) ? 'COMMIT' : 'ROLLBACK');
		} catch (error) {
			this.database.exec('ROLLBACK');
			throw error;
		}
		return result;
	}

	/** A transaction in which rows may refer to nothing, and nothing cascades. */
	transactionWithoutForeignKeys<T>(body: () => T): T {
		// Within a transaction the setting can't be changed: https://www.sqlite.org/pragma.html#pragma_foreign_keys
		this.database.exec('PRAGMA foreign_keys = OFF');
		try {
			return this.transaction(body);
		} finally {
			this.database.exec('PRAGMA foreign_keys = ON');
		}
	}

	/** The statements of a text one after the other, each freed when the next one is asked for. */
	iterate(sql: string): ReturnType<Database['iterateStatements']> {
		return this.database.iterateStatements(sql);
	}

	/** Runs something in bounds, as {@link withinMemory} does. */
	withinMemory<T>(bytes: number, work: () => T): T {
		return withinMemory(this.sql, bytes, work);
	}

	/** Where SQLite keeps this database, to attach it to another connection of the same sql.js. */
	get location(): string {
		return this.first("SELECT file FROM pragma_database_list WHERE name = 'main'", [], (row) => row.text('file')) ?? '';
	}

	/** The whole database as the bytes of a file. */
	export(): Uint8Array {
		// Up to sql.js 1.13 this reopened the database: statements died and settings went back to their defaults.
		this.release();
		const bytes = this.database.export();
		this.database.exec(SETTINGS);
		return bytes;
	}

	/** SQLite keeps the pages of rows that are gone in the file, and what stood in them. Once that is much of it, it is given back. */
	giveBackFreePages(): void {
		const { free, all } = this.first('SELECT freelist_count AS free, page_count AS "all" FROM pragma_freelist_count, pragma_page_count', [], (row) => ({
			free: row.number('free'),
			all: row.number('all'),
		})) ?? { free: 0, all: 0 };
		if (free > all * WORTH_WRITING_ANEW) {
			this.release();
			this.database.exec('VACUUM');
		}
	}

	/** Lets go of the memory; the connection is of no use afterwards. */
	close(): void {
		this.release();
		this.database.close();
	}

	/** Frees the prepared statements; each is prepared again when it is needed next. */
	release(): void {
		for (const statement of this.statements.values()) {
			statement.free();
		}
		this.statements.clear();
	}

	private prepared(sql: string): Statement {
		let statement = this.statements.get(sql);
		if (statement === undefined) {
			statement = this.database.prepare(sql);
			this.statements.set(sql, statement);
		}
		return statement;
	}
}

/** As of ES2024, which the types do not know yet. */
interface Text {
	isWellFormed(): boolean;
	toWellFormed(): string;
}

/** Half of a surrogate pair has no UTF-8; other tools refuse to read a database that holds one. */
function wellFormed(values: SqlValue[]): SqlValue[] {
	for (let i = 0; i < values.length; i++) {
		const value = values[i];
		if (typeof value === 'string' && !(value as unknown as Text).isWellFormed()) {
			values[i] = (value as unknown as Text).toWellFormed();
		}
	}
	return values;
}
