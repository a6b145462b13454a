import type { Connection } from '../sqlite/connection';
import type { PullRequestFilter } from './filter';
import type { Grouping } from './groupings';
import { countedGroups, groupsWithout, type Group } from './groups';
import { byKey, inOrder, mergedKey } from './mergedKey';
import { mergedMilestones, type MergedMilestoneRow } from './mergedMilestones';

/**
 * Groups of several repositories as one. Its key is what their titles have in common; title and colour are those of the
 * first repository.
 */
export interface MergedGroupRow extends Group {
	milestone?: MergedMilestoneRow;
}

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

function withProgress(groupsByKey: ReadonlyMap<string, MergedGroupRow>, all: readonly MergedMilestoneRow[]): MergedGroupRow[] {
	return all.flatMap((milestone) => {
		const group = groupsByKey.get(milestone.key);
		return group ? [{ ...group, title: milestone.title, milestone }] : [];
	});
}
