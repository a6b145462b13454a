import type { Viewer } from '../../model/viewer';
import type { Connection } from '../sqlite/connection';

/**
 * Notes who signs in to a host, where that is not what is known already.
 * @param owner whose teams these are; those of others stay
 * @param seenAt milliseconds since the Unix epoch by the server's clock
 */
export function writeViewer(connection: Connection, host: string, { login, teams }: Viewer, owner: string, seenAt: number): void {
	const known = connection.first('SELECT teams FROM viewer WHERE host = ? AND login = ?', [host, login], (row) => (row.textOrNull('teams') === null ? null : row.list('teams')));
	const others = known?.filter((team) => !team.toLowerCase().startsWith(`${owner.toLowerCase()}/`)) ?? [];
	const all = teams === null ? (known ?? null) : [...others, ...teams].sort();
	connection.run(
		`INSERT INTO viewer (host, login, teams, seen_at) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT DO UPDATE SET login = excluded.login, teams = excluded.teams, seen_at = excluded.seen_at
		WHERE login <> excluded.login COLLATE BINARY OR excluded.teams IS NOT teams
			OR EXISTS (SELECT 1 FROM viewer AS other WHERE other.host = ?1 AND other.login <> ?2 AND other.seen_at >= viewer.seen_at)`,
		host,
		login,
		all && JSON.stringify(all),
		seenAt,
	);
}
