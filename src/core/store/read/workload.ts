import { ofAttributes } from './attributeConditions';
import { ofRepositories } from '../sqlite/condition';
import type { Condition, RepositoryScope } from '../sqlite/condition';
import type { Connection } from '../sqlite/connection';
import { DIVIDED_PARTS, type WorkPart, type WorkPeriod } from './workParts';

/** What one person has to do, by part; `login: null` are the pull requests that are assigned to nobody. */
export interface WorkloadRow extends Record<WorkPart, number> {
	login: string | null;
	/** Assigned to them, and merged in the period. */
	merged: number;
}

const DIVIDED = Object.entries(DIVIDED_PARTS)
	.map(([part, sql]) => `sum${sql} AS ${part}`)
	.join(', ');
const NONE = 'sum(0) AS ready, sum(0) AS changesRequested, sum(0) AS draft, sum(0) AS stale';

/**
 * What each person has to do, by part, by name; those with nothing too, the unassigned last. People are the
 * users seen in the repository; a bot is only one while it has something to do. One login is one person, in
 * whatever case it is written and in whichever repository.
 */
export function workload(connection: Connection, { staleBefore, mergedSince, attributes = {}, ...scope }: WorkPeriod): WorkloadRow[] {
	// Each stands in several places, so parameters go by number: ?1 and ?2 are the period's.
	const repository = numbered(ofRepositories(scope), 3);
	const narrowing = ofAttributes(attributes).reduce<Condition>(
		(all, one) => ({ sql: `${all.sql} AND ${one.sql}`, values: [...all.values, ...one.values] }),
		{ sql: '', values: [] },
	);
	const narrow = numbered(narrowing, 3 + repository.values.length);
	// A merge is an update, so the index by state and update finds them; a day less, should GitHub's clocks differ.
	const merged = `pull_request.state = 'MERGED' AND pull_request.updated_at >= date(?2, '-1 day') AND merged_at >= ?2`;
	return connection.all(
		`WITH share AS (
			SELECT login, ${DIVIDED}, 0 AS reviewRequested, 0 AS merged
			FROM pull_request_assignee WHERE ${repository.sql} AND state = 'OPEN'${narrow.sql} GROUP BY repository_id, login
			UNION ALL
			SELECT NULL, ${DIVIDED}, 0, 0
			FROM pull_request INDEXED BY pull_request_without_assignee
			WHERE ${repository.sql} AND state = 'OPEN' AND assignees = '[]'${narrow.sql} GROUP BY repository_id
			UNION ALL
			SELECT login, ${NONE}, count(*), 0
			FROM review_request WHERE ${repository.sql} AND state = 'OPEN' AND kind = 'USER'${narrow.sql} GROUP BY repository_id, login
			UNION ALL
			SELECT login, ${NONE}, 0, count(*)
			FROM pull_request INDEXED BY pull_request_by_state
			LEFT JOIN pull_request_assignee USING (repository_id, number)
			WHERE ${repository.sql} AND ${merged}${narrow.sql} GROUP BY login
			UNION ALL
			SELECT login, 0, 0, 0, 0, 0, 0 FROM member WHERE kind = 'USER' AND ${seenIn(scope, repository.sql)}
		)
		SELECT max(login) AS login, sum(ready) AS ready, sum(changesRequested) AS changesRequested, sum(draft) AS draft, sum(stale) AS stale,
			sum(reviewRequested) AS reviewRequested, sum(merged) AS merged
		FROM share GROUP BY login COLLATE NOCASE
		ORDER BY login IS NULL, login COLLATE NOCASE`,
		[staleBefore, mergedSince, ...repository.values, ...narrow.values],
		(row) => ({
			login: row.textOrNull('login'),
			ready: row.number('ready'),
			changesRequested: row.number('changesRequested'),
			draft: row.number('draft'),
			stale: row.number('stale'),
			reviewRequested: row.number('reviewRequested'),
			merged: row.number('merged'),
		}),
	);
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
