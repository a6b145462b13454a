import type { Connection } from '../sqlite/connection';
import { ofRepositories, type RepositoryScope } from '../sqlite/condition';

/** Everybody who wrote one of the stored pull requests, by name; one login is one person, in whatever case. */
export function authors(connection: Connection, scope: RepositoryScope = {}): string[] {
	const { sql, values } = ofRepositories(scope);
	return connection.all(
		`SELECT max(login) AS login FROM repository_member AS seen
		WHERE ${sql} AND EXISTS (SELECT 1 FROM pull_request WHERE repository_id = seen.repository_id AND author_login = seen.login)
		GROUP BY seen.login COLLATE NOCASE ORDER BY seen.login COLLATE NOCASE`,
		values,
		(row) => row.text('login'),
	);
}
