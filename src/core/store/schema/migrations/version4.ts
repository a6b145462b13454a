/**
 * - `repository.total_count`: how many pull requests GitHub counts, where what is stored is a part of them.
 * - `member.node_id` is the account, whose login may change; `seen_at` when it was last seen to have this one, in milliseconds
 *   since the Unix epoch by the server's clock, 0 where that is not known.
 * - Several teams without a name may be asked for a review, so a request is known by its place.
 * - What was written before is written again, from the cache: it names no accounts, and may name labels that are gone.
 */
export const VERSION_4 = `
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
