import type { Viewer } from '../../model/viewer';
import type { Connection } from '../sqlite/connection';

/** Who signed in to each host last, by host. */
export function viewers(connection: Connection): (Viewer & { host: string })[] {
	const newest = 'NOT EXISTS (SELECT 1 FROM viewer AS other WHERE other.host = viewer.host AND (other.seen_at, other.login) > (viewer.seen_at, viewer.login))';
	return connection.all(`SELECT host, login, teams FROM viewer WHERE ${newest} ORDER BY host`, [], (row) => ({
		host: row.text('host'),
		login: row.text('login'),
		teams: row.textOrNull('teams') === null ? null : row.list('teams'),
	}));
}
