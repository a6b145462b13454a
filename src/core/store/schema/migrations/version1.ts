/**
 * The first version.
 * - A list's rows carry their `position`, so that it comes back in GitHub's order.
 * - Small rows live in the tree of their key (WITHOUT ROWID); those with long texts do not, for a key's tree
 *   puts anything past a quarter of a page elsewhere. `body` comes last in its row for the same reason:
 *   whoever reads the other columns never walks through it.
 * - `pull_request_label`, `pull_request_assignee` and `review_request` repeat some columns of their pull request,
 *   so that counting and paging a group is one walk along an index. Writing a pull request keeps them right.
 * - `pull_request.changes_requested`: some reviewer's latest decisive review asks for changes.
 * - `repository.revision` differs after every change, whichever process made it.
 * - `repository.cache_position` says up to where the PR cache is in the rows.
 */
export const VERSION_1 = `
CREATE TABLE repository (
	id INTEGER PRIMARY KEY,
	host TEXT NOT NULL,
	name_with_owner TEXT NOT NULL COLLATE NOCASE,
	node_id TEXT NOT NULL,
	pushed_at TEXT,
	synced_at TEXT,
	cache_position TEXT,
	revision TEXT NOT NULL,
	UNIQUE (host, node_id),
	UNIQUE (host, name_with_owner)
) STRICT;

CREATE TABLE member (
	host TEXT NOT NULL,
	login TEXT NOT NULL COLLATE NOCASE,
	kind TEXT NOT NULL,
	PRIMARY KEY (host, login)
) STRICT, WITHOUT ROWID;

CREATE TABLE label (
	repository_id INTEGER NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
	node_id TEXT NOT NULL,
	name TEXT NOT NULL,
	color TEXT NOT NULL,
	PRIMARY KEY (repository_id, node_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE milestone (
	repository_id INTEGER NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
	node_id TEXT NOT NULL,
	number INTEGER NOT NULL,
	title TEXT NOT NULL,
	state TEXT NOT NULL,
	due_on TEXT,
	PRIMARY KEY (repository_id, node_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pull_request (
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
	additions INTEGER,
	deletions INTEGER,
	changed_files INTEGER,
	changes_requested INTEGER NOT NULL,
	base_ref TEXT NOT NULL,
	head_ref TEXT NOT NULL,
	head_oid TEXT NOT NULL,
	url TEXT NOT NULL,
	node_id TEXT NOT NULL,
	database_id INTEGER,
	body TEXT,
	PRIMARY KEY (repository_id, number)
) STRICT;
CREATE INDEX pull_request_by_update ON pull_request (repository_id, updated_at, number);
CREATE INDEX pull_request_by_state ON pull_request (repository_id, state, updated_at, number);
CREATE INDEX pull_request_by_milestone ON pull_request (repository_id, milestone_node_id, state, updated_at, number);
CREATE INDEX pull_request_without_milestone
	ON pull_request (repository_id, updated_at, number, state, milestone_number)
	WHERE milestone_number IS NULL;
CREATE INDEX pull_request_without_label ON pull_request (repository_id, updated_at, number, state) WHERE labels = '[]';
CREATE INDEX pull_request_without_assignee ON pull_request (repository_id, updated_at, number, state, is_draft)
	WHERE assignees = '[]';
CREATE INDEX pull_request_incomplete ON pull_request (repository_id) WHERE partial <> '[]';

CREATE TABLE pull_request_label (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	label_node_id TEXT NOT NULL,
	position INTEGER NOT NULL,
	state TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	PRIMARY KEY (repository_id, number, label_node_id),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX pull_request_label_by_label
	ON pull_request_label (repository_id, label_node_id, state, updated_at, number);

CREATE TABLE pull_request_assignee (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	login TEXT NOT NULL COLLATE NOCASE,
	position INTEGER NOT NULL,
	state TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	is_draft INTEGER NOT NULL,
	changes_requested INTEGER NOT NULL,
	PRIMARY KEY (repository_id, number, login),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX pull_request_assignee_by_login
	ON pull_request_assignee (repository_id, login, state, updated_at, number, is_draft, changes_requested);

CREATE TABLE review_request (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	login TEXT NOT NULL COLLATE NOCASE,
	kind TEXT NOT NULL,
	position INTEGER NOT NULL,
	state TEXT NOT NULL,
	PRIMARY KEY (repository_id, number, login),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX review_request_by_state ON review_request (repository_id, state, kind, login);

CREATE TABLE review (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	position INTEGER NOT NULL,
	node_id TEXT NOT NULL,
	database_id INTEGER,
	state TEXT NOT NULL,
	submitted_at TEXT,
	author_login TEXT COLLATE NOCASE,
	body TEXT,
	PRIMARY KEY (repository_id, number, position),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT;

CREATE TABLE pull_request_commit (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	position INTEGER NOT NULL,
	oid TEXT NOT NULL,
	author_login TEXT COLLATE NOCASE,
	author_name TEXT,
	authored_at TEXT NOT NULL,
	additions INTEGER,
	deletions INTEGER,
	message TEXT NOT NULL,
	PRIMARY KEY (repository_id, number, position),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT;

CREATE TABLE changed_file (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	position INTEGER NOT NULL,
	path TEXT NOT NULL,
	additions INTEGER NOT NULL,
	deletions INTEGER NOT NULL,
	change_type TEXT NOT NULL,
	PRIMARY KEY (repository_id, number, position),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE check_run (
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
	PRIMARY KEY (repository_id, number, position),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE linked_issue (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	position INTEGER NOT NULL,
	issue_number INTEGER NOT NULL,
	issue_title TEXT NOT NULL,
	PRIMARY KEY (repository_id, number, position),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
`;
