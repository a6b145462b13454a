import type { QueryResult } from '../../core/store/read/readOnlyQuery';
import { isBlankStatement } from '../../core/store/read/statementText';
import type { StoredTool } from './storedTool';
import { storedScope } from './storedScope';
import { ToolInput, ToolInputError } from './toolInput';
import { MAX_ROWS } from './untrustedData';

export const QUERY_INPUT = ['sql'] as const;

const LONGEST_STATEMENT = 10_000;
/** What a model may make the machine compute. */
const LIMIT_MS = 5_000;

/** The statement that a query would run. @throws ToolInputError */
export function statementOf(input: unknown): string {
	const sql = new ToolInput(input, QUERY_INPUT).text('sql', LONGEST_STATEMENT);
	if (sql === undefined || isBlankStatement(sql)) {
		throw new ToolInputError('Give the statement as "sql": one SELECT, such as SELECT state, count(*) FROM pull_request GROUP BY state.');
	}
	return sql;
}

/** Runs one statement that only reads. */
export const queryTool: StoredTool = {
	async answer({ store, now, signal }, input) {
		const sql = statementOf(input);
		const { summary } = await storedScope(store, undefined, now);
		const { columns, rows, truncated } = await store.query(sql, { rows: MAX_ROWS, milliseconds: LIMIT_MS, ...(signal && { signal }) });
		return {
			summary: [...summary, rows.length === 0 ? 'The query gave no rows.' : `The query gave ${truncated ? `more than ${rows.length}` : rows.length} rows.`],
			rows: rows.map((row) => item(columns, row)),
			more: truncated,
			narrow: 'Narrow it with WHERE, choose fewer columns, or count with GROUP BY.',
		};
	},
};

/** Two columns of one name would be one. */
function item(columns: readonly string[], row: QueryResult['rows'][number]): object {
	const values = row.map((value) => (value instanceof Uint8Array ? `[${value.length} bytes]` : value));
	return new Set(columns).size === columns.length ? Object.fromEntries(columns.map((name, i) => [name, values[i]])) : { columns, values };
}
