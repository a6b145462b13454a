import { HumanError } from '../model/humanError';

/** How long a query may take that names no limit of its own, in milliseconds. */
export const QUERY_LIMIT_MS = 10_000;

/** What is said of a query whose time is up. */
export function tooLong(milliseconds: number): HumanError {
	return new HumanError(
		`The query was stopped after ${Math.round(milliseconds / 100) / 10} s. Ask for less: narrow it with WHERE, or add a LIMIT.`,
	);
}
