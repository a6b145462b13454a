/**
 * Who signs in, and what a sync found changed; reviews by who wrote them.
 * - `viewer.teams`: JSON array of `organization/slug`, as `review_request` names them; null where they are not known.
 * - `viewer.seen_at`: milliseconds since the Unix epoch by the server's clock; the newest of a host is who signed in last.
 * - `pull_request_change`: which sync (`seen_at`) saw what change, from what to what: see `PullRequestChange`. It is in no cache, so it
 *   stays when the rows of a pull request are made again.
 */
export const VERSION_8 = `
CREATE TABLE viewer (
	host TEXT NOT NULL,
	login TEXT NOT NULL COLLATE NOCASE,
	teams TEXT,
	seen_at INTEGER NOT NULL,
	PRIMARY KEY (host, login)
) STRICT, WITHOUT ROWID;

CREATE INDEX review_by_author ON review (author_login, repository_id, number);

CREATE TABLE pull_request_change (
	repository_id INTEGER NOT NULL REFERENCES repository (id) ON DELETE CASCADE,
	seen_at TEXT NOT NULL,
	number INTEGER NOT NULL,
	kind TEXT NOT NULL,
	before TEXT,
	after TEXT,
	PRIMARY KEY (repository_id, seen_at, number, kind)
) STRICT, WITHOUT ROWID;
`;
