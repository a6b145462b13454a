import { isInstant } from '../../model/guards';
import { isChangeKind, type PullRequestChange } from '../../model/pullRequestChange';
import type { Connection } from '../sqlite/connection';
import { ofFilter, type PullRequestFilter } from './filter';
import { readPullRequest, ROW_COLUMNS, type PullRequestRow } from './pullRequestRow';

/** A pull request as it is now, with what was seen to change, oldest first. */
export interface ChangedPullRequest extends PullRequestRow {
	changes: PullRequestChange[];
}

/** Of which pull requests changes are wanted, and from when on. */
export interface ChangesFilter extends Omit<PullRequestFilter, 'group'> {
	/** ISO 8601 UTC, second precision; what was seen at this moment counts. */
	since: string;
}

/** The pull requests of which a sync has seen changes since, newest update first. Two walks along the key of the changes. */
export function changes(connection: Connection, { since, ...filter }: ChangesFilter): ChangedPullRequest[] {
	const { sql, values } = ofFilter(filter);
	const changed = `pull_request_change WHERE repository_id IN (SELECT id FROM repository) AND seen_at >= ?`;
	const found = connection.all(
		// In this order: few of a repository's pull requests have changed.
		`SELECT ${ROW_COLUMNS} FROM (SELECT DISTINCT repository_id, number FROM ${changed}) CROSS JOIN pull_request USING (repository_id, number)
		WHERE ${sql}
		ORDER BY updated_at DESC, number DESC, repository_id`,
		[since, ...values],
		(row): ChangedPullRequest => ({ ...readPullRequest(row), changes: [] }),
	);
	const byKey = new Map(found.map((one) => [`${one.repositoryId} ${one.number}`, one]));
	connection.all(`SELECT repository_id, number, seen_at, kind, before, after FROM ${changed} ORDER BY seen_at, kind`, [since], (row) => {
		const kind = row.text('kind');
		if (isChangeKind(kind)) {
			const change = { kind, seenAt: row.shaped('seen_at', isInstant), before: row.textOrNull('before'), after: row.textOrNull('after') };
			byKey.get(`${row.number('repository_id')} ${row.number('number')}`)?.changes.push(change);
		}
	});
	return found;
}
