import type { Connection } from '../sqlite/connection';
import { copyRepositories, differingRepositories, sizeOf } from './repositoryCopy';
import type { RepositoryIdentity } from '../../model/repository';

/**
 * One database out of two: `mine` for the repositories that are unsaved, `theirs` for all others, and for those that were synced
 * there since.
 * It is either of them, whichever costs less copying; the other is for the caller to close.
 * When it fails, `mine` is as it was.
 * @returns the database, and whether it holds anything that `mine` did not
 */
export function mergeDatabases(
	mine: Connection,
	theirs: Connection,
	unsaved: RepositoryIdentity[],
): { merged: Connection; changed: boolean } {
	const own = unsaved.filter((identity) => !isAhead(theirs, mine, identity));
	const differing = differingRepositories(mine, theirs, own);
	if (differing.length === 0) {
		return { merged: mine, changed: false };
	}
	if (costOf(mine, theirs, own) < costOf(mine, theirs, differing)) {
		copyRepositories(mine, theirs, own);
		return { merged: theirs, changed: true };
	}
	copyRepositories(theirs, mine, differing);
	return { merged: mine, changed: true };
}

/** Whether a repository was synced there after it was here: whoever syncs it may save later than the next one does. */
function isAhead(there: Connection, here: Connection, { host, nodeId }: RepositoryIdentity): boolean {
	const syncedAt = (connection: Connection) =>
		connection.first('SELECT ifnull(synced_at, \'\') AS synced FROM repository WHERE host = ? AND node_id = ?', [host, nodeId], (row) => row.text('synced'));
	const mine = syncedAt(here);
	return mine !== undefined && (syncedAt(there) ?? '') > mine;
}

/** Rows are dropped on one side and copied from the other. */
function costOf(mine: Connection, theirs: Connection, identities: RepositoryIdentity[]): number {
	return sizeOf(mine, identities) + sizeOf(theirs, identities);
}
