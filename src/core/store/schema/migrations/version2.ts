/**
 * - `repository_member`: who was seen in a repository, so that to list them is not to read every pull request.
 * - Indexes begin with the state: what is open is a small part of a large repository, and what the views ask for.
 *   That by creation also serves filters by draft and title, of which it has the columns.
 */
export const VERSION_2 = `
CREATE TABLE repository_member (
	repository_id INTEGER NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
	login TEXT NOT NULL COLLATE NOCASE,
	PRIMARY KEY (repository_id, login)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO repository_member (repository_id, login)
	SELECT repository_id, author_login FROM pull_request WHERE author_login IS NOT NULL
	UNION SELECT repository_id, login FROM pull_request_assignee
	UNION SELECT repository_id, login FROM review_request WHERE kind <> 'TEAM'
	UNION SELECT repository_id, author_login FROM review WHERE author_login IS NOT NULL;
CREATE INDEX pull_request_by_author ON pull_request (repository_id, author_login, state, number);
CREATE INDEX pull_request_by_creation ON pull_request (repository_id, state, created_at, number, is_draft, title);

DROP INDEX pull_request_by_milestone;
CREATE INDEX pull_request_by_milestone ON pull_request (repository_id, state, milestone_node_id, updated_at, number);
DROP INDEX pull_request_without_milestone;
CREATE INDEX pull_request_without_milestone ON pull_request (repository_id, state, updated_at, number, milestone_number)
	WHERE milestone_number IS NULL;
DROP INDEX pull_request_without_label;
CREATE INDEX pull_request_without_label ON pull_request (repository_id, state, updated_at, number) WHERE labels = '[]';
DROP INDEX pull_request_without_assignee;
CREATE INDEX pull_request_without_assignee ON pull_request (repository_id, state, updated_at, number, is_draft)
	WHERE assignees = '[]';
DROP INDEX pull_request_label_by_label;
CREATE INDEX pull_request_label_by_label ON pull_request_label (repository_id, state, label_node_id, updated_at, number);
DROP INDEX pull_request_assignee_by_login;
CREATE INDEX pull_request_assignee_by_login
	ON pull_request_assignee (repository_id, state, login, updated_at, number, is_draft, changes_requested);
`;
