import type { AttributeFilter } from '../../filter/conditions';
import { ofAttributes } from './attributeConditions';
import type { Condition, RepositoryScope } from '../sqlite/condition';

/** What makes an open pull request somebody's, in the order in which it is offered. */
export const WORK_ROLES = ['author', 'reviewer', 'assignee'] as const;
export type WorkRole = (typeof WORK_ROLES)[number];

/** The role where nobody says another. */
export const DEFAULT_ROLE = 'assignee' satisfies WorkRole;

/**
 * The parts of what a person has to do. The first four divide the open pull requests that are theirs by a role:
 * each counts once, in the first of draft, changes requested, stale that it is, else as ready.
 * `reviewRequested` are open ones, whoever's, that wait for this person's review; by reviewer those are the divided ones.
 */
export const WORK_PARTS = ['ready', 'changesRequested', 'draft', 'stale', 'reviewRequested'] as const;
export type WorkPart = (typeof WORK_PARTS)[number];

/** The parts that there are by a role; their sum is the total. */
export function partsOf(role: WorkRole): readonly WorkPart[] {
	return role === 'reviewer' ? WORK_PARTS.filter((part) => part !== 'reviewRequested') : WORK_PARTS;
}

/** What is counted: everything but the day of the count itself. Times are ISO 8601 UTC, second precision. */
export interface WorkPeriod extends RepositoryScope {
	/** What has not been updated since is stale. */
	staleBefore: string;
	/** What was merged, and what was reviewed, since is counted as that. */
	mergedSince: string;
	/** Whose work it is; {@link DEFAULT_ROLE} when absent. */
	role?: WorkRole;
	/** Only what is so is counted. */
	attributes?: AttributeFilter;
}

/** The pull requests behind one part of a {@link WorkloadRow}. */
export interface WorkSelection {
	/** `null`: nobody in that role. */
	login: string | null;
	/** See {@link WorkPeriod.role}. */
	role?: WorkRole;
	part: WorkPart;
	/** See {@link WorkPeriod.staleBefore}. */
	staleBefore: string;
	/** Only of this one. By name: a row's id is another after its data was cleared and fetched again. */
	repository?: { host: string; nameWithOwner: string };
	/** See {@link WorkPeriod.attributes}. */
	attributes?: AttributeFilter;
}

/** The parts that divide what is somebody's, as SQL on a table with the columns of a pull request; `?1` is `staleBefore`. */
export const DIVIDED_PARTS: Record<Exclude<WorkPart, 'reviewRequested'>, string> = {
	ready: '(updated_at >= ?1 AND NOT is_draft AND NOT changes_requested)',
	changesRequested: '(NOT is_draft AND changes_requested)',
	draft: '(is_draft)',
	stale: '(updated_at < ?1 AND NOT is_draft AND NOT changes_requested)',
};

/** Whoever is asked for a review, teams too; a bot is nobody whose work this could be. */
export const IS_ASKED = "kind <> 'BOT'";

/** A selection as a condition on any table that has a pull request's repository and number. */
export function ofSelection({ login, role = DEFAULT_ROLE, part, staleBefore, repository, attributes = {} }: WorkSelection): Condition {
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
	const divided = DIVIDED_PARTS[part];
	where.push({ sql: `state = 'OPEN' AND ${divided.replace('?1', '?')}`, values: divided.includes('?1') ? [staleBefore] : [] }, whose(login, role));
	return among('pull_request', where);
}

function whose(login: string | null, role: WorkRole): Condition {
	if (login === null) {
		return { sql: NOBODY[role], values: [] };
	}
	const listed = (table: string, where = 'true'): Condition => ({
		sql: `(repository_id, number) IN (
			SELECT repository_id, number FROM ${table}
			WHERE repository_id IN (SELECT id FROM repository) AND state = 'OPEN' AND login = ? AND ${where}
		)`,
		values: [login],
	});
	switch (role) {
		case 'author':
			return { sql: 'author_login = ?', values: [login] };
		case 'reviewer':
			return listed('review_request', IS_ASKED);
		case 'assignee':
			return listed('pull_request_assignee');
	}
}

/** Open ones that have nobody in a role, as SQL on `pull_request`; where that is not known it is not so. */
export const NOBODY: Record<WorkRole, string> = {
	author: 'author_login IS NULL',
	reviewer: 'requested_reviews = 0',
	assignee: "assignees = '[]'",
};

function among(table: string, where: Condition[]): Condition {
	return {
		sql: `(repository_id, number) IN (SELECT repository_id, number FROM ${table} WHERE ${where.map(({ sql }) => sql).join(' AND ')})`,
		values: where.flatMap(({ values }) => values),
	};
}
