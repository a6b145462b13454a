import { ANY_STATE } from './condition';
import type { Connection } from './connection';

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

/**
 * When a milestone's pull requests were opened and closed, by day. What is in it today counts from its own
 * day on: when it was put there is not stored.
 */
export function burnUp(connection: Connection, { repositoryId, nodeId }: MilestoneKey): BurnUpRow[] {
	return connection.all(
		`WITH mine AS MATERIALIZED (
			SELECT substr(created_at, 1, 10) AS opened, substr(closed_at, 1, 10) AS closed
			FROM pull_request WHERE repository_id = ? AND milestone_node_id = ? AND ${ANY_STATE}
		)
		SELECT day, sum(opened) AS opened, sum(closed) AS closed FROM (
			SELECT opened AS day, 1 AS opened, 0 AS closed FROM mine
			UNION ALL
			SELECT closed, 0, 1 FROM mine WHERE closed IS NOT NULL
		) GROUP BY day ORDER BY day`,
		[repositoryId, nodeId],
		(row) => ({ day: row.text('day'), opened: row.number('opened'), closed: row.number('closed') }),
	);
}
