import type { AttributeFilter } from '../../filter/conditions';
import { ofAttributes } from './attributeConditions';
import type { Condition, RepositoryScope } from '../sqlite/condition';

/**
 * The parts of what a person has to do. The first four divide the open pull requests that are assigned to
 * them: each counts once, in the first of stale, draft, changes requested that it is, else as ready.
 * `reviewRequested` are open ones, whoever's, that wait for this person's review.
 */
export const WORK_PARTS = ['ready', 'changesRequested', 'draft', 'stale', 'reviewRequested'] as const;
export type WorkPart = (typeof WORK_PARTS)[number];

/** What is counted: everything but the day of the count itself. Times are ISO 8601 UTC, second precision. */
export interface WorkPeriod extends RepositoryScope {
	/** What has not been updated since is stale. */
	staleBefore: string;
	/** What was merged since is counted as merged. */
	mergedSince: string;
	/** Only what is so is counted. */
	attributes?: AttributeFilter;
}

/** The pull requests behind one part of a {@link WorkloadRow}. */
export interface WorkSelection {
	login: string | null;
	part: WorkPart;
	/** See {@link WorkPeriod.staleBefore}. */
	staleBefore: string;
	/** Only of this one. By name: a row's id is another after its data was cleared and fetched again. */
	repository?: { host: string; nameWithOwner: string };
	/** See {@link WorkPeriod.attributes}. */
	attributes?: AttributeFilter;
}

/** The parts that divide what is assigned, as SQL on a table with the columns of a pull request; `?1` is `staleBefore`. */
export const DIVIDED_PARTS: Record<Exclude<WorkPart, 'reviewRequested'>, string> = {
	ready: '(updated_at >= ?1 AND NOT is_draft AND NOT changes_requested)',
	changesRequested: '(updated_at >= ?1 AND NOT is_draft AND changes_requested)',
	draft: '(updated_at >= ?1 AND is_draft)',
	stale: '(updated_at < ?1)',
};

/** A selection as a condition on any table that has a pull request's repository and number. */
export function ofSelection({ login, part, staleBefore, repository, attributes = {} }: WorkSelection): Condition {
	const where: Condition[] = [{ sql: 'repository_id IN (SELECT id FROM repository)', values: [] }, ...ofAttributes(attributes, ['OPEN'])];
	if (repository !== undefined) {
		where.push({
			sql: 'repository_id = (SELECT id FROM repository WHERE host = ? AND name_with_owner = ?)',
			values: [repository.host, repository.nameWithOwner],
		});
	}
	if (part === 'reviewRequested') {
		where.push({ sql: "login = ? AND kind = 'USER' AND state = 'OPEN'", values: [login] });
		return among('review_request', where);
	}
	where.push({ sql: `state = 'OPEN' AND ${DIVIDED_PARTS[part].replace('?1', '?')}`, values: [staleBefore] }, whose(login));
	return among('pull_request', where);
}

function whose(login: string | null): Condition {
	return login === null
		? { sql: "assignees = '[]'", values: [] }
		: {
				sql: `(repository_id, number) IN (
					SELECT repository_id, number FROM pull_request_assignee
					WHERE repository_id IN (SELECT id FROM repository) AND state = 'OPEN' AND login = ?
				)`,
				values: [login],
			};
}

function among(table: string, where: Condition[]): Condition {
	return {
		sql: `(repository_id, number) IN (SELECT repository_id, number FROM ${table} WHERE ${where.map(({ sql }) => sql).join(' AND ')})`,
		values: where.flatMap(({ values }) => values),
	};
}
