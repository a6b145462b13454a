import { isInstantOrNull } from '../../model/guards';
import { isMilestoneState } from '../../model/shape';
import type { Connection } from '../sqlite/connection';
import { ofRepositories, type RepositoryScope } from '../sqlite/condition';

/** How a milestone stands. */
export interface MilestoneStanding {
	title: string;
	state: 'OPEN' | 'CLOSED';
	dueOn: string | null;
	open: number;
	/** Closed and merged together. */
	closed: number;
	/** Its repository has never been read to the end, so that the counts may lack some. */
	unfinished: boolean;
}

export interface MilestoneRow extends MilestoneStanding {
	repositoryId: number;
	nodeId: string;
	number: number;
}

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
			${count("'OPEN'")} AS open, ${count("'CLOSED', 'MERGED'")} AS closed,
			(SELECT synced_at IS NULL FROM repository WHERE id = repository_id) AS unfinished
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
			unfinished: row.flag('unfinished'),
		}),
	);
}
