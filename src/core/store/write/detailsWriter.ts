import { isHiddenTeam, type Actor, type PullRequest, type PullRequestDetails } from '../../model/pullRequest';
import type { SqlValue } from '../sqlite/row';

type Insert = (sql: string, ...values: SqlValue[]) => void;

/**
 * Writes the lists of a pull request of which there are no rows.
 * @param insert runs a statement whose first two parameters are the repository and the number
 * @param nameWithOwner of the repository
 */
export function writeDetails(insert: Insert, { headOid, state, updatedAt }: PullRequest, details: PullRequestDetails, nameWithOwner: string): void {
	asked(details.reviewRequests).forEach(({ login, kind }, position) => {
		insert('INSERT INTO review_request (repository_id, number, position, login, kind, state, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)', position, login, kind, state, updatedAt);
	});
	details.reviews.forEach((review, position) => {
		insert(
			'INSERT INTO review (repository_id, number, position, node_id, database_id, state, submitted_at, author_login, body, commit_oid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
			position,
			review.id,
			review.databaseId,
			review.state,
			review.submittedAt,
			review.author?.login ?? null,
			review.body,
			review.commitOid,
		);
	});
	details.commits.forEach((commit, position) => {
		insert(
			'INSERT INTO pull_request_commit (repository_id, number, position, oid, author_login, author_name, authored_at, additions, deletions, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
			position,
			commit.oid,
			commit.authorLogin,
			commit.authorName,
			commit.authoredAt,
			commit.additions,
			commit.deletions,
			commit.message,
		);
	});
	details.files.forEach((file, position) => {
		insert(
			'INSERT INTO changed_file (repository_id, number, position, path, additions, deletions, change_type) VALUES (?, ?, ?, ?, ?, ?, ?)',
			position,
			file.path,
			file.additions,
			file.deletions,
			file.changeType,
		);
	});
	details.checks.forEach((check, position) => {
		insert(
			'INSERT INTO check_run (repository_id, number, position, head_oid, node_id, database_id, kind, name, status, conclusion, started_at, completed_at, url, app, workflow, event) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
			position,
			headOid,
			check.id,
			check.databaseId,
			check.kind,
			check.name,
			check.status,
			check.conclusion,
			check.startedAt,
			check.completedAt,
			check.url,
			check.app,
			check.workflow,
			check.event,
		);
	});
	details.linkedIssues.forEach((issue, position) => {
		insert(
			'INSERT INTO linked_issue (repository_id, number, position, issue_number, issue_title, issue_repository) VALUES (?, ?, ?, ?, ?, ?)',
			position,
			issue.number,
			issue.title,
			issue.repository ?? nameWithOwner,
		);
	});
	details.events?.forEach(({ kind, actor, subject, at }, position) => {
		insert(
			'INSERT INTO pull_request_event (repository_id, number, position, kind, actor_login, subject_login, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
			position,
			kind,
			actor?.login ?? null,
			subject?.login ?? null,
			at,
		);
	});
}

/** Nobody is asked twice, but of teams without a name each is another. */
export function asked(reviewers: Actor[]): Actor[] {
	const seen = new Set<string>();
	return reviewers.filter((reviewer) => isHiddenTeam(reviewer) || (!seen.has(reviewer.login.toLowerCase()) && seen.add(reviewer.login.toLowerCase())));
}
