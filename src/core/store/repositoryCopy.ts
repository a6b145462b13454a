import { freeRepositoryId } from './catalogWriter';
import type { Connection } from './connection';

/** A repository as no other can be: by its host and GraphQL node id. */
export interface RepositoryIdentity {
	host: string;
	nodeId: string;
}

/**
 * Makes a repository's rows in `target` what they are in `source`, where both are of the newest version.
 * What `source` does not have is dropped.
 */
export function copyRepositories(source: Connection, target: Connection, identities: RepositoryIdentity[]): void {
	target.run('ATTACH ? AS source', source.location);
	try {
		target.transaction(() => {
			for (const identity of identities) {
				copyRepository(target, identity);
			}
			target.run(
				`INSERT INTO main.member (host, login, kind) SELECT host, login, kind FROM source.member WHERE true
				ON CONFLICT DO UPDATE SET login = excluded.login, kind = excluded.kind`,
			);
		});
	} finally {
		// A statement that still names the attached database would keep it.
		target.release();
		target.run('DETACH source');
	}
}

function copyRepository(target: Connection, { host, nodeId }: RepositoryIdentity): void {
	removeRepository(target, { host, nodeId });
	const found = target.first(
		'SELECT id, name_with_owner FROM source.repository WHERE host = ? AND node_id = ?',
		[host, nodeId],
		(row) => ({ id: row.number('id'), name: row.text('name_with_owner') }),
	);
	if (found === undefined) {
		return;
	}
	target.run('DELETE FROM main.repository WHERE host = ? AND name_with_owner = ?', host, found.name);
	const id = freeRepositoryId(target, host, nodeId);
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

/** The tables whose rows belong to a repository, each after those it refers to. */
function repositoryTables(connection: Connection): string[] {
	return connection.all(
		`SELECT name FROM main.sqlite_schema AS made
		WHERE type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(made.name) AS info WHERE info.name = 'repository_id')
		ORDER BY rowid`,
		[],
		(row) => row.text('name'),
	);
}

function columnsOf(connection: Connection, table: string): string[] {
	return connection.all('SELECT name FROM pragma_table_info(?)', [table], (row) => row.text('name'));
}

/** Drops a repository's rows; `false` when there were none. */
export function removeRepository(connection: Connection, { host, nodeId }: RepositoryIdentity): boolean {
	const id = connection.first('SELECT id FROM main.repository WHERE host = ? AND node_id = ?', [host, nodeId], (row) =>
		row.number('id'),
	);
	if (id === undefined) {
		return false;
	}
	// Table by table is one walk each; the cascade would look up every pull request in every table.
	for (const table of repositoryTables(connection).reverse()) {
		connection.run(`DELETE FROM main.${table} WHERE repository_id = ?`, id);
	}
	connection.run('DELETE FROM main.repository WHERE id = ?', id);
	return true;
}

/** Drops the members of a host whom no stored pull request names any more. */
export function forgetMembers(connection: Connection, host: string): void {
	const mentions = [
		'SELECT author_login FROM pull_request',
		'SELECT login FROM pull_request_assignee',
		'SELECT author_login FROM review',
		'SELECT login FROM review_request',
	].map((select) => `${select} WHERE repository_id IN (SELECT id FROM repository WHERE host = ?1)`);
	// "NOT IN" is never true beside a NULL, and a deleted author is one.
	connection.run(
		`WITH mentioned (login) AS (${mentions.join(' UNION ')})
		DELETE FROM member WHERE host = ?1 AND login NOT IN (SELECT login FROM mentioned WHERE login IS NOT NULL)`,
		host,
	);
}
