import { isInstantOrNull } from '../../model/guards';
import { ANY_STATE, ofStates } from '../sqlite/condition';
import type { Connection } from '../sqlite/connection';
import { ofFilter } from './filter';
import { readPullRequest, ROW_COLUMNS } from './pullRequestRow';
import type { PullRequestFilter } from './filter';
import type { PullRequestRow } from './pullRequestRow';
import { MAX_PAGE } from './pullRequestRow';

/** A pull request as it is taken elsewhere: all but its texts and its long lists. */
export interface PullRequestRecord extends PullRequestRow {
	closedAt: string | null;
	mergedAt: string | null;
	mergedBy: string | null;
	baseRef: string;
	headRef: string;
	/** `null` while only the listing is known. */
	additions: number | null;
	deletions: number | null;
	changedFiles: number | null;
	/** Some reviewer's latest decisive review asks for changes. */
	changesRequested: boolean;
	/** Logins and teams that were asked for a review. */
	reviewRequests: string[];
	/** Numbers of the issues that it closes. */
	linkedIssues: number[];
}

/** One repository's, narrowed by everything but a group. */
export type RecordsFilter = Omit<PullRequestFilter, 'group'> & { repositoryId: number };

/** One page in order of their numbers, along the table's own key: however many pages, each row is looked at once. */
export function pullRequestRecords(connection: Connection, { states, ...filter }: RecordsFilter, { after, limit }: { after: number; limit: number }): PullRequestRecord[] {
	const narrowed = ofFilter(filter);
	// The plus keeps SQLite from the index by state, which would have to be sorted for every page.
	const state = ofStates(states) ?? { sql: ANY_STATE, values: [] };
	return connection.all(
		`SELECT ${ROW_COLUMNS}, closed_at, merged_at, merged_by, base_ref, head_ref, additions, deletions, changed_files, changes_requested, linked_issues,
			(SELECT json_group_array(login) FROM (
				SELECT login FROM review_request AS asked
				WHERE asked.repository_id = pull_request.repository_id AND asked.number = pull_request.number ORDER BY position
			)) AS review_requests
		FROM pull_request WHERE ${narrowed.sql} AND +${state.sql} AND number > ? ORDER BY number LIMIT ?`,
		[...narrowed.values, ...state.values, after, Math.min(limit, MAX_PAGE)],
		(row) => ({
			...readPullRequest(row),
			closedAt: row.shaped('closed_at', isInstantOrNull),
			mergedAt: row.shaped('merged_at', isInstantOrNull),
			mergedBy: row.textOrNull('merged_by'),
			baseRef: row.text('base_ref'),
			headRef: row.text('head_ref'),
			additions: row.numberOrNull('additions'),
			deletions: row.numberOrNull('deletions'),
			changedFiles: row.numberOrNull('changed_files'),
			changesRequested: row.flag('changes_requested'),
			reviewRequests: row.list('review_requests'),
			linkedIssues: row.list('linked_issues').map(Number),
		}),
	);
}
