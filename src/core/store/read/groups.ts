import { WAITING } from '../../insights/turn';
import type { Connection } from '../sqlite/connection';
import type { Row } from '../sqlite/row';
import { ANY_STATE, ofRepositories, ofStates, type Condition } from '../sqlite/condition';
import type { PullRequestFilter } from './filter';
import { GROUPINGS, NOT_KNOWN, personOf, type Grouping } from './groupings';
import { countable, STATES } from './hits';
import { milestones, type MilestoneRow, type MilestoneStanding } from './milestones';

/** A group of one tree. `key` is `null` for the pull requests that have none, {@link NOT_KNOWN} for those of which that is not known. */
export interface Group {
	key: string | null;
	/** What to call it: milestone title, label name, login, team. Empty for what is in none, or not known. */
	title: string;
	count: number;
	/** Reviewers only. */
	isTeam?: true;
	/** Not a group, but what of some pull requests is not known. */
	isUnknown?: true;
	/** Labels only: six hexadecimal digits. */
	color?: string;
	/** Milestones only. */
	milestone?: MilestoneStanding;
}

/** A group of one repository. Its key is a milestone's or label's node id, a person's login, or stands for a team. */
export interface GroupRow extends Group {
	repositoryId: number;
	milestone?: MilestoneRow;
}

/** What a filter can ask for without looking into the pull requests of a group. */
const WHOLE_GROUPS = new Set<string>(['repositoryId', 'repositoryIds', 'states'] satisfies (keyof PullRequestFilter)[]);

/** The groups that hold at least one of the filter's pull requests, then those without any such thing, then what is not known. */
export function groups(connection: Connection, by: Grouping, filter: PullRequestFilter): GroupRow[] {
	const named = countedGroups(connection, by, filter);
	return [...(by === 'milestone' ? withProgress(named, milestones(connection, filter)) : named), ...looseGroups(connection, by, filter)];
}

function withProgress(named: readonly GroupRow[], all: readonly MilestoneRow[]): GroupRow[] {
	const byKey = new Map(named.map((group) => [`${group.repositoryId} ${group.key ?? ''}`, group]));
	return all.flatMap((milestone) => {
		const group = byKey.get(`${milestone.repositoryId} ${milestone.nodeId}`);
		return group ? [{ ...group, milestone }] : [];
	});
}

/** {@link groups} without the milestones' progress and their order, and without those that have no such thing, or of which that is not known. */
export function countedGroups(connection: Connection, by: Grouping, filter: PullRequestFilter): GroupRow[] {
	const counts = countsByKey(by, filter);
	const counted = (sql: string, read: (row: Row) => GroupRow) =>
		counts === undefined ? [] : connection.all(`WITH counted AS MATERIALIZED (${counts.sql}) ${sql}`, counts.values, read);
	const basis = (row: Row) => ({
		repositoryId: row.number('repository_id'),
		key: row.text('key'),
		count: row.number('count'),
	});
	switch (by) {
		case 'label':
			return counted(
				`SELECT counted.*, label.name, label.color FROM counted
				JOIN label ON label.repository_id = counted.repository_id AND label.node_id = counted.key
				WHERE counted.count > 0 ORDER BY label.name COLLATE NOCASE, label.name, counted.repository_id, counted.key`,
				(row) => ({ ...basis(row), title: row.text('name'), color: row.text('color') }),
			);
		case 'turn':
			return inTurnOrder(counted('SELECT * FROM counted', (row) => ({ ...basis(row), title: row.text('key') })));
		case 'author':
		case 'assignee':
		case 'reviewer':
			return counted('SELECT * FROM counted WHERE key IS NOT NULL ORDER BY key COLLATE NOCASE, repository_id', (row) => ({
				...basis(row),
				...personOf(by, row.text('key')),
			}));
		case 'milestone':
			return counted(
				`SELECT counted.*, milestone.title FROM counted
				JOIN milestone ON milestone.repository_id = counted.repository_id AND milestone.node_id = counted.key
				WHERE counted.count > 0`,
				(row) => ({ ...basis(row), title: row.text('title') }),
			);
	}
}

/** How many of a filter each key has, as `repository_id`, `key` and `count`, which may be none; `undefined` when no state is wanted. */
function countsByKey(by: Grouping, filter: PullRequestFilter): Condition | undefined {
	const { table, key, list, repeats } = GROUPINGS[by];
	if (list !== undefined && Object.keys(filter).every((asked) => WHOLE_GROUPS.has(asked))) {
		// To count a stretch of the index takes half the time of comparing its keys with each other.
		const ofState = ofStates(filter.states) ?? { sql: ANY_STATE, values: [] };
		const ofList = ofRepositories(filter);
		return {
			sql: `SELECT repository_id, node_id AS key, (
				SELECT count(*) FROM ${table} WHERE repository_id = ${list.table}.repository_id AND ${ofState.sql} AND ${key} = ${list.table}.node_id
			) AS count FROM ${list.table} WHERE ${ofList.sql}`,
			values: [...ofState.values, ...ofList.values],
		};
	}
	// State by state each count is one walk along an index, in its order.
	const parts = (filter.states ?? STATES).map((state) => countable({ ...filter, states: [state] }));
	const walks = parts.map(({ sql }) => `SELECT repository_id, ${key} AS key, count(${repeats ? 'DISTINCT number' : '*'}) AS count FROM ${table} WHERE ${sql} GROUP BY 1, 2`);
	return walks.length === 0
		? undefined
		: {
				sql: `SELECT repository_id, max(key) AS key, sum(count) AS count FROM (${walks.join(' UNION ALL ')}) GROUP BY repository_id, key`,
				values: parts.flatMap(({ values }) => values),
			};
}

/** For each repository, what has no such thing; then, for each, of what that is not known. */
export function looseGroups(connection: Connection, by: Grouping, filter: PullRequestFilter): GroupRow[] {
	const { without, unknown } = GROUPINGS[by];
	const { sql, values } = countable({ ...filter, states: filter.states ?? STATES });
	const places = [{ ...without, key: null }, ...(unknown ? [{ ...unknown, key: NOT_KNOWN }] : [])];
	return places.flatMap(({ table, where, key }) =>
		connection.all(
			`SELECT repository_id, count(*) AS count FROM ${table} WHERE ${sql} AND ${where}
			GROUP BY repository_id ORDER BY repository_id`,
			values,
			(row) => ({ repositoryId: row.number('repository_id'), key, title: '', count: row.number('count'), ...(key === NOT_KNOWN && { isUnknown: true }) }),
		),
	);
}

/** The groups by turn in the order in which turns are listed. */
export function inTurnOrder<T extends Group>(found: readonly T[]): T[] {
	const place = ({ key }: Group) => WAITING.findIndex((one) => one === key);
	return [...found].sort((one, other) => place(one) - place(other));
}
