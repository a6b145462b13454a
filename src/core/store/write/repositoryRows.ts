import type { Connection } from '../sqlite/connection';

/** The tables whose rows belong to a repository, each after those it refers to. */
export function repositoryTables(connection: Connection): string[] {
	return connection.all(
		`SELECT name FROM main.sqlite_schema AS made
		WHERE type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(made.name) AS info WHERE info.name = 'repository_id')
		ORDER BY rowid`,
		[],
		(row) => row.text('name'),
	);
}

/** The names of a table's columns, in their order. */
export function columnsOf(connection: Connection, table: string): string[] {
	return connection.all('SELECT name FROM pragma_table_info(?)', [table], (row) => row.text('name'));
}

/** Drops every row that names a repository, table by table: the cascade would look up every pull request in every table. */
export function dropRows(connection: Connection, id: number | undefined): void {
	if (id === undefined) {
		return;
	}
	for (const table of repositoryTables(connection)) {
		connection.run(`DELETE FROM main.${table} WHERE repository_id = ?`, id);
	}
	connection.run('DELETE FROM main.repository WHERE id = ?', id);
}
