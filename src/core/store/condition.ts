import type { SqlValue } from './connection';

/** A piece of SQL with the values of its parameters. */
export interface Condition {
	sql: string;
	values: SqlValue[];
}

/**
 * Rows of one repository, or of all. Without a repository it still names each of them,
 * because the indexes begin with it.
 */
export function ofRepository(repositoryId: number | undefined): Condition {
	return repositoryId === undefined
		? { sql: 'repository_id IN (SELECT id FROM repository)', values: [] }
		: { sql: 'repository_id = ?', values: [repositoryId] };
}
