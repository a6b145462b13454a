/**
 * Where a pull request stands on its way to being merged, what was said of it, and who was asked when.
 * - Null is "not known", as for all that was written before; `review_decision` and `auto_merge_at` may be GitHub's own null.
 * - `pull_request.requested_reviews`: how many are asked for a review; null where that is not known.
 * - `review_request` repeats the update of its pull request, so that a group is paged along an index.
 * - The table is made anew, so that `body` stays its last column.
 */
export const VERSION_7 = `
CREATE TABLE pull_request_version_7 (
	repository_id INTEGER NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
	number INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('OPEN', 'CLOSED', 'MERGED')),
	is_draft INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	closed_at TEXT,
	merged_at TEXT,
	merged_by TEXT COLLATE NOCASE,
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
	review_decision TEXT,
	mergeable TEXT,
	merge_state TEXT,
	auto_merge_at TEXT,
	in_merge_queue INTEGER,
	comments INTEGER,
	author_association TEXT,
	is_cross_repository INTEGER,
	head_owner TEXT COLLATE NOCASE,
	review_threads INTEGER,
	unresolved_threads INTEGER,
	requested_reviews INTEGER,
	base_ref TEXT NOT NULL,
	head_ref TEXT NOT NULL,
	head_oid TEXT NOT NULL,
	url TEXT NOT NULL,
	node_id TEXT NOT NULL,
	database_id INTEGER,
	body TEXT,
	PRIMARY KEY (repository_id, number)
) STRICT;
INSERT INTO pull_request_version_7
	SELECT repository_id, number, state, is_draft, created_at, updated_at, closed_at, merged_at, merged_by, author_login,
		title, labels, milestone_node_id, milestone_number, milestone_title, assignees, linked_issues, partial, detailed,
		additions, deletions, changed_files, changes_requested, checks_state, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
		NULL, NULL, NULL, NULL, NULL, base_ref, head_ref, head_oid, url, node_id, database_id, body
	FROM pull_request;
DROP TABLE pull_request;
ALTER TABLE pull_request_version_7 RENAME TO pull_request;
UPDATE pull_request SET requested_reviews = (
	SELECT count(*) FROM review_request
	WHERE review_request.repository_id = pull_request.repository_id AND review_request.number = pull_request.number
) WHERE detailed AND instr(partial, '"reviewRequests"') = 0;
CREATE INDEX pull_request_by_update ON pull_request (repository_id, updated_at, number);
CREATE INDEX pull_request_by_state ON pull_request (repository_id, state, updated_at, number);
CREATE INDEX pull_request_incomplete ON pull_request (repository_id) WHERE partial <> '[]';
CREATE INDEX pull_request_by_author ON pull_request (repository_id, state, author_login, updated_at, number);
CREATE INDEX pull_request_by_creation ON pull_request (repository_id, state, created_at, number, is_draft, title);
CREATE INDEX pull_request_by_milestone ON pull_request (repository_id, state, milestone_node_id, updated_at, number);
CREATE INDEX pull_request_without_milestone ON pull_request (repository_id, state, updated_at, number, milestone_number)
	WHERE milestone_number IS NULL;
CREATE INDEX pull_request_without_label ON pull_request (repository_id, state, updated_at, number) WHERE labels = '[]';
CREATE INDEX pull_request_without_assignee ON pull_request (repository_id, state, updated_at, number, is_draft)
	WHERE assignees = '[]';
CREATE INDEX pull_request_without_reviewer ON pull_request (repository_id, state, updated_at, number)
	WHERE requested_reviews = 0;

ALTER TABLE review ADD COLUMN commit_oid TEXT;

CREATE TABLE review_request_version_7 (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	position INTEGER NOT NULL,
	login TEXT NOT NULL COLLATE NOCASE,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	PRIMARY KEY (repository_id, number, position),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO review_request_version_7
	SELECT repository_id, number, position, login, kind, review_request.state, updated_at
	FROM review_request JOIN pull_request USING (repository_id, number);
DROP TABLE review_request;
ALTER TABLE review_request_version_7 RENAME TO review_request;
CREATE INDEX review_request_by_state ON review_request (repository_id, state, kind, login);
CREATE INDEX review_request_by_login ON review_request (repository_id, state, login, updated_at, number);

CREATE TABLE pull_request_event (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	position INTEGER NOT NULL,
	kind TEXT NOT NULL,
	actor_login TEXT COLLATE NOCASE,
	subject_login TEXT COLLATE NOCASE,
	at TEXT NOT NULL,
	PRIMARY KEY (repository_id, number, position),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
`;
