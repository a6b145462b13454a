import { MARKS, type Marks } from './marks';
import { cutTo, oneLine, widthOf } from './terminalText';

export interface Column {
	title: string;
	align?: 'left' | 'right';
	/** At most so many columns of the terminal; the rest is cut off. */
	max?: number;
}

const GAP = '  ';

/** A table in plain text: a line of titles, a rule, a line a row. */
export function tableText(columns: readonly Column[], rows: readonly (readonly string[])[], { rule, cut }: Pick<Marks, 'rule' | 'cut'> = MARKS): string {
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
	return [line(titles), widths.map((width) => rule.repeat(width)).join(GAP), ...cells.map(line)].join('\n');
}
