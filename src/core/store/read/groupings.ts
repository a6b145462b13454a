import { OPEN_TURNS } from '../sqlite/openTurns';
import { and, type Condition } from '../sqlite/condition';
import { equalsText } from '../sqlite/textConditions';

/** What pull requests are grouped by. A new grouping is one more of {@link GROUPINGS}. */
export type Grouping = 'milestone' | 'label' | 'author' | 'assignee' | 'reviewer' | 'turn';

/** The key of the group of those of which it is not known in which groups they are. Nobody's login, no team and no id is that. */
export const NOT_KNOWN = '?';

/** What the key of a team begins with, so that it is not a person's. No login does; it sorts behind all that do not. */
const TEAM = '~';

interface Place {
	table: string;
	where: string;
}

interface GroupingTables {
	/**
	 * Where the members of a group are found, and by which column or expression. Indexes by name: without statistics SQLite would prefer one
	 * that gives the order, and look into every row for the rest.
	 */
	table: string;
	key: string;
	/** A pull request may stand in a group more than once, in the table. */
	repeats?: true;
	/** Where what is in no group is found, and by what. */
	without: Place;
	/** Where that is found of which not all groups are known, and by what. */
	unknown?: Place;
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
	reviewer: {
		table: 'review_request',
		key: `iif(kind = 'TEAM', '${TEAM}', '') || login COLLATE NOCASE`,
		repeats: true,
		without: { table: 'pull_request INDEXED BY pull_request_without_reviewer', where: 'requested_reviews = 0' },
		unknown: { table: 'pull_request INDEXED BY pull_request_by_state', where: 'requested_reviews IS NULL' },
	},
	turn: {
		table: OPEN_TURNS,
		key: 'waits_for',
		// It is nobody's turn with what is closed.
		without: { table: 'pull_request INDEXED BY pull_request_by_state', where: "state <> 'OPEN'" },
	},
};

/** What to call the group of a key, where the key is all that it has: a login, or a team. */
export function personOf(by: Grouping, key: string): { title: string; isTeam?: true } {
	return by === 'reviewer' && key.startsWith(TEAM) ? { title: key.slice(TEAM.length), isTeam: true } : { title: key };
}

/** The members of one group, as a table and the condition on it; `null` for what is in none. @param where what must hold besides */
export function inGroup(by: Grouping, key: string | null, where: Condition): Condition {
	const { without, unknown } = GROUPINGS[by];
	if (key === null) {
		return inPlace(without, where);
	}
	return unknown && key === NOT_KNOWN ? inPlace(unknown, where) : members(by, and(where, ofKey(by, key)));
}

/** The members of all groups of a title, in whatever case; where keys are all that groups have, of a key. */
export function inGroupsOfTitle(by: Grouping, title: string, where: Condition): Condition {
	return GROUPINGS[by].list ? members(by, and(where, ofTitle(by, title))) : inGroup(by, title, where);
}

/** That a row of a grouping's table is in a group of that title. */
export function ofTitle(by: Grouping, title: string): Condition {
	const { key, list } = GROUPINGS[by];
	if (list === undefined) {
		return ofKey(by, title);
	}
	const { sql, values } = equalsText(list.title, [title]);
	return { sql: `(repository_id, ${key}) IN (SELECT repository_id, node_id FROM ${list.table} WHERE ${sql})`, values };
}

function ofKey(by: Grouping, key: string): Condition {
	if (by !== 'reviewer') {
		return { sql: `${GROUPINGS[by].key} = ?`, values: [key] };
	}
	// In words that the index can follow.
	const { title, isTeam } = personOf(by, key);
	return { sql: `login = ? AND kind ${isTeam ? '=' : '<>'} 'TEAM'`, values: [title] };
}

function members(by: Grouping, where: Condition): Condition {
	const { table, repeats } = GROUPINGS[by];
	const { sql, values } = from(table, where);
	return repeats ? { sql: `(SELECT DISTINCT repository_id, number, state, updated_at FROM ${sql})`, values } : { sql, values };
}

function inPlace(place: Place, where: Condition): Condition {
	return from(place.table, and(where, { sql: place.where, values: [] }));
}

function from(table: string, { sql, values }: Condition): Condition {
	return { sql: `${table} WHERE ${sql}`, values };
}
