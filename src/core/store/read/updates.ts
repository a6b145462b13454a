import { isInstantOrNull } from '../../model/guards';
import { isHost } from '../../model/repository';
import type { Connection } from '../sqlite/connection';

/** Until which update each repository was seen, by the server's time. */
export interface SeenUpdates {
	repositories: readonly { host: string; nodeId: string; until: string }[];
	/** For repositories that are not named. */
	otherwise: string;
}

/** What moved in one repository. */
export interface UpdatesRow {
	host: string;
	nodeId: string;
	/** The newest update that is stored, ISO 8601 UTC; `null` while there is no pull request. */
	newest: string | null;
	/** Pull requests updated after what was seen. */
	unseen: number;
}

/** Each count is one walk along an index, from what was seen on. */
export function updates(connection: Connection, { repositories, otherwise }: SeenUpdates): UpdatesRow[] {
	const seen = new Map(repositories.map(({ host, nodeId, until }) => [`${host} ${nodeId}`, until]));
	const rows = connection.all(
		`SELECT id, host, node_id,
			(SELECT max(updated_at) FROM pull_request INDEXED BY pull_request_by_update WHERE repository_id = repository.id) AS newest
		FROM repository`,
		[],
		(row) => ({ id: row.number('id'), host: row.shaped('host', isHost), nodeId: row.text('node_id'), newest: row.shaped('newest', isInstantOrNull) }),
	);
	return rows.map(({ id, host, nodeId, newest }) => {
		const unseen = connection.first(
			'SELECT count(*) AS count FROM pull_request INDEXED BY pull_request_by_update WHERE repository_id = ? AND updated_at > ?',
			[id, seen.get(`${host} ${nodeId}`) ?? otherwise],
			(row) => row.number('count'),
		);
		return { host, nodeId, newest, unseen: unseen ?? 0 };
	});
}
