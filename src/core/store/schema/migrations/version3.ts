/**
 * - `check_run` tells apart checks of one name, and `pull_request.checks_state` is what GitHub says that all of them come to.
 * - A linked issue may be of another repository.
 * - `pull_request.detailed`: more than the listing is known. Its counts tell no more, because GitHub does not always count.
 * - Tables are made anew, not altered: so `body` stays the last column, and each is word for word what stands here.
 * - What was written before is written again, from the cache.
 */
export const VERSION_3 = `
CREATE TABLE check_run_version_3 (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	position INTEGER NOT NULL,
	head_oid TEXT NOT NULL,
	node_id TEXT NOT NULL,
	database_id INTEGER,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	status TEXT NOT NULL,
	conclusion TEXT,
	started_at TEXT,
	completed_at TEXT,
	url TEXT,
	app TEXT,
	workflow TEXT,
	event TEXT,
	PRIMARY KEY (repository_id, number, position),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO check_run_version_3
	SELECT repository_id, number, position, head_oid, node_id, database_id, kind, name, status, conclusion, started_at, completed_at,
		url, NULL, NULL, NULL
	FROM check_run;
DROP TABLE check_run;
ALTER TABLE check_run_version_3 RENAME TO check_run;

CREATE TABLE linked_issue_version_3 (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	position INTEGER NOT NULL,
	issue_repository TEXT NOT NULL COLLATE NOCASE,
	issue_number INTEGER NOT NULL,
	issue_title TEXT NOT NULL,
	PRIMARY KEY (repository_id, number, position),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO linked_issue_version_3
	SELECT repository_id, number, position, name_with_owner, issue_number, issue_title
	FROM linked_issue JOIN repository ON repository.id = repository_id;
DROP TABLE linked_issue;
ALTER TABLE linked_issue_version_3 RENAME TO linked_issue;

CREATE TABLE pull_request_version_3 (
	repository_id INTEGER NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
	number INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('OPEN', 'CLOSED', 'MERGED')),
	is_draft INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	closed_at TEXT,
	merged_at TEXT,
	author_login TEXT COLLATE NOCASE,
	title TEXT NOT NULL,
	labels TEXT NOT NULL,
	milestone_node_id TEXT,
	milestone_number INTEGER,
	milestone_title TEXT,
	assignees TEXT NOT NULL,
	linked_issues TEXT NOT NULL,
	partial TEXT NOT NULL,
	detailed INTEGER NOT NULL,
	additions INTEGER,
	deletions INTEGER,
	changed_files INTEGER,
	changes_requested INTEGER NOT NULL,
	checks_state TEXT,
	base_ref TEXT NOT NULL,
	head_ref TEXT NOT NULL,
	head_oid TEXT NOT NULL,
	url TEXT NOT NULL,
	node_id TEXT NOT NULL,
	database_id INTEGER,
	body TEXT,
	PRIMARY KEY (repository_id, number)
) STRICT;
INSERT INTO pull_request_version_3
	SELECT repository_id, number, state, is_draft, created_at, updated_at, closed_at, merged_at, author_login, title, labels,
		milestone_node_id, milestone_number, milestone_title, assignees, linked_issues, partial, additions IS NOT NULL,
		additions, deletions, changed_files, changes_requested, NULL, base_ref, head_ref, head_oid, url, node_id, database_id, body
	FROM pull_request;
DROP TABLE pull_request;
ALTER TABLE pull_request_version_3 RENAME TO pull_request;
CREATE INDEX pull_request_by_update ON pull_request (repository_id, updated_at, number);
CREATE INDEX pull_request_by_state ON pull_request (repository_id, state, updated_at, number);
CREATE INDEX pull_request_incomplete ON pull_request (repository_id) WHERE partial <> '[]';
CREATE INDEX pull_request_by_author ON pull_request (repository_id, author_login, state, number);
CREATE INDEX pull_request_by_creation ON pull_request (repository_id, state, created_at, number, is_draft, title);
CREATE INDEX pull_request_by_milestone ON pull_request (repository_id, state, milestone_node_id, updated_at, number);
CREATE INDEX pull_request_without_milestone ON pull_request (repository_id, state, updated_at, number, milestone_number)
	WHERE milestone_number IS NULL;
CREATE INDEX pull_request_without_label ON pull_request (repository_id, state, updated_at, number) WHERE labels = '[]';
CREATE INDEX pull_request_without_assignee ON pull_request (repository_id, state, updated_at, number, is_draft)
	WHERE assignees = '[]';

UPDATE repository SET cache_position = NULL;
`;
