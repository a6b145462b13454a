import { FOLD, folded } from './foldedText';
import type { Condition } from './condition';

/**
 * That a column holds a text somewhere, in whatever case; nothing in it is a wildcard. SQLite's own LIKE folds ASCII letters
 * alone, which does for most titles, and is much faster than to ask for each of them.
 */
export function containsText(column: string, text: string): Condition {
	const wanted = folded(text);
	return {
		sql: `(${column} LIKE ? ESCAPE '\\' OR ${notAscii(column)} AND instr(${FOLD}(${column}), ?))`,
		values: [`%${wanted.replace(/[\\%_]/g, '\\$&')}%`, wanted],
	};
}

/** That a column holds one of these texts, in whatever case. */
export function equalsText(column: string, texts: readonly string[]): Condition {
	const wanted = texts.map(folded);
	const oneOf = `IN (${wanted.map(() => '?').join(', ')})`;
	return { sql: `(${column} COLLATE NOCASE ${oneOf} OR ${notAscii(column)} AND ${FOLD}(${column}) ${oneOf})`, values: [...wanted, ...wanted] };
}

function notAscii(column: string): string {
	return `length(${column}) <> length(CAST(${column} AS BLOB))`;
}
