import { and, type Condition } from '../sqlite/condition';
import { equalsText } from '../sqlite/textConditions';

/** What pull requests are grouped by. A new grouping is one more of {@link GROUPINGS}. */
export type Grouping = 'milestone' | 'label' | 'author' | 'assignee';

interface GroupingTables {
	/**
	 * Where the members of a group are found, and by which column. Indexes by name: without statistics SQLite would prefer one
	 * that gives the order, and look into every row for the rest.
	 */
	table: string;
	key: string;
	/** Where what is in no group is found, and by what. */
	without: { table: string; where: string };
	/** Where all groups of a repository are listed by their node id, used or not, with what to call them; else the key is the title. */
	list?: { table: 'milestone' | 'label'; title: string };
}

export const GROUPINGS: Record<Grouping, GroupingTables> = {
	milestone: {
		table: 'pull_request INDEXED BY pull_request_by_milestone',
		key: 'milestone_node_id',
		without: { table: 'pull_request INDEXED BY pull_request_without_milestone', where: 'milestone_number IS NULL' },
		list: { table: 'milestone', title: 'title' },
	},
	label: {
		table: 'pull_request_label',
		key: 'label_node_id',
		without: { table: 'pull_request INDEXED BY pull_request_without_label', where: "labels = '[]'" },
		list: { table: 'label', title: 'name' },
	},
	author: {
		table: 'pull_request INDEXED BY pull_request_by_author',
		key: 'author_login',
		without: { table: 'pull_request INDEXED BY pull_request_by_author', where: 'author_login IS NULL' },
	},
	assignee: {
		table: 'pull_request_assignee',
		key: 'login',
		without: { table: 'pull_request INDEXED BY pull_request_without_assignee', where: "assignees = '[]'" },
	},
};

/** The members of one group, as a table and the condition on it; `null` for what is in none. @param where what must hold besides */
export function inGroup(by: Grouping, key: string | null, where: Condition): Condition {
	const { table, key: column, without } = GROUPINGS[by];
	return key === null ? from(without.table, and(where, { sql: without.where, values: [] })) : from(table, and(where, { sql: `${column} = ?`, values: [key] }));
}

/** The members of all groups of a title, in whatever case. */
export function inGroupsOfTitle(by: Grouping, title: string, where: Condition): Condition {
	return from(GROUPINGS[by].table, and(where, ofTitle(by, title)));
}

/** That a row of a grouping's table is in a group of that title. */
export function ofTitle(by: Grouping, title: string): Condition {
	const { key, list } = GROUPINGS[by];
	if (list === undefined) {
		return { sql: `${key} = ?`, values: [title] };
	}
	const { sql, values } = equalsText(list.title, [title]);
	return { sql: `(repository_id, ${key}) IN (SELECT repository_id, node_id FROM ${list.table} WHERE ${sql})`, values };
}

function from(table: string, { sql, values }: Condition): Condition {
	return { sql: `${table} WHERE ${sql}`, values };
}
