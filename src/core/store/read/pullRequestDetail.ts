import type { ChangedFile, Commit, LinkedIssue, Review } from '../../model/pullRequest';
import { isInstant, isInstantOrNull, isKeyword, nullOr } from '../../model/guards';
import { isHost, isNameWithOwner } from '../../model/repository';
import { isCheckKind, isReviewState } from '../../model/shape';
import type { CheckOutcome } from './checksRollup';
import type { Connection } from '../sqlite/connection';
import { readPullRequest, ROW_COLUMNS } from './pullRequestRow';
import type { Row } from '../sqlite/row';
import type { PullRequestRow } from './pullRequestRow';
import { turnFactsOf, type TurnFacts } from './turnFacts';

/** Names one stored pull request. */
export interface PullRequestKey {
	repositoryId: number;
	number: number;
}

/** Everything that is stored of a pull request. */
export interface PullRequestDetail extends PullRequestRow {
	host: string;
	nameWithOwner: string;
	body: string | null;
	closedAt: string | null;
	mergedAt: string | null;
	/** `null` also where it is not known. */
	mergedBy: string | null;
	baseRef: string;
	headRef: string;
	headOid: string;
	/** More than the listing is known; until then every list below is empty. */
	detailed: boolean;
	/** `null` while only the listing is known, and where GitHub does not count it. */
	size: { additions: number; deletions: number; changedFiles: number } | null;
	/** Logins and teams that were asked for a review. */
	reviewRequests: string[];
	reviews: (Pick<Review, 'state' | 'submittedAt' | 'body'> & { authorLogin: string | null })[];
	commits: Pick<Commit, 'oid' | 'message' | 'authorLogin' | 'authorName' | 'authoredAt'>[];
	files: ChangedFile[];
	/** Superseded runs too. */
	checks: (CheckOutcome & { url: string | null })[];
	linkedIssues: LinkedIssue[];
	/** Of an open one. */
	turnFacts: TurnFacts | null;
}

/** One pull request with its lists, each in GitHub's order; `undefined` when it is not stored. */
export function pullRequestDetail(connection: Connection, { repositoryId, number }: PullRequestKey): PullRequestDetail | undefined {
	const list = <T>(table: string, read: (row: Row) => T): T[] =>
		connection.all(`SELECT * FROM ${table} WHERE repository_id = ? AND number = ? ORDER BY position`, [repositoryId, number], read);
	return connection.first(
		`SELECT ${ROW_COLUMNS}, host, name_with_owner, body, closed_at, merged_at, merged_by, base_ref, head_ref, head_oid,
			detailed, additions, deletions, changed_files
		FROM pull_request JOIN repository ON repository.id = repository_id WHERE repository_id = ? AND number = ?`,
		[repositoryId, number],
		(row) => ({
			...readPullRequest(row),
			host: row.shaped('host', isHost),
			nameWithOwner: row.shaped('name_with_owner', isNameWithOwner),
			body: row.textOrNull('body'),
			closedAt: row.shaped('closed_at', isInstantOrNull),
			mergedAt: row.shaped('merged_at', isInstantOrNull),
			mergedBy: row.textOrNull('merged_by'),
			baseRef: row.text('base_ref'),
			headRef: row.text('head_ref'),
			headOid: row.text('head_oid'),
			detailed: row.flag('detailed'),
			size: readSize(row),
			reviewRequests: list('review_request', (one) => one.text('login')),
			reviews: list('review', (one) => ({
				state: one.shaped('state', isReviewState),
				submittedAt: one.shaped('submitted_at', isInstantOrNull),
				authorLogin: one.textOrNull('author_login'),
				body: one.textOrNull('body'),
			})),
			commits: list('pull_request_commit', (one) => ({
				oid: one.text('oid'),
				message: one.text('message'),
				authorLogin: one.textOrNull('author_login'),
				authorName: one.textOrNull('author_name'),
				authoredAt: one.shaped('authored_at', isInstant),
			})),
			files: list('changed_file', (one) => ({
				path: one.text('path'),
				additions: one.number('additions'),
				deletions: one.number('deletions'),
				changeType: one.shaped('change_type', isKeyword),
			})),
			checks: readChecks(connection, { repositoryId, number }, row.text('head_oid')),
			linkedIssues: list('linked_issue', (one) => linkedIssue(one, row.text('name_with_owner'))),
			turnFacts: turnFactsOf(connection, { sql: "repository_id = ? AND number = ? AND state = 'OPEN'", values: [repositoryId, number] })[0] ?? null,
		}),
	);
}

function linkedIssue(row: Row, own: string): LinkedIssue {
	const repository = row.text('issue_repository');
	return { repository: repository.toLowerCase() === own.toLowerCase() ? null : repository, number: row.number('issue_number'), title: row.text('issue_title') };
}

function readSize(row: Row): PullRequestDetail['size'] {
	const additions = row.numberOrNull('additions');
	return additions === null ? null : { additions, deletions: row.number('deletions'), changedFiles: row.number('changed_files') };
}

function readChecks(connection: Connection, { repositoryId, number }: PullRequestKey, headOid: string): PullRequestDetail['checks'] {
	return connection.all(
		// As text: an id can be longer than a JavaScript number is exact.
		`SELECT kind, name, status, conclusion, url, app, workflow, event, CAST(database_id AS TEXT) AS id FROM check_run
		WHERE repository_id = ? AND number = ? AND head_oid = ? ORDER BY position`,
		[repositoryId, number, headOid],
		(row) => ({
			kind: row.shaped('kind', isCheckKind),
			name: row.text('name'),
			status: row.shaped('status', isKeyword),
			conclusion: row.shaped('conclusion', nullOr(isKeyword)),
			url: row.textOrNull('url'),
			app: row.textOrNull('app'),
			workflow: row.textOrNull('workflow'),
			event: row.textOrNull('event'),
			databaseId: row.textOrNull('id'),
		}),
	);
}
