import type { PullRequestState } from '../../model/pullRequest';
import { and, ANY_STATE, type Condition } from '../sqlite/condition';
import { ofFilter, type PullRequestFilter } from './filter';
import { inGroup, inGroupsOfTitle } from './groupings';

export const STATES: PullRequestState[] = ['OPEN', 'CLOSED', 'MERGED'];

/** Where the pull requests of a filter are found in order of their update: a table and the condition on it. */
export function hits(filter: PullRequestFilter): Condition {
	if (filter.group === undefined) {
		const { sql, values } = ofFilter(filter);
		return { sql: `pull_request WHERE ${sql}`, values };
	}
	const { by, key, merged = false } = filter.group;
	const base = and(ofFilter(filter), filter.states === undefined ? { sql: ANY_STATE, values: [] } : undefined);
	return merged && key !== null ? inGroupsOfTitle(by, key, base) : inGroup(by, key, base);
}

/** A filter as a condition on any table that has a pull request's state, such as one that groups by something else. */
export function countable(filter: PullRequestFilter): Condition {
	const base = ofFilter(filter);
	if (filter.group === undefined) {
		return base;
	}
	const found = hits(filter);
	return {
		sql: `${base.sql} AND (repository_id, number) IN (SELECT repository_id, number FROM ${found.sql})`,
		values: [...base.values, ...found.values],
	};
}
