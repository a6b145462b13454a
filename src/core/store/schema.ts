import { HumanError } from '../model/humanError';
import { sentence } from '../model/sentence';
import type { Connection } from './connection';

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
const VERSION_1 = `
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

/**
 * - `repository_member`: who was seen in a repository, so that to list them is not to read every pull request.
 * - Indexes begin with the state: what is open is a small part of a large repository, and what the views ask for.
 *   That by creation also serves filters by draft and title, of which it has the columns.
 */
const VERSION_2 = `
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

/**
 * - `check_run` tells apart checks of one name, and `pull_request.checks_state` is what GitHub says that all of them come to.
 * - A linked issue may be of another repository.
 * - `pull_request.detailed`: more than the listing is known. Its counts tell no more, because GitHub does not always count.
 * - Tables are made anew, not altered: so `body` stays the last column, and each is word for word what stands here.
 * - What was written before is written again, from the cache.
 */
const VERSION_3 = `
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

/**
 * - `repository.total_count`: how many pull requests GitHub counts, where what is stored is a part of them.
 * - `member.node_id` is the account, whose login may change; `seen_at` when it was last seen to have this one, in milliseconds
 *   since the Unix epoch by the server's clock, 0 where that is not known.
 * - Several teams without a name may be asked for a review, so a request is known by its place.
 * - What was written before is written again, from the cache: it names no accounts, and may name labels that are gone.
 */
const VERSION_4 = `
CREATE TABLE member_version_4 (
	host TEXT NOT NULL,
	login TEXT NOT NULL COLLATE NOCASE,
	kind TEXT NOT NULL,
	node_id TEXT,
	seen_at INTEGER NOT NULL,
	PRIMARY KEY (host, login)
) STRICT, WITHOUT ROWID;
INSERT INTO member_version_4 SELECT host, login, kind, NULL, 0 FROM member;
DROP TABLE member;
ALTER TABLE member_version_4 RENAME TO member;
CREATE INDEX member_by_account ON member (host, node_id) WHERE node_id IS NOT NULL;

CREATE TABLE review_request_version_4 (
	repository_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	position INTEGER NOT NULL,
	login TEXT NOT NULL COLLATE NOCASE,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	PRIMARY KEY (repository_id, number, position),
	FOREIGN KEY (repository_id, number) REFERENCES pull_request (repository_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO review_request_version_4 SELECT repository_id, number, position, login, kind, state FROM review_request;
DROP TABLE review_request;
ALTER TABLE review_request_version_4 RENAME TO review_request;
CREATE INDEX review_request_by_state ON review_request (repository_id, state, kind, login);

CREATE TABLE repository_version_4 (
	id INTEGER PRIMARY KEY,
	host TEXT NOT NULL,
	name_with_owner TEXT NOT NULL COLLATE NOCASE,
	node_id TEXT NOT NULL,
	pushed_at TEXT,
	synced_at TEXT,
	total_count INTEGER,
	cache_position TEXT,
	revision TEXT NOT NULL,
	UNIQUE (host, node_id),
	UNIQUE (host, name_with_owner)
) STRICT;
INSERT INTO repository_version_4
	SELECT id, host, name_with_owner, node_id, pushed_at, synced_at, NULL, NULL, revision FROM repository;
DROP TABLE repository;
ALTER TABLE repository_version_4 RENAME TO repository;
`;

/** The script at index n takes a database from version n to n + 1. Published ones never change. */
export const MIGRATIONS: readonly string[] = [VERSION_1, VERSION_2, VERSION_3, VERSION_4];

/** A database that a later release wrote: it can be read, but writing could break what this one does not know. */
export class NewerDatabaseError extends HumanError {
	override readonly name = 'NewerDatabaseError';

	constructor(
		readonly found: number,
		readonly known: number,
	) {
		super(
			sentence(
				'The database was written by a newer PR Seeder (version {0}; this one knows {1}). Update PR Seeder to seed again; until then it only reads.',
				found,
				known,
			),
		);
	}
}

/**
 * Brings a database to the newest version, all steps in one transaction.
 * @returns whether anything had to be done
 * @throws NewerDatabaseError when it is past the newest version known; nothing is changed then
 */
export function migrate(connection: Connection, migrations: readonly string[] = MIGRATIONS): boolean {
	const found = connection.first('SELECT user_version FROM pragma_user_version', [], (row) => row.number('user_version')) ?? 0;
	if (found > migrations.length) {
		throw new NewerDatabaseError(found, migrations.length);
	}
	if (found === migrations.length) {
		return false;
	}
	// A step may build a table anew, which would drop what refers to it: https://www.sqlite.org/lang_altertable.html#otheralter
	connection.transactionWithoutForeignKeys(() => {
		for (const step of migrations.slice(found)) {
			connection.script(step);
		}
		if (connection.all('PRAGMA foreign_key_check', [], () => true).length > 0) {
			throw new Error('A migration left rows that refer to nothing.');
		}
		connection.script(`PRAGMA user_version = ${migrations.length}`);
	});
	return true;
}
