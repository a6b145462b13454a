import { HumanError } from '../model/humanError';
import { sentence } from '../model/sentence';

/** How long a query may take that names no limit of its own, in milliseconds. */
export const QUERY_LIMIT_MS = 10_000;

/** What is said of a query whose time is up. */
export function tooLong(milliseconds: number): HumanError {
	return new HumanError(
		sentence('The query was stopped after {0} s. Ask for less: narrow it with WHERE, or add a LIMIT.', Math.round(milliseconds / 100) / 10),
	);
}
