import { HumanError } from '../../model/humanError';
import { sentence } from '../../model/sentence';

/**
 * How long a query may take that names no limit of its own, in milliseconds: many times what a look into every row of a
 * large repository takes, and with everything around it a command is over within ten seconds.
 */
export const QUERY_LIMIT_MS = 7_000;

const MEGABYTE = 1_000_000;
/** What SQLite may take while a query runs: enough to sort the rows of a very large repository. */
export const QUERY_MEMORY = 256 * MEGABYTE;
/** One value: more than all the names and texts of a pull request, or a list of the numbers of all. In characters or bytes. */
export const LONGEST_VALUE = 16 * MEGABYTE;
/** All values of an answer, which stand in memory a second time on their way between threads. In characters or bytes. */
export const LARGEST_ANSWER = 64 * MEGABYTE;

/** What is said of a query whose time is up. */
export function tooLong(milliseconds: number): HumanError {
	return new HumanError(
		sentence('The query was stopped after {0} s. Ask for less: narrow it with WHERE, or add a LIMIT.', Math.round(milliseconds / 100) / 10),
	);
}

/** What is said of a query that needs more than {@link QUERY_MEMORY}. */
export function tooMuchMemory(cause: unknown): HumanError {
	const said = sentence('The query needs more than {0} MB of memory. Ask for less: narrow it with WHERE, or choose fewer columns.', QUERY_MEMORY / MEGABYTE);
	return new HumanError(said, { cause });
}

/** Adds up what an answer holds. */
export class AnswerSize {
	private total = 0;

	/** @throws HumanError when a value, or all of them, are more than one may ask for */
	add(value: unknown): void {
		const size = typeof value === 'string' || value instanceof Uint8Array ? value.length : 0;
		if (size > LONGEST_VALUE) {
			throw new HumanError(sentence('A value of the query is larger than {0} MB. Ask for a part of it with substr, or for its length.', LONGEST_VALUE / MEGABYTE));
		}
		this.total += size;
		if (this.total > LARGEST_ANSWER) {
			throw new HumanError(sentence('The answer to the query is larger than {0} MB. Ask for less: choose fewer columns, or add a LIMIT.', LARGEST_ANSWER / MEGABYTE));
		}
	}
}
