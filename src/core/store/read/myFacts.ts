import type { Viewer } from '../../model/viewer';
import { and, ofRepositories, ofStates, type Condition, type RepositoryScope } from '../sqlite/condition';
import type { Connection } from '../sqlite/connection';
import { turnFactsOf, type TurnFacts } from './turnFacts';

/** Somebody with an account on a host. */
export interface Person extends Viewer {
	host: string;
}

/**
 * The facts of every open pull request of their host that a person wrote, is asked to review, by name or with a team, has reviewed
 * or is assigned to; newest update first. Found along indexes: how many others are open makes no difference.
 */
export function myFacts(connection: Connection, { host, login, teams }: Person, within: RepositoryScope): TurnFacts[] {
	const there = connection.all('SELECT id FROM repository WHERE host = ?', [host], (row) => row.number('id'));
	const scope = { ...within, repositoryIds: there.filter((id) => within.repositoryIds?.includes(id) !== false) };
	const asked = [login, ...(teams ?? [])];
	const ofReviewer = and(ofRepositories(scope), { sql: 'author_login = ?', values: [login] });
	const found = [
		rowsOf('pull_request', openOf(scope, { sql: 'author_login = ?', values: [login] })),
		rowsOf('pull_request_assignee', openOf(scope, { sql: 'login = ?', values: [login] })),
		rowsOf('review_request', openOf(scope, { sql: `login IN (${asked.map(() => '?').join(', ')})`, values: asked })),
		rowsOf('review', ofReviewer),
	];
	const mine = found.reduce((all, one) => ({ sql: `${all.sql} UNION ALL ${one.sql}`, values: [...all.values, ...one.values] }));
	return turnFactsOf(connection, openOf(scope, { sql: `(repository_id, number) IN (${mine.sql})`, values: mine.values }));
}

function rowsOf(table: string, { sql, values }: Condition): Condition {
	return { sql: `SELECT repository_id, number FROM ${table} WHERE ${sql}`, values };
}

function openOf(scope: RepositoryScope, condition: Condition): Condition {
	return and(and(ofRepositories(scope), ofStates(['OPEN'])), condition);
}
