import type { Connection } from './connection';
import { copyRepositories, differingRepositories, sizeOf } from './repositoryCopy';
import type { RepositoryIdentity } from './store';

/**
 * One database out of two: `mine` for the repositories that are unsaved, `theirs` for all others.
 * It is either of them, whichever costs less copying; the other is for the caller to close.
 * When it fails, `mine` is as it was.
 * @returns the database, and whether it holds anything that `mine` did not
 */
export function mergeDatabases(
	mine: Connection,
	theirs: Connection,
	unsaved: RepositoryIdentity[],
): { merged: Connection; changed: boolean } {
	const differing = differingRepositories(mine, theirs, unsaved);
	if (differing.length === 0) {
		return { merged: mine, changed: false };
	}
	if (costOf(mine, theirs, unsaved) < costOf(mine, theirs, differing)) {
		copyRepositories(mine, theirs, unsaved);
		return { merged: theirs, changed: true };
	}
	copyRepositories(theirs, mine, differing);
	return { merged: mine, changed: true };
}

/** Rows are dropped on one side and copied from the other. */
function costOf(mine: Connection, theirs: Connection, identities: RepositoryIdentity[]): number {
	return sizeOf(mine, identities) + sizeOf(theirs, identities);
}
