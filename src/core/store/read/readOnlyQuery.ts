import type { Statement } from 'sql.js';
import { HumanError, messageOf } from '../../model/humanError';
import type { Connection } from '../sqlite/connection';
import { AnswerSize, QUERY_LIMIT_MS, QUERY_MEMORY, tooLong, tooMuchMemory } from './queryLimit';
import { QueryRefusedError } from '../storeErrors';
import { firstStatement, isBlankStatement, MORE_THAN_ONE } from './statementText';

export interface QueryLimits {
	/** Rows past these are left out, and the result says so. */
	rows: number;
	/** How long it may take, in milliseconds; 7 s when absent. */
	milliseconds?: number;
	/** Takes back the question. */
	signal?: AbortSignal;
}

export interface QueryResult {
	columns: string[];
	rows: (string | number | null | Uint8Array)[][];
	/** There were more rows than the limit. */
	truncated: boolean;
}

/** sql.js takes a second argument that its types do not know: with `useBigInt` integers come back whole. */
interface ExactStatement {
	get(parameters: null, config: { useBigInt: true }): (string | bigint | number | null | Uint8Array)[];
}

/**
 * Runs one statement that only reads, and stops after `rows` rows, or between two rows once the time is up.
 * SQLite can't be interrupted here while it looks for a single row: for that, the thread has to be ended.
 * Integers past what a JavaScript number holds come back as decimal text.
 *
 * SQLite itself decides what reads: the text has to compile behind EXISTS, where its grammar takes nothing but a SELECT
 * with its WITH, or VALUES (so no PRAGMA, ATTACH or BEGIN, some of which act while they are compiled; behind FROM they
 * could be tables that are called so), and `query_only` is on while it runs.
 * Bounded are the memory that it takes, each value and the answer as a whole. How long a value is, sql.js tells only with
 * the value; what can be copied then is bounded by the memory.
 * @throws QueryRefusedError with SQLite's own words, and HumanError for what is too much
 */
export function readOnlyQuery(connection: Connection, sql: string, { rows, milliseconds = QUERY_LIMIT_MS }: QueryLimits): QueryResult {
	return connection.withinMemory(QUERY_MEMORY, () => queryInBounds(connection, sql, rows, milliseconds));
}

function queryInBounds(connection: Connection, sql: string, rows: number, milliseconds: number): QueryResult {
	const text = compilable(connection, sql);
	connection.script('PRAGMA query_only = ON');
	try {
		return firstRows(connection, text, rows, milliseconds);
	} catch (error) {
		throw error instanceof HumanError ? error : refusal(error);
	} finally {
		connection.script('PRAGMA query_only = OFF');
	}
}

/** The text without a closing semicolon, once it is known to be one SELECT. */
function compilable(connection: Connection, sql: string): string {
	try {
		if (isBlankStatement(sql)) {
			throw new Error('there is nothing to run');
		}
		const text = firstStatement(sql);
		compileAlone(connection, `SELECT EXISTS (\n${text}\n)`);
		return text;
	} catch (error) {
		throw refusal(error);
	}
}

function compileAlone(connection: Connection, sql: string): void {
	const statements = connection.iterate(sql);
	try {
		statements.next();
		if (statements.getRemainingSQL().trim() !== '') {
			throw new Error(MORE_THAN_ONE);
		}
	} finally {
		finish(statements);
	}
}

function firstRows(connection: Connection, sql: string, limit: number, milliseconds: number): QueryResult {
	const end = performance.now() + milliseconds;
	const statements = connection.iterate(sql);
	try {
		const { done, value: statement } = statements.next();
		if (done || statements.getRemainingSQL().trim() !== '') {
			throw new Error(MORE_THAN_ONE);
		}
		const columns = statement.getColumnNames();
		const rows: QueryResult['rows'] = [];
		const size = new AnswerSize();
		while (statement.step()) {
			if (rows.length === limit) {
				return { columns, rows, truncated: true };
			}
			const values = exactValues(statement);
			values.forEach((value) => size.add(value));
			rows.push(values);
			if (performance.now() > end) {
				throw tooLong(milliseconds);
			}
		}
		return { columns, rows, truncated: false };
	} finally {
		finish(statements);
	}
}

function exactValues(statement: Statement): QueryResult['rows'][number] {
	return (statement as unknown as ExactStatement).get(null, { useBigInt: true }).map((value) => {
		if (typeof value !== 'bigint') {
			return value;
		}
		const number = Number(value);
		return Number.isSafeInteger(number) ? number : value.toString();
	});
}

/** Frees the statement at hand, as leaving a for…of loop would. */
function finish(statements: Iterator<Statement>): void {
	statements.return?.();
}

function refusal(error: unknown): HumanError {
	// https://www.sqlite.org/rescode.html#nomem, and #toobig: what no build of SQLite holds in one value
	if (/^(?:out of memory|string or blob too big)$/.test(messageOf(error))) {
		return tooMuchMemory(error);
	}
	return new QueryRefusedError(messageOf(error), { cause: error });
}
