import type { Connection } from '../sqlite/connection';
import { columnsOf, repositoryTables } from './repositoryRows';

/** Everybody who was seen in a repository; when somebody was seen last is nothing that a comparison is about. */
const PEOPLE = `(SELECT json_group_array(json_array(login, kind, node_id)) FROM (
	SELECT seen.login, kind, member.node_id FROM repository_member AS seen JOIN repository ON id = repository_id
	LEFT JOIN member ON member.host = repository.host AND member.login = seen.login
	WHERE repository_id = ?1 ORDER BY seen.login))`;

/** The rows of one repository as text, so that what they were can be compared with what they are. */
export class StoredRows {
	/** The tables with lists of a pull request. */
	private readonly lists: string[];
	private readonly all: string;

	constructor(
		private readonly connection: Connection,
		private readonly repositoryId: number,
	) {
		this.lists = repositoryTables(connection).filter((table) => ['number', 'position'].every((column) => columnsOf(connection, table).includes(column)));
		const texts = ['pull_request', ...this.lists].map((table) => `(${this.textOf(table, 'number = ?2', this.lists.includes(table) ? 'position' : 'number')})`);
		this.all = `SELECT ${texts.join(' || ')} AS rows`;
	}

	/** All of a pull request. */
	of(number: number): string {
		return this.connection.first(this.all, [this.repositoryId, number], (row) => row.text('rows')) ?? '';
	}

	/** Labels, milestones and people. */
	catalogue(): string {
		const texts = Object.entries({ label: 'node_id', milestone: 'node_id' }).map(([table, key]) => `(${this.textOf(table, 'true', key)})`);
		return this.connection.first(`SELECT ${[...texts, PEOPLE].join(' || ')} AS rows`, [this.repositoryId], (row) => row.text('rows')) ?? '';
	}

	/** Numbers of which there are lists, but no pull request. */
	strays(): number[] {
		const walks = this.lists.map((table) => `SELECT DISTINCT number FROM ${table} WHERE repository_id = ?1`);
		return this.connection.all(
			`SELECT number FROM (${walks.join(' UNION ')}) WHERE number NOT IN (SELECT number FROM pull_request WHERE repository_id = ?1)`,
			[this.repositoryId],
			(row) => row.number('number'),
		);
	}

	/** Drops all of a pull request, also lists that are nobody's. */
	drop(number: number): void {
		for (const table of [...this.lists, 'pull_request']) {
			this.connection.run(`DELETE FROM ${table} WHERE repository_id = ? AND number = ?`, this.repositoryId, number);
		}
	}

	/** A query for some of a table's rows as one text. Where in a list a row stands counts, not by which number: deleted ones leave gaps. */
	private textOf(table: string, which: string, order: string): string {
		const columns = columnsOf(this.connection, table).filter((column) => column !== 'position');
		return `SELECT json_group_array(json_array(${columns.join(', ')})) FROM (SELECT * FROM ${table} WHERE repository_id = ?1 AND ${which} ORDER BY ${order})`;
	}
}
