import { and, ANY_STATE, ofRepositories } from '../sqlite/condition';
import type { Condition } from '../sqlite/condition';
import type { Connection } from '../sqlite/connection';
import { ofTitle } from './groupings';

/** One day (UTC, `2026-01-31`) on which pull requests were opened or closed. */
export interface BurnUpRow {
	day: string;
	opened: number;
	/** Closed and merged together. */
	closed: number;
}

/** Names a milestone within the database. */
export interface MilestoneKey {
	repositoryId: number;
	nodeId: string;
}

/** Names the milestones of one title in several repositories, by the key that they share as a group. */
export interface MergedMilestoneKey {
	repositoryIds: readonly number[];
	key: string;
}

/**
 * When the pull requests of a milestone, or of several of one title, were opened and closed, by day. What is in it
 * today counts from its own day on: when it was put there is not stored.
 */
export function burnUp(connection: Connection, milestone: MilestoneKey | MergedMilestoneKey): BurnUpRow[] {
	const { sql, values } = members(milestone);
	return connection.all(
		`WITH mine AS MATERIALIZED (
			SELECT substr(created_at, 1, 10) AS opened, substr(closed_at, 1, 10) AS closed
			FROM pull_request WHERE ${sql} AND ${ANY_STATE}
		)
		SELECT day, sum(opened) AS opened, sum(closed) AS closed FROM (
			SELECT opened AS day, 1 AS opened, 0 AS closed FROM mine
			UNION ALL
			SELECT closed, 0, 1 FROM mine WHERE closed IS NOT NULL
		) GROUP BY day ORDER BY day`,
		values,
		(row) => ({ day: row.text('day'), opened: row.number('opened'), closed: row.number('closed') }),
	);
}

function members(milestone: MilestoneKey | MergedMilestoneKey): Condition {
	return 'nodeId' in milestone
		? { sql: 'repository_id = ? AND milestone_node_id = ?', values: [milestone.repositoryId, milestone.nodeId] }
		: and(ofRepositories(milestone), ofTitle('milestone', milestone.key));
}
