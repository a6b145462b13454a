import { ofAttributes } from './attributeConditions';
import { ANY_STATE, ofRepositories } from '../sqlite/condition';
import type { Condition, RepositoryScope } from '../sqlite/condition';
import type { Connection } from '../sqlite/connection';
import { DEFAULT_ROLE, DIVIDED_PARTS, IS_ASKED, NOBODY, type WorkPart, type WorkPeriod, type WorkRole } from './workParts';

/** What one person has to do, by part; `login: null` are the pull requests that have nobody in the role. */
export interface WorkloadRow extends Record<WorkPart, number> {
	login: string | null;
	/** Drafts and those with changes requested that are stale besides. */
	alsoStale: number;
	/** Theirs by the role, and merged in the period; 0 by reviewer. */
	merged: number;
	/** Reviews of others' pull requests that they submitted in the period; 0 by another role. */
	reviewed: number;
}

const COUNTS = ['ready', 'changesRequested', 'draft', 'stale', 'alsoStale', 'reviewRequested', 'merged', 'reviewed'] as const;
type Count = (typeof COUNTS)[number];

const DIVIDED: Partial<Record<Count, string>> = {
	...Object.fromEntries(Object.entries(DIVIDED_PARTS).map(([part, sql]) => [part, `sum${sql}`])),
	alsoStale: 'sum(updated_at < ?1 AND (is_draft OR changes_requested))',
};

/**
 * What each person has to do by a role, by part, by name; those with nothing too, what has nobody last. People are the
 * users seen in the repository; a bot is only one while it has something to do, and a team while it is asked for a review.
 * One login is one person, in whatever case it is written and in whichever repository. By reviewer, what of it is not
 * known who is asked counts for nobody.
 */
export function workload(connection: Connection, { staleBefore, mergedSince, role = DEFAULT_ROLE, attributes = {}, ...scope }: WorkPeriod): WorkloadRow[] {
	// Each stands in several places, so parameters go by number: ?1 and ?2 are the period's.
	const repository = numbered(ofRepositories(scope), 3);
	const narrowing = ofAttributes(attributes).reduce<Condition>(
		(all, one) => ({ sql: `${all.sql} AND ${one.sql}`, values: [...all.values, ...one.values] }),
		{ sql: '', values: [] },
	);
	const narrow = numbered(narrowing, 3 + repository.values.length);
	const shares = [...SHARES[role](repository.sql, narrow.sql), `SELECT login, ${counted({})} FROM member WHERE kind = 'USER' AND ${seenIn(scope, repository.sql)}`];
	return connection.all(
		`WITH share AS (${shares.join(' UNION ALL ')})
		SELECT max(login) AS login, ${COUNTS.map((count) => `sum(${count}) AS ${count}`).join(', ')}
		FROM share GROUP BY login COLLATE NOCASE
		ORDER BY login IS NULL, login COLLATE NOCASE`,
		[staleBefore, mergedSince, ...repository.values, ...narrow.values],
		(row) => ({ login: row.textOrNull('login'), ...(Object.fromEntries(COUNTS.map((count) => [count, row.number(count)])) as Record<Count, number>) }),
	);
}

/** Where each role finds its counts, as selects of a login and {@link COUNTS}. @param of of which repositories @param narrow what must hold besides */
const SHARES: Record<WorkRole, (of: string, narrow: string) => string[]> = {
	author: (of, narrow) => [
		`SELECT author_login AS login, ${counted(DIVIDED)} FROM pull_request INDEXED BY pull_request_by_author
		WHERE ${of} AND state = 'OPEN'${narrow} GROUP BY repository_id, author_login`,
		asked(of, narrow),
		`SELECT author_login, ${counted({ merged: 'count(*)' })} FROM pull_request INDEXED BY pull_request_by_state
		WHERE ${of} AND ${MERGED}${narrow} GROUP BY author_login`,
	],
	reviewer: (of, narrow) => [
		`SELECT login, ${counted(DIVIDED)}
		FROM (SELECT DISTINCT repository_id, number, login FROM review_request INDEXED BY review_request_by_state
			WHERE ${of} AND state = 'OPEN' AND ${IS_ASKED}${narrow})
		JOIN pull_request USING (repository_id, number) GROUP BY repository_id, login`,
		nobody('reviewer', 'pull_request_without_reviewer', of, narrow),
		// A review is an update. Who reviewed under a name that is gone is not known.
		`SELECT review.author_login, ${counted({ reviewed: 'count(*)' })}
		FROM (SELECT repository_id, number, author_login AS author FROM pull_request INDEXED BY pull_request_by_state
			WHERE ${of} AND ${ANY_STATE} AND updated_at >= date(?2, '-1 day')${narrow})
		JOIN review USING (repository_id, number)
		WHERE submitted_at >= ?2 AND review.state <> 'PENDING' AND review.author_login IS NOT NULL AND review.author_login IS NOT author
			AND NOT EXISTS (SELECT 1 FROM member JOIN repository USING (host)
				WHERE repository.id = review.repository_id AND member.login = review.author_login AND member.kind = 'BOT')
		GROUP BY review.author_login`,
	],
	assignee: (of, narrow) => [
		`SELECT login, ${counted(DIVIDED)} FROM pull_request_assignee WHERE ${of} AND state = 'OPEN'${narrow} GROUP BY repository_id, login`,
		nobody('assignee', 'pull_request_without_assignee', of, narrow),
		asked(of, narrow),
		`SELECT login, ${counted({ merged: 'count(*)' })} FROM pull_request INDEXED BY pull_request_by_state
		LEFT JOIN pull_request_assignee USING (repository_id, number) WHERE ${of} AND ${MERGED}${narrow} GROUP BY login`,
	],
};

// A merge is an update, so the index by state and update finds them; a day less, should GitHub's clocks differ.
const MERGED = `pull_request.state = 'MERGED' AND pull_request.updated_at >= date(?2, '-1 day') AND merged_at >= ?2`;

function asked(of: string, narrow: string): string {
	return `SELECT login, ${counted({ reviewRequested: 'count(*)' })} FROM review_request
		WHERE ${of} AND state = 'OPEN' AND kind = 'USER'${narrow} GROUP BY repository_id, login`;
}

function nobody(role: WorkRole, index: string, of: string, narrow: string): string {
	return `SELECT NULL AS login, ${counted(DIVIDED)} FROM pull_request INDEXED BY ${index}
		WHERE ${of} AND state = 'OPEN' AND ${NOBODY[role]}${narrow} GROUP BY repository_id`;
}

/** The columns of all counts: those given, and 0 for the others. */
function counted(given: Partial<Record<Count, string>>): string {
	return COUNTS.map((count) => `${given[count] ?? '0'} AS ${count}`).join(', ');
}

/**
 * A condition on members: a person is of some repositories by what they did there, of all by being on their host.
 * @param inScope the condition that rows are of those repositories
 */
function seenIn({ repositoryId, repositoryIds }: RepositoryScope, inScope: string): string {
	if (repositoryId === undefined && repositoryIds === undefined) {
		return 'host IN (SELECT host FROM repository)';
	}
	return `(host, login) IN (
		SELECT repository.host, repository_member.login FROM repository_member JOIN repository ON repository.id = repository_id WHERE ${inScope}
	)`;
}

/** A condition whose parameters have numbers, from `first` on. */
function numbered({ sql, values }: Condition, first: number): Condition {
	let next = first;
	return { sql: sql.replace(/\?/g, () => `?${next++}`), values };
}
