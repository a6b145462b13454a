import type { PullRequestState } from '../model/pullRequest';
import type { SqlValue } from './connection';

/** A piece of SQL with the values of its parameters. */
export interface Condition {
	sql: string;
	values: SqlValue[];
}

/** Whatever the state, in words that an index which has it in front of other columns can follow. */
export const ANY_STATE = "state IN ('OPEN', 'CLOSED', 'MERGED')";

/**
 * Rows of one repository, or of all. Without a repository it still names each of them,
 * because the indexes begin with it.
 */
export function ofRepository(repositoryId: number | undefined): Condition {
	return repositoryId === undefined
		? { sql: 'repository_id IN (SELECT id FROM repository)', values: [] }
		: { sql: 'repository_id = ?', values: [repositoryId] };
}

/** `undefined` when all states are wanted. */
export function ofStates(states: readonly PullRequestState[] | undefined): Condition | undefined {
	if (states === undefined) {
		return undefined;
	}
	// An empty list would be a constant to SQLite, which then finds no use for an index that is asked for.
	const wanted = states.length === 0 ? [null] : [...states];
	return { sql: `state IN (${wanted.map(() => '?').join(', ')})`, values: wanted };
}
