import type { Connection } from '../sqlite/connection';
import { turnFactsOf, type TurnFacts } from './turnFacts';

/** A branch that somebody has before them. */
export interface Branch {
	name: string;
	/** Where pull requests of it would be, by row id. */
	repositoryIds: readonly number[];
	/** Whose copies of the repository it may be in. */
	owners: readonly string[];
}

/** The facts of the open pull requests from a branch; of one whose own repository is not known, by the branch's name alone where it is from no fork. */
export function branchFacts(connection: Connection, { name, repositoryIds, owners }: Branch): TurnFacts[] {
	const list = (values: readonly unknown[]) => values.map(() => '?').join(', ') || 'NULL';
	return turnFactsOf(connection, {
		sql: `(repository_id, number) IN (
			SELECT repository_id, number FROM pull_request INDEXED BY pull_request_by_state
			WHERE repository_id IN (${list(repositoryIds)}) AND state = 'OPEN' AND head_ref = ?
				AND (head_owner IN (${list(owners)}) OR (head_owner IS NULL AND is_cross_repository IS NOT 1))
		)`,
		values: [...repositoryIds, name, ...owners],
	});
}
