import type { PullRequestState } from '../../model/pullRequest';
import type { SqlValue } from './row';

/** A piece of SQL with the values of its parameters. */
export interface Condition {
	sql: string;
	values: SqlValue[];
}

/** Whatever the state, in words that an index which has it in front of other columns can follow. */
export const ANY_STATE = "state IN ('OPEN', 'CLOSED', 'MERGED')";

/** Which repositories a question is about; all when nothing is given, and given both, both must hold. */
export interface RepositoryScope {
	repositoryId?: number;
	/** Any of these; none of them is no repository at all. */
	repositoryIds?: readonly number[];
}

/**
 * Rows of the repositories of a scope. Without any it still names each of them,
 * because the indexes begin with it.
 */
export function ofRepositories({ repositoryId, repositoryIds }: RepositoryScope): Condition {
	if (repositoryId !== undefined) {
		const isOutside = repositoryIds?.includes(repositoryId) === false;
		return { sql: 'repository_id = ?', values: [isOutside ? null : repositoryId] };
	}
	return repositoryIds === undefined ? { sql: 'repository_id IN (SELECT id FROM repository)', values: [] } : oneOf('repository_id', repositoryIds);
}

/** `undefined` when all states are wanted. */
export function ofStates(states: readonly PullRequestState[] | undefined): Condition | undefined {
	if (states === undefined) {
		return undefined;
	}
	return oneOf('state', states);
}

/** Both conditions; the first alone when there is no other. */
export function and(one: Condition, other: Condition | undefined): Condition {
	return other === undefined ? one : { sql: `${one.sql} AND ${other.sql}`, values: [...one.values, ...other.values] };
}

function oneOf(column: string, values: readonly SqlValue[]): Condition {
	// An empty list would be a constant to SQLite, which then finds no use for an index that is asked for.
	const wanted = values.length === 0 ? [null] : [...values];
	return { sql: `${column} IN (${wanted.map(() => '?').join(', ')})`, values: wanted };
}
