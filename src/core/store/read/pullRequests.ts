import type { PullRequestState } from '../../model/pullRequest';
import type { RepositoryIdentity } from '../../model/repository';
import type { Connection } from '../sqlite/connection';
import type { PullRequestFilter } from './filter';
import { hits, STATES } from './hits';
import { MAX_PAGE, orderSql, readPullRequest, ROW_COLUMNS, type Page, type PullRequestOrder, type PullRequestRow } from './pullRequestRow';

export type PullRequestCounts = Record<PullRequestState, number>;

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
