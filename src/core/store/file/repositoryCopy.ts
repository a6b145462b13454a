import { freeRepositoryId } from '../write/catalogWriter';
import type { Connection } from '../sqlite/connection';
import { columnsOf, dropRows, repositoryTables } from '../write/repositoryRows';
import type { RepositoryIdentity } from '../../model/repository';

/** Every repository of a database. */
export function allRepositories(connection: Connection): RepositoryIdentity[] {
	return connection.all('SELECT host, node_id FROM repository', [], (row) => ({
		host: row.text('host'),
		nodeId: row.text('node_id'),
	}));
}

/**
 * Makes each of these repositories in `target` what it is in `source`, where both are of the newest version.
 * What `source` does not have is dropped; another repository of the same name gives way.
 */
export function copyRepositories(source: Connection, target: Connection, identities: RepositoryIdentity[]): void {
	target.run('ATTACH ? AS source', source.location);
	try {
		// The rows come from a sound database and leave as wholes, so asking about every one would be for nothing.
		target.transactionWithoutForeignKeys(() => {
			for (const identity of identities) {
				copyRepository(target, identity);
			}
			target.run(
				`INSERT INTO main.member (host, login, kind, node_id, seen_at) SELECT host, login, kind, node_id, seen_at FROM source.member WHERE true
				ON CONFLICT DO UPDATE SET login = excluded.login, kind = excluded.kind, node_id = ifnull(excluded.node_id, node_id), seen_at = excluded.seen_at
				WHERE excluded.seen_at >= seen_at`,
			);
			target.run(
				`INSERT INTO main.viewer (host, login, teams, seen_at) SELECT host, login, teams, seen_at FROM source.viewer WHERE true
				ON CONFLICT DO UPDATE SET login = excluded.login, teams = ifnull(excluded.teams, teams), seen_at = excluded.seen_at
				WHERE excluded.seen_at >= seen_at`,
			);
		});
	} finally {
		// A statement that still names the attached database would keep it.
		target.release();
		target.run('DETACH source');
	}
}

function copyRepository(target: Connection, { host, nodeId }: RepositoryIdentity): void {
	dropRows(target, repositoryId(target, { host, nodeId }));
	const found = target.first(
		'SELECT id, name_with_owner FROM source.repository WHERE host = ? AND node_id = ?',
		[host, nodeId],
		(row) => ({ id: row.number('id'), name: row.text('name_with_owner') }),
	);
	if (found === undefined) {
		return;
	}
	const bearer = target.first(
		'SELECT id FROM main.repository WHERE host = ? AND name_with_owner = ?',
		[host, found.name],
		(row) => row.number('id'),
	);
	dropRows(target, bearer);
	const id = freeRepositoryId(target, host, nodeId);
	// Rows that another tool has left there are nobody's.
	dropRows(target, id);
	for (const table of ['repository', ...repositoryTables(target)]) {
		const key = table === 'repository' ? 'id' : 'repository_id';
		const others = columnsOf(target, table).filter((column) => column !== key);
		target.run(
			`INSERT INTO main.${table} (${key}, ${others.join(', ')})
			SELECT ?, ${others.join(', ')} FROM source.${table} WHERE ${key} = ?`,
			id,
			found.id,
		);
	}
}

/**
 * The repositories that are not the same in both, save those to be left alone and those whose name such a one
 * bears in `mine`.
 */
export function differingRepositories(
	mine: Connection,
	theirs: Connection,
	leaveAlone: RepositoryIdentity[],
): RepositoryIdentity[] {
	const keyOf = ({ host, nodeId }: RepositoryIdentity) => `${host} ${nodeId}`;
	const alone = new Set(leaveAlone.map(keyOf));
	const left = revisions(mine);
	const right = revisions(theirs);
	const names = new Set([...left.values()].filter((row) => alone.has(keyOf(row))).map((row) => row.name));
	return [...new Map([...left, ...right])]
		.filter(([key, row]) => left.get(key)?.revision !== right.get(key)?.revision && !alone.has(key) && !names.has(row.name))
		.map(([, { host, nodeId }]) => ({ host, nodeId }));

	function revisions(connection: Connection): Map<string, RepositoryIdentity & { name: string; revision: string }> {
		return new Map(
			connection
				.all('SELECT host, node_id, name_with_owner, revision FROM repository', [], (row) => ({
					host: row.text('host'),
					nodeId: row.text('node_id'),
					name: `${row.text('host')} ${row.text('name_with_owner').toLowerCase()}`,
					revision: row.text('revision'),
				}))
				.map((row) => [keyOf(row), row]),
		);
	}
}

/** How many pull requests these repositories have. */
export function sizeOf(connection: Connection, identities: RepositoryIdentity[]): number {
	return identities.reduce(
		(sum, { host, nodeId }) =>
			sum +
			(connection.first(
				'SELECT count(*) AS count FROM pull_request WHERE repository_id = (SELECT id FROM repository WHERE host = ? AND node_id = ?)',
				[host, nodeId],
				(row) => row.number('count'),
			) ?? 0),
		0,
	);
}

/** Drops a repository's rows, and the members of its host who were seen in no other repository. */
export function removeRepository(connection: Connection, identity: RepositoryIdentity): void {
	connection.transactionWithoutForeignKeys(() => {
		dropRows(connection, repositoryId(connection, identity));
		forgetMembers(connection, identity.host);
	});
}

function repositoryId(connection: Connection, { host, nodeId }: RepositoryIdentity): number | undefined {
	return connection.first('SELECT id FROM main.repository WHERE host = ? AND node_id = ?', [host, nodeId], (row) =>
		row.number('id'),
	);
}

function forgetMembers(connection: Connection, host: string): void {
	connection.run(
		`DELETE FROM member WHERE host = ?1 AND login NOT IN (
			SELECT login FROM repository_member WHERE repository_id IN (SELECT id FROM repository WHERE host = ?1)
		)`,
		host,
	);
}
