import type { Connection } from '../sqlite/connection';

/** Past which share of a file nobody's pages are worth the work of writing it anew. */
const WORTH_IT = 1 / 4;

/** SQLite keeps the pages of rows that are gone in the file, and what stood in them. Once that is much of it, it is given back. */
export function giveBackFreePages(connection: Connection): void {
	const { free, all } = connection.first('SELECT freelist_count AS free, page_count AS "all" FROM pragma_freelist_count, pragma_page_count', [], (row) => ({
		free: row.number('free'),
		all: row.number('all'),
	})) ?? { free: 0, all: 0 };
	if (free > all * WORTH_IT) {
		connection.compact();
	}
}
