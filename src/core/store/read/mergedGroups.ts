import type { RepositoryScope } from './condition';
import type { Connection } from '../sqlite/connection';
import { mergedKey } from './mergedKey';
import { milestones } from './milestones';
import { countedGroups, groupsWithout } from './pullRequests';
import type { Grouping, MergedGroupRow, MergedMilestoneRow, MilestoneRow, PullRequestFilter } from '../store';

/**
 * The groups of the filter's repositories, those of one title as one, then what has no such thing. The first repository
 * of the filter that has a group gives its spelling and colour. A milestone's progress counts all that is in it.
 */
export function mergedGroups(connection: Connection, by: Grouping, filter: PullRequestFilter): MergedGroupRow[] {
	const found = new Map<string, MergedGroupRow>();
	for (const { title, count, color } of inOrder(countedGroups(connection, by, filter), filter)) {
		const key = mergedKey(title);
		const known = found.get(key);
		if (known) {
			known.count += count;
		} else {
			found.set(key, { key, title, count, ...(color !== undefined && { color }) });
		}
	}
	const named = by === 'milestone' ? withProgress(found, mergedMilestones(connection, filter)) : [...found.values()].sort(byKey);
	const none = groupsWithout(connection, by, filter).reduce((sum, { count }) => sum + count, 0);
	return none > 0 ? [...named, { key: null, title: '', count: none }] : named;
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
		repositoryIds: [...new Set(rows.map(({ repositoryId }) => repositoryId))],
	};
}

function withProgress(groupsByKey: ReadonlyMap<string, MergedGroupRow>, all: readonly MergedMilestoneRow[]): MergedGroupRow[] {
	return all.flatMap((milestone) => {
		const group = groupsByKey.get(milestone.key);
		return group ? [{ ...group, title: milestone.title, milestone }] : [];
	});
}

/** Rows in the order in which their repositories were named. */
function inOrder<T extends { repositoryId: number }>(rows: readonly T[], { repositoryIds = [] }: RepositoryScope): T[] {
	const places = new Map<number, T[]>(repositoryIds.map((id) => [id, []]));
	for (const row of rows) {
		const place = places.get(row.repositoryId);
		if (place) {
			place.push(row);
		} else {
			places.set(row.repositoryId, [row]);
		}
	}
	return [...places.values()].flat();
}

/** No two have the same key. */
function byKey<T extends { key: string | null }>({ key: one }: T, { key: other }: T): number {
	return (one ?? '') < (other ?? '') ? -1 : 1;
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
