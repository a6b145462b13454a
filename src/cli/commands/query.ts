import type { QueryResult } from '../../core/store/read/readOnlyQuery';
import { isBlankStatement } from '../../core/store/read/statementText';
import type { Command } from '../command';
import { EXIT } from '../exitCode';
import { oneLine } from '../../core/model/visibleText';
import { withSession } from '../session';
import { widthOf } from '../terminalText';
import { UsageError } from '../usageError';
import { counted } from '../measures';

/** Columns of the terminal: nobody reads more of a cell in a table, which is as wide as its widest. */
const WIDEST_CELL = 1_000;
/** The rows stand in memory as a whole, though not their text; whoever wants more opens the file with a tool of their own. */
const MAX_ROWS = 10_000;

export const queryCommand: Command = {
	name: 'query',
	synopsis: '"SQL"',
	summary: 'run one SELECT on the database',
	options: [],
	run: (invocation) => {
		const { words, output } = invocation;
		const [sql] = words;
		if (sql === undefined || words.length > 1 || isBlankStatement(sql)) {
			throw new UsageError('Write the query as one argument: pr-seeder query "SELECT number, title FROM pull_request".');
		}
		return withSession(invocation, async ({ store }) => {
			const { columns, rows, truncated } = await store.query(sql, { rows: MAX_ROWS });
			await output.table(
				columns.map((title, i) => ({ title, align: isNumeric(rows, i) ? 'right' : 'left', max: WIDEST_CELL })),
				rows.map((row) => row.map(valueText)),
				'No rows.',
			);
			if (!output.json && rows.some((row) => row.some((value) => isCut(valueText(value))))) {
				output.warn(`Long values are cut to ${counted(WIDEST_CELL, 'column')}; --json has all of them.`);
			}
			await output.document({ columns, rows: rows.map((row) => row.map((value) => (value instanceof Uint8Array ? valueText(value) : value))), truncated });
			if (truncated) {
				output.warn(`Only the first ${counted(MAX_ROWS, 'row')} are shown.`);
			}
			return EXIT.done;
		});
	},
};

type Rows = QueryResult['rows'];

/** No sign is wider than two columns, so that short ones need not be measured. */
function isCut(text: string): boolean {
	return text.length * 2 > WIDEST_CELL && widthOf(oneLine(text)) > WIDEST_CELL;
}

function isNumeric(rows: Rows, column: number): boolean {
	return rows.length > 0 && rows.every((row) => typeof row[column] === 'number' || row[column] === null);
}

/** A blob as SQL writes it. */
function valueText(value: Rows[number][number]): string {
	if (value === null) {
		return '';
	}
	return value instanceof Uint8Array ? `x'${Buffer.from(value).toString('hex')}'` : String(value);
}
