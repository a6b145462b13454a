import type { TurnBasis } from '../../insights/turn';
import { isInstant, isInstantOrNull, isKeyword, nullOr } from '../../model/guards';
import { isReviewState } from '../../model/shape';
import { byBot } from '../sqlite/botSql';
import type { Condition } from '../sqlite/condition';
import type { Connection } from '../sqlite/connection';
import type { Row } from '../sqlite/row';
import { ofFilter, type PullRequestFilter } from './filter';
import { readPullRequest, ROW_COLUMNS, type PullRequestRow } from './pullRequestRow';

/** A row of an open pull request, with what decides whose turn it is. */
export interface TurnFacts extends PullRequestRow, TurnBasis {
	checksState: PullRequestRow['checksState'];
	partial: PullRequestRow['partial'];
}

/** The facts of every open pull request of a filter, newest update first. A query for each table, none for each row. */
export function turnFacts(connection: Connection, filter: Omit<PullRequestFilter, 'group' | 'states'>): TurnFacts[] {
	return turnFactsOf(connection, ofFilter({ ...filter, states: ['OPEN'] }));
}

/** @param open a condition on `pull_request` that only open ones meet */
export function turnFactsOf(connection: Connection, open: Condition): TurnFacts[] {
	const found = connection.all(
		`SELECT ${ROW_COLUMNS}, detailed, head_oid, author_association, mergeable, merge_state, review_decision, auto_merge_at, in_merge_queue, requested_reviews,
			(SELECT max(authored_at) FROM pull_request_commit AS one WHERE one.repository_id = pull_request.repository_id AND one.number = pull_request.number) AS head_at,
			(SELECT max(coalesce(completed_at, started_at)) FROM check_run AS one
				WHERE one.repository_id = pull_request.repository_id AND one.number = pull_request.number AND one.head_oid = pull_request.head_oid) AS checks_at
		FROM pull_request WHERE ${open.sql} ORDER BY updated_at DESC, number DESC, repository_id`,
		open.values,
		readFacts,
	);
	const byKey = new Map(found.map((facts) => [keyOf(facts), facts]));
	const ofEach = (table: string, columns: string, take: (facts: TurnFacts, row: Row) => void, where = 'true') => {
		connection.all(
			`SELECT repository_id, number, ${columns} FROM ${table}
			WHERE (repository_id, number) IN (SELECT repository_id, number FROM pull_request WHERE ${open.sql}) AND ${where}
			ORDER BY repository_id, number, position`,
			open.values,
			(row) => {
				const facts = byKey.get(keyOf({ repositoryId: row.number('repository_id'), number: row.number('number') }));
				if (facts) {
					take(facts, row);
				}
			},
		);
	};
	ofEach('review', 'state, submitted_at, author_login, commit_oid', takeReview, `NOT ${byBot('review')}`);
	ofEach('review_request', 'login, kind', ({ requests }, row) => requests?.push({ login: row.text('login'), isTeam: row.text('kind') === 'TEAM' }), "kind <> 'BOT'");
	ofEach('pull_request_event', 'kind, subject_login, at', ({ events }, row) =>
		events.push({ kind: row.shaped('kind', isKeyword), subjectLogin: row.textOrNull('subject_login'), at: row.shaped('at', isInstant) }));
	return found;
}

function takeReview({ reviews, authorLogin }: TurnFacts, row: Row): void {
	const reviewer = row.textOrNull('author_login');
	if (reviewer === null || reviewer.toLowerCase() !== authorLogin?.toLowerCase()) {
		reviews.push({
			state: row.shaped('state', isReviewState),
			submittedAt: row.shaped('submitted_at', isInstantOrNull),
			authorLogin: reviewer,
			commitOid: row.textOrNull('commit_oid'),
		});
	}
}

function keyOf({ repositoryId, number }: { repositoryId: number; number: number }): string {
	return `${repositoryId} ${number}`;
}

function readFacts(row: Row): TurnFacts {
	return {
		...readPullRequest(row),
		detailed: row.flag('detailed'),
		headOid: row.text('head_oid'),
		authorAssociation: row.shaped('author_association', nullOr(isKeyword)),
		mergeable: row.shaped('mergeable', nullOr(isKeyword)),
		mergeState: row.shaped('merge_state', nullOr(isKeyword)),
		reviewDecision: row.shaped('review_decision', nullOr(isKeyword)),
		autoMergeAt: row.shaped('auto_merge_at', isInstantOrNull),
		inMergeQueue: row.numberOrNull('in_merge_queue') === 1,
		headAt: row.shaped('head_at', isInstantOrNull),
		checksAt: row.shaped('checks_at', isInstantOrNull),
		requests: row.numberOrNull('requested_reviews') === null ? null : [],
		reviews: [],
		events: [],
	};
}