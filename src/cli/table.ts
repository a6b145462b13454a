import { MARKS, type Marks } from './marks';
import { oneLine } from '../core/model/visibleText';
import { cutTo, widthOf } from './terminalText';

export interface Column {
	title: string;
	align?: 'left' | 'right';
	/** At most so many columns of the terminal; the rest is cut off. */
	max?: number;
}

const GAP = '  ';

/** The lines of a table in plain text: one of titles, a rule, one a row. All of it may be longer than any string can be. */
export function* tableLines(columns: readonly Column[], rows: readonly (readonly string[])[], { rule, cut }: Pick<Marks, 'rule' | 'cut'> = MARKS): Generator<string> {
	const cells = rows.map((row) => columns.map((column, i) => cutTo(oneLine(row[i] ?? ''), column.max ?? Infinity, cut)));
	const titles = columns.map(({ title }) => title);
	const widths = columns.map((_, i) => [titles, ...cells].reduce((widest, row) => Math.max(widest, widthOf(row[i] ?? '')), 0));
	const line = (row: readonly string[]) =>
		row
			.map((cell, i) => {
				const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - widthOf(cell)));
				return columns[i]?.align === 'right' ? space + cell : cell + space;
			})
			.join(GAP)
			.trimEnd();
	yield line(titles);
	yield widths.map((width) => rule.repeat(width)).join(GAP);
	for (const row of cells) {
		yield line(row);
	}
}

/** The same as one text. */
export function tableText(...table: Parameters<typeof tableLines>): string {
	return [...tableLines(...table)].join('\n');
}
