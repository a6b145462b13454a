import { isInstantOrNull } from '../../model/guards';
import { isMilestoneState } from '../../model/shape';
import { ofRepositories, type RepositoryScope } from './condition';
import type { Connection } from '../sqlite/connection';
import type { MilestoneRow, WorkloadRow } from '../store';

/**
 * Every milestone with its progress. Open ones by due date, which puts the overdue first without asking
 * what time it is; then those without one; closed ones last.
 */
export function milestones(connection: Connection, scope: RepositoryScope): MilestoneRow[] {
	const { sql, values } = ofRepositories(scope);
	const count = (states: string) => `(
		SELECT count(*) FROM pull_request
		WHERE pull_request.repository_id = milestone.repository_id
			AND pull_request.milestone_node_id = milestone.node_id AND pull_request.state IN (${states})
	)`;
	return connection.all(
		`SELECT repository_id, node_id, number, title, state, due_on,
			${count("'OPEN'")} AS open, ${count("'CLOSED', 'MERGED'")} AS closed
		FROM milestone WHERE ${sql}
		ORDER BY state = 'CLOSED', due_on IS NULL, due_on, title COLLATE NOCASE, repository_id, number`,
		values,
		(row) => ({
			repositoryId: row.number('repository_id'),
			nodeId: row.text('node_id'),
			number: row.number('number'),
			title: row.text('title'),
			state: row.shaped('state', isMilestoneState),
			dueOn: row.shaped('due_on', isInstantOrNull),
			open: row.number('open'),
			closed: row.number('closed'),
		}),
	);
}

/**
 * Who carries how much of what is open, the busiest first. One login is one person, in whatever case it is
 * written and in whichever repository.
 */
export function workload(connection: Connection, scope: RepositoryScope): WorkloadRow[] {
	const { sql, values } = ofRepositories(scope);
	return connection.all(
		`WITH share AS (
			SELECT login, count(*) AS open, sum(is_draft) AS draft, 0 AS asked, sum(changes_requested) AS changes
			FROM pull_request_assignee WHERE ${sql} AND state = 'OPEN' GROUP BY repository_id, login
			UNION ALL
			SELECT login, 0, 0, count(*), 0
			FROM review_request WHERE ${sql} AND state = 'OPEN' AND kind = 'USER' GROUP BY repository_id, login
			UNION ALL
			SELECT NULL, count(*), sum(is_draft), 0, 0
			FROM pull_request INDEXED BY pull_request_without_assignee
			WHERE ${sql} AND state = 'OPEN' AND assignees = '[]' GROUP BY repository_id
		)
		SELECT login, sum(open) AS open, sum(draft) AS draft, sum(asked) AS asked, sum(changes) AS changes
		FROM share GROUP BY login COLLATE NOCASE
		ORDER BY login IS NULL, sum(open) DESC, sum(asked) DESC, login COLLATE NOCASE`,
		[...values, ...values, ...values],
		(row) => ({
			login: row.textOrNull('login'),
			open: row.number('open'),
			draft: row.number('draft'),
			reviewRequested: row.number('asked'),
			changesRequested: row.number('changes'),
		}),
	);
}
