import type { Connection } from '../sqlite/connection';
import type { RepositoryScope } from '../sqlite/condition';
import { byKey, inOrder, mergedKey } from './mergedKey';
import { milestones, type MilestoneRow, type MilestoneStanding } from './milestones';

/** Milestones of one title as one: open while one of them is, due with the first of the open ones, counts summed up. */
export interface MergedMilestoneRow extends MilestoneStanding {
	/** The same as its group's. */
	key: string;
	/** Those that have such a milestone. */
	repositoryIds: number[];
}

/** The milestones of some repositories, those of one title as one, in the order of {@link milestones}. */
export function mergedMilestones(connection: Connection, scope: RepositoryScope): MergedMilestoneRow[] {
	const found = new Map<string, MilestoneRow[]>();
	for (const row of inOrder(milestones(connection, scope), scope)) {
		const key = mergedKey(row.title);
		const known = found.get(key);
		if (known) {
			known.push(row);
		} else {
			found.set(key, [row]);
		}
	}
	return [...found].map(([key, rows]) => mergedMilestone(key, rows)).sort(byDueDate);
}

function mergedMilestone(key: string, rows: readonly MilestoneRow[]): MergedMilestoneRow {
	const stillOpen = rows.filter(({ state }) => state === 'OPEN');
	// A day that a closed one had is over with it.
	const [dueOn = null] = (stillOpen.length > 0 ? stillOpen : rows).flatMap((row) => row.dueOn ?? []).sort();
	return {
		key,
		title: rows[0]?.title ?? key,
		state: stillOpen.length > 0 ? 'OPEN' : 'CLOSED',
		dueOn,
		open: rows.reduce((sum, { open }) => sum + open, 0),
		closed: rows.reduce((sum, { closed }) => sum + closed, 0),
		unfinished: rows.some(({ unfinished }) => unfinished),
		repositoryIds: [...new Set(rows.map(({ repositoryId }) => repositoryId))],
	};
}

function byDueDate(one: MergedMilestoneRow, other: MergedMilestoneRow): number {
	if (one.state !== other.state) {
		return one.state === 'OPEN' ? -1 : 1;
	}
	if (one.dueOn === other.dueOn) {
		return byKey(one, other);
	}
	return one.dueOn !== null && (other.dueOn === null || one.dueOn < other.dueOn) ? -1 : 1;
}
