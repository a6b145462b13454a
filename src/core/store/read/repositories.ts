import { isInstantOrNull } from '../../model/guards';
import { isHost, isNameWithOwner, type RepositoryIdentity } from '../../model/repository';
import type { Connection } from '../sqlite/connection';

export interface RepositoryRow {
	id: number;
	host: string;
	nameWithOwner: string;
	nodeId: string;
	pushedAt: string | null;
	syncedAt: string | null;
	/** See {@link StoredRepository.cachePosition}. */
	cachePosition: string | null;
	/** How many pull requests GitHub counts, where what is stored is a part of them; `null` where it is all, or not known. */
	totalCount: number | null;
	pullRequests: number;
	open: number;
	/** How many carry the mark of an incomplete list. */
	partial: number;
}

/** Every stored repository, by name. */
export function repositories(connection: Connection): RepositoryRow[] {
	return connection.all(
		`SELECT id, host, name_with_owner, node_id, pushed_at, synced_at, total_count, cache_position,
			(SELECT count(*) FROM pull_request WHERE repository_id = repository.id) AS total,
			(SELECT count(*) FROM pull_request WHERE repository_id = repository.id AND state = 'OPEN') AS open,
			(SELECT count(*) FROM pull_request WHERE repository_id = repository.id AND partial <> '[]') AS incomplete
		FROM repository ORDER BY name_with_owner, host`,
		[],
		(row) => ({
			id: row.number('id'),
			host: row.shaped('host', isHost),
			nameWithOwner: row.shaped('name_with_owner', isNameWithOwner),
			pushedAt: row.shaped('pushed_at', isInstantOrNull),
			syncedAt: row.shaped('synced_at', isInstantOrNull),
			nodeId: row.text('node_id'),
			totalCount: row.numberOrNull('total_count'),
			cachePosition: row.textOrNull('cache_position'),
			pullRequests: row.number('total'),
			open: row.number('open'),
			partial: row.number('incomplete'),
		}),
	);
}

/** How far a repository's rows are. */
export interface RepositoryStanding {
	nameWithOwner: string;
	syncedAt: string | null;
	/** See {@link StoredRepository.cachePosition}. */
	cachePosition: string | null;
	/** Another one after every change of the rows, whoever made it. */
	revision: string;
}

/** How far a repository's rows are. */
export function standing(connection: Connection, { host, nodeId }: RepositoryIdentity): RepositoryStanding | undefined {
	return connection.first(
		'SELECT name_with_owner, synced_at, cache_position, revision FROM repository WHERE host = ? AND node_id = ?',
		[host, nodeId],
		(row) => ({
			nameWithOwner: row.shaped('name_with_owner', isNameWithOwner),
			syncedAt: row.shaped('synced_at', isInstantOrNull),
			cachePosition: row.textOrNull('cache_position'),
			revision: row.text('revision'),
		}),
	);
}
