// The same writes with node:sqlite, on disk: node nativeRun.tool.mjs PULL_REQUESTS FOLDER. Needs Node 22.5 or later.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { applyChange } from '../../../src/core/store/write/applyChange';
import type { Connection } from '../../../src/core/store/sqlite/connection';
import type { SqlValue } from '../../../src/core/store/sqlite/row';
import { Row } from '../../../src/core/store/sqlite/row';
import { migrate } from '../../../src/core/store/schema/migrate';
import type { NativeRun } from './figures';
import { batches } from './sample';

/** What is used of `node:sqlite`, which the types of Node 20 do not know. https://nodejs.org/api/sqlite.html */
interface NativeDatabase {
	exec(sql: string): void;
	prepare(sql: string): NativeStatement;
	close(): void;
}
interface NativeStatement {
	run(...values: SqlValue[]): unknown;
	all(...values: SqlValue[]): Record<string, SqlValue>[];
}

const moduleName: string = 'node:sqlite';
const { DatabaseSync } = (await import(moduleName)) as { DatabaseSync: new (path: string) => NativeDatabase };

/** As much of {@link Connection} as writing takes, with the same statements. */
class NativeConnection implements Pick<Connection, 'run' | 'script' | 'all' | 'first' | 'transaction' | 'transactionWithoutForeignKeys'> {
	private readonly statements = new Map<string, NativeStatement>();

	constructor(private readonly database: NativeDatabase) {}

	run(sql: string, ...parameters: SqlValue[]): void {
		this.prepared(sql).run(...parameters);
	}

	script(sql: string): void {
		this.database.exec(sql);
	}

	all<T>(sql: string, parameters: SqlValue[], read: (row: Row) => T): T[] {
		return this.prepared(sql)
			.all(...parameters)
			.map((row) => read(new Row(new Map(Object.keys(row).map((name, i) => [name, i])), Object.values(row))));
	}

	first<T>(sql: string, parameters: SqlValue[], read: (row: Row) => T): T | undefined {
		return this.all(sql, parameters, read)[0];
	}

	transaction<T>(body: () => T): T {
		this.script('BEGIN IMMEDIATE');
		const result = body();
		this.script('COMMIT');
		return result;
	}

	transactionWithoutForeignKeys<T>(body: () => T): T {
		this.script('PRAGMA foreign_keys = OFF');
		const result = this.transaction(body);
		this.script('PRAGMA foreign_keys = ON');
		return result;
	}

	private prepared(sql: string): NativeStatement {
		let statement = this.statements.get(sql);
		if (statement === undefined) {
			statement = this.database.prepare(sql);
			this.statements.set(sql, statement);
		}
		return statement;
	}
}

const count = Number(process.argv[2]);
const folder = process.argv[3] ?? '';
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const database = new DatabaseSync(join(folder, 'native.sqlite'));
// The quickest settings under which a committed transaction survives the process.
database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;');
// The members that writing does not use are those of sql.js.
const connection = new NativeConnection(database) as unknown as Connection;
migrate(connection);
const figures: NativeRun = { writeMs: 0, writeCpuMs: 0 };
// To make the rows is not the database's work.
for (const batch of batches(count)) {
	const [start, cpu] = [performance.now(), process.cpuUsage()];
	applyChange(connection, batch);
	const { user, system } = process.cpuUsage(cpu);
	figures.writeMs += performance.now() - start;
	figures.writeCpuMs += (user + system) / 1000;
}
const start = performance.now();
database.close();
figures.writeMs += performance.now() - start;
process.stdout.write(`${JSON.stringify(figures)}\n`);
