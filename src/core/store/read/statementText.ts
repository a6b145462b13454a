/*
 * What SQLite's tokenizer tells apart here: space and comments, semicolons, quoted text (two quotes in it read as two
 * texts beside each other), and the rest. Every piece ends in one place only, so a text of any kind is read once.
 * https://www.sqlite.org/lang_comment.html
 */
const PIECES = /(?<blank>\s+|--[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<end>;)|'[^']*'?|"[^"]*"?|`[^`]*`?|\[[^\]]*\]?|[^\s;/'"`[-]+|[^]/g;

export const MORE_THAN_ONE = 'there is more than one statement';

/** Whether there is nothing to run in a text: space, comments and semicolons at most. */
export function isBlankStatement(sql: string): boolean {
	for (const { groups } of sql.matchAll(PIECES)) {
		if (groups?.['blank'] === undefined && groups?.['end'] === undefined) {
			return false;
		}
	}
	return true;
}

/**
 * What stands before the first semicolon, after which nothing but space, comments and more of them may follow.
 * @throws Error where something does
 */
export function firstStatement(sql: string): string {
	let end: number | undefined;
	for (const { index, groups } of sql.matchAll(PIECES)) {
		if (groups?.['end'] !== undefined) {
			end ??= index;
		} else if (end !== undefined && groups?.['blank'] === undefined) {
			throw new Error(MORE_THAN_ONE);
		}
	}
	return sql.slice(0, end);
}

