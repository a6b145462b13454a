import type { PullRequestState } from '../../model/pullRequest';
import { and, ANY_STATE, type Condition } from '../sqlite/condition';
import { ofFilter, type Grouping, type PullRequestFilter } from './filter';
import { inMergedGroup } from './mergedKey';

export const STATES: PullRequestState[] = ['OPEN', 'CLOSED', 'MERGED'];

/** What is in no group of a tree, on the table that {@link WITHOUT_TABLE} names. */
export const WITHOUT: Record<Grouping, string> = {
	milestone: 'milestone_number IS NULL',
	label: "labels = '[]'",
	assignee: "assignees = '[]'",
};

/**
 * Where the members of a group are found, and by which column. Indexes by name: without statistics SQLite would prefer one
 * that gives the order, and look into every row for the rest.
 */
export const WITH: Record<Grouping, { table: string; key: string }> = {
	milestone: { table: 'pull_request INDEXED BY pull_request_by_milestone', key: 'milestone_node_id' },
	label: { table: 'pull_request_label', key: 'label_node_id' },
	assignee: { table: 'pull_request_assignee', key: 'login' },
};

/** Where what is in no group is found. */
export const WITHOUT_TABLE: Record<Grouping, string> = {
	milestone: 'pull_request INDEXED BY pull_request_without_milestone',
	label: 'pull_request INDEXED BY pull_request_without_label',
	assignee: 'pull_request INDEXED BY pull_request_without_assignee',
};

/** Where the pull requests of a filter are found in order of their update: a table and the condition on it. */
export function hits(filter: PullRequestFilter): Condition {
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

/** A filter as a condition on any table that has a pull request's state, such as one that groups by something else. */
export function countable(filter: PullRequestFilter): Condition {
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
