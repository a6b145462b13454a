import type { SqlJsStatic } from 'sql.js';
import { asError } from '../../model/humanError';
import { beginningOfWords } from '../../model/visibleText';

/** Longer than any message of SQLite's own, without what it quotes. */
const LONGEST = 300;

/** As much of sql.js as its types leave out: throws what SQLite says of a result that is none. */
interface ErrorSource {
	handleError: (this: ErrorSource, result: number) => unknown;
}

/**
 * Makes every error of a sql.js say what SQLite says in one line of bounded length. SQLite quotes names and values in its
 * messages, whole: a title's text, or the nine megabytes that a query made.
 */
export function shortenWords(sql: SqlJsStatic): void {
	const source = sql.Database.prototype as unknown as ErrorSource;
	const { handleError } = source;
	source.handleError = function (this: ErrorSource, result) {
		try {
			return handleError.call(this, result);
		} catch (thrown) {
			const error = asError(thrown);
			error.message = beginningOfWords(error.message, LONGEST);
			throw error;
		}
	};
}
