import { isInstantOrNull } from '../../model/guards';
import type { PullRequestState } from '../../model/pullRequest';
import { isHost, isNameWithOwner } from '../../model/repository';
import { ofAttributes } from './attributeConditions';
import { and, ANY_STATE, ofRepositories, ofStates } from './condition';
import type { Condition } from './condition';
import type { Connection } from '../sqlite/connection';
import { inMergedGroup } from './mergedKey';
import { milestones } from './milestones';
import { orderSql, readPullRequest, ROW_COLUMNS } from './pullRequestRow';
import type { Row } from '../sqlite/row';
import { MAX_PAGE } from '../store';
import type { GroupRow, Grouping, MilestoneRow, Page, PullRequestCounts, PullRequestFilter, PullRequestOrder, PullRequestRow, RepositoryIdentity, RepositoryRow, RepositoryStanding } from '../store';
import { ofSelection } from './workParts';

/** A filter without its group, as a condition on `pull_request`. */
export function ofFilter({ repositoryId, repositoryIds, states, work, ...attributes }: PullRequestFilter): Condition {
	const scope = { ...(repositoryId !== undefined && { repositoryId }), ...(repositoryIds && { repositoryIds }) };
	const narrowing = [...(work === undefined ? [] : [ofSelection(work)]), ...ofAttributes(attributes, states)];
	return narrowing.reduce(and, and(ofRepositories(scope), ofStates(states)));
}

const STATES: PullRequestState[] = ['OPEN', 'CLOSED', 'MERGED'];

const WITHOUT: Record<Grouping, string> = {
	milestone: 'milestone_number IS NULL',
	label: "labels = '[]'",
	assignee: "assignees = '[]'",
};

// Indexes by name: without statistics SQLite would prefer one that gives the order, and look into every row for the rest.
const WITH: Record<Grouping, { table: string; key: string }> = {
	milestone: { table: 'pull_request INDEXED BY pull_request_by_milestone', key: 'milestone_node_id' },
	label: { table: 'pull_request_label', key: 'label_node_id' },
	assignee: { table: 'pull_request_assignee', key: 'login' },
};

/** Where all groups of a repository are listed by their node id, used or not. */
const LISTS: Partial<Record<Grouping, string>> = { milestone: 'milestone', label: 'label' };

/** What a filter can ask for without looking into the pull requests of a group. */
const WHOLE_GROUPS = new Set<string>(['repositoryId', 'repositoryIds', 'states'] satisfies (keyof PullRequestFilter)[]);

const WITHOUT_TABLE: Record<Grouping, string> = {
	milestone: 'pull_request INDEXED BY pull_request_without_milestone',
	label: 'pull_request INDEXED BY pull_request_without_label',
	assignee: 'pull_request INDEXED BY pull_request_without_assignee',
};

/** Where the pull requests of a filter are found in order of their update: a table and the condition on it. */
function hits(filter: PullRequestFilter): Condition {
	if (filter.group === undefined) {
		const { sql, values } = ofFilter(filter);
		return { sql: `pull_request WHERE ${sql}`, values };
	}
	const { by, key, merged = false } = filter.group;
	const base = and(ofFilter(filter), filter.states === undefined ? { sql: ANY_STATE, values: [] } : undefined);
	if (key === null) {
		return { sql: `${WITHOUT_TABLE[by]} WHERE ${base.sql} AND ${WITHOUT[by]}`, values: base.values };
	}
	const { sql, values } = and(base, merged ? inMergedGroup(by, key) : { sql: `${WITH[by].key} = ?`, values: [key] });
	return { sql: `${WITH[by].table} WHERE ${sql}`, values };
}

/** One page; the body of a pull request is not read. */
export function pullRequests(connection: Connection, filter: PullRequestFilter, page: Page): PullRequestRow[] {
	const { sql, values } = hits(filter);
	const order = page.order ?? NEWEST_UPDATE;
	// The tables of the groups don't have the time of creation.
	const isElsewhere = order.by === 'created' && filter.group !== undefined;
	const found = isElsewhere ? `(SELECT repository_id, number FROM ${sql}) JOIN pull_request USING (repository_id, number)` : sql;
	return connection.all(
		`SELECT ${ROW_COLUMNS}
		FROM (
			SELECT repository_id, number FROM ${found}
			ORDER BY ${filter.states === undefined ? orderSql(order) : sorted(order)} LIMIT ? OFFSET ?
		) JOIN pull_request USING (repository_id, number)
		ORDER BY ${orderSql(order)}`,
		[...values, Math.min(page.limit, MAX_PAGE), page.offset],
		readPullRequest,
	);
}

/** How many there are, by state. */
export function countPullRequests(connection: Connection, filter: PullRequestFilter): PullRequestCounts {
	const counts: PullRequestCounts = { OPEN: 0, CLOSED: 0, MERGED: 0 };
	const { sql, values } = hits({ ...filter, states: filter.states ?? STATES });
	for (const { state, count } of connection.all(`SELECT state, count(*) AS count FROM ${sql} GROUP BY state`, values, (row) => ({ state: row.text('state'), count: row.number('count') }))) {
		counts[state as PullRequestState] = count;
	}
	return counts;
}

/** An order for what an index has found by state: to sort that is less work than to look at all in order of their numbers. */
function sorted(order: PullRequestOrder): string {
	return order.by === 'number' ? `+${orderSql(order)}` : orderSql(order);
}

const NEWEST_UPDATE: PullRequestOrder = { by: 'updated', ascending: false };

/** The groups that hold at least one of the filter's pull requests, then those without any such thing. */
export function groups(connection: Connection, by: Grouping, filter: PullRequestFilter): GroupRow[] {
	const named = countedGroups(connection, by, filter);
	return [...(by === 'milestone' ? withProgress(named, milestones(connection, filter)) : named), ...groupsWithout(connection, by, filter)];
}

function withProgress(named: readonly GroupRow[], all: readonly MilestoneRow[]): GroupRow[] {
	const byKey = new Map(named.map((group) => [`${group.repositoryId} ${group.key ?? ''}`, group]));
	return all.flatMap((milestone) => {
		const group = byKey.get(`${milestone.repositoryId} ${milestone.nodeId}`);
		return group ? [{ ...group, milestone }] : [];
	});
}

/** {@link groups} without the milestones' progress and their order, and without those that have no such thing. */
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
		case 'assignee':
			return counted('SELECT * FROM counted ORDER BY key COLLATE NOCASE, repository_id', (row) => ({
				...basis(row),
				title: row.text('key'),
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
	const { table, key } = WITH[by];
	const list = LISTS[by];
	if (list !== undefined && Object.keys(filter).every((asked) => WHOLE_GROUPS.has(asked))) {
		// To count a stretch of the index takes half the time of comparing its keys with each other.
		const ofState = ofStates(filter.states) ?? { sql: ANY_STATE, values: [] };
		const ofList = ofRepositories(filter);
		return {
			sql: `SELECT repository_id, node_id AS key, (
				SELECT count(*) FROM ${table} WHERE repository_id = ${list}.repository_id AND ${ofState.sql} AND ${key} = ${list}.node_id
			) AS count FROM ${list} WHERE ${ofList.sql}`,
			values: [...ofState.values, ...ofList.values],
		};
	}
	// State by state each count is one walk along an index, in its order.
	const parts = (filter.states ?? STATES).map((state) => countable({ ...filter, states: [state] }));
	const walks = parts.map(({ sql }) => `SELECT repository_id, ${key} AS key, count(*) AS count FROM ${table} WHERE ${sql} GROUP BY 1, 2`);
	return walks.length === 0
		? undefined
		: {
				sql: `SELECT repository_id, max(key) AS key, sum(count) AS count FROM (${walks.join(' UNION ALL ')}) GROUP BY repository_id, key`,
				values: parts.flatMap(({ values }) => values),
			};
}

/** For each repository, what has no such thing. */
export function groupsWithout(connection: Connection, by: Grouping, filter: PullRequestFilter): GroupRow[] {
	const { sql, values } = countable({ ...filter, states: filter.states ?? STATES });
	return connection.all(
		`SELECT repository_id, count(*) AS count FROM ${WITHOUT_TABLE[by]} WHERE ${sql} AND ${WITHOUT[by]}
		GROUP BY repository_id ORDER BY repository_id`,
		values,
		(row) => ({ repositoryId: row.number('repository_id'), key: null, title: '', count: row.number('count') }),
	);
}

/** A filter as a condition on any table that has a pull request's state, such as one that groups by something else. */
function countable(filter: PullRequestFilter): Condition {
	const base = ofFilter(filter);
	if (filter.group === undefined) {
		return base;
	}
	const inGroup = hits(filter);
	return {
		sql: `${base.sql} AND (repository_id, number) IN (SELECT repository_id, number FROM ${inGroup.sql})`,
		values: [...base.values, ...inGroup.values],
	};
}

/** Every stored repository, by name. */
export function repositories(connection: Connection): RepositoryRow[] {
	return connection.all(
		`SELECT id, host, name_with_owner, node_id, pushed_at, synced_at, total_count, cache_position,
			(SELECT count(*) FROM pull_request WHERE repository_id = repository.id) AS total,
			(SELECT count(*) FROM pull_request WHERE repository_id = repository.id AND state = 'OPEN') AS open,
			(SELECT count(*) FROM pull_request WHERE repository_id = repository.id AND partial <> '[]') AS incomplete
		FROM repository ORDER BY name_with_owner, host`,
		[],
		(row) => ({
			id: row.number('id'),
			host: row.shaped('host', isHost),
			nameWithOwner: row.shaped('name_with_owner', isNameWithOwner),
			pushedAt: row.shaped('pushed_at', isInstantOrNull),
			syncedAt: row.shaped('synced_at', isInstantOrNull),
			nodeId: row.text('node_id'),
			totalCount: row.numberOrNull('total_count'),
			cachePosition: row.textOrNull('cache_position'),
			pullRequests: row.number('total'),
			open: row.number('open'),
			partial: row.number('incomplete'),
		}),
	);
}

/** How far a repository's rows are. */
export function standing(connection: Connection, { host, nodeId }: RepositoryIdentity): RepositoryStanding | undefined {
	return connection.first(
		'SELECT name_with_owner, synced_at, cache_position, revision FROM repository WHERE host = ? AND node_id = ?',
		[host, nodeId],
		(row) => ({
			nameWithOwner: row.shaped('name_with_owner', isNameWithOwner),
			syncedAt: row.shaped('synced_at', isInstantOrNull),
			cachePosition: row.textOrNull('cache_position'),
			revision: row.text('revision'),
		}),
	);
}

/** A page of the numbers that are stored of a repository, in their order. */
export function pullRequestNumbers(
	connection: Connection,
	{ host, nodeId }: RepositoryIdentity,
	{ after, limit }: { after: number; limit: number },
): number[] {
	return connection.all(
		`SELECT number FROM pull_request
		WHERE repository_id = (SELECT id FROM repository WHERE host = ? AND node_id = ?) AND number > ?
		ORDER BY number LIMIT ?`,
		[host, nodeId, after, limit],
		(row) => row.number('number'),
	);
}
