import type { Connection } from '../sqlite/connection';
import type { PullRequestFilter } from './filter';
import { GROUPINGS, type Grouping } from './groupings';
import { countedGroups, inTurnOrder, looseGroups, type Group } from './groups';
import { byKey, inOrder, mergedKey } from './mergedKey';
import { mergedMilestones, type MergedMilestoneRow } from './mergedMilestones';

/**
 * Groups of several repositories as one. Its key is what their titles have in common, or where these are all that they have their keys; title and colour are those of the
 * first repository.
 */
export interface MergedGroupRow extends Group {
	milestone?: MergedMilestoneRow;
}

/**
 * The groups of the filter's repositories, those of one title as one, then what has no such thing, then of what that is not known. The first repository
 * of the filter that has a group gives its spelling and colour. A milestone's progress counts all that is in it.
 */
export function mergedGroups(connection: Connection, by: Grouping, filter: PullRequestFilter): MergedGroupRow[] {
	const found = new Map<string, MergedGroupRow>();
	for (const { key: own, title, count, color, isTeam } of inOrder(countedGroups(connection, by, filter), filter)) {
		const key = mergedKey(GROUPINGS[by].list ? title : (own ?? ''));
		const known = found.get(key);
		if (known) {
			known.count += count;
		} else {
			found.set(key, { key, title, count, ...(color !== undefined && { color }), ...(isTeam && { isTeam }) });
		}
	}
	const all = [...found.values()];
	const named = by === 'milestone' ? withProgress(found, mergedMilestones(connection, filter)) : by === 'turn' ? inTurnOrder(all) : all.sort(byKey);
	const loose = new Map<string | null, MergedGroupRow>();
	for (const { key, title, count, isUnknown } of looseGroups(connection, by, filter)) {
		loose.set(key, { key, title, count: count + (loose.get(key)?.count ?? 0), ...(isUnknown && { isUnknown }) });
	}
	return [...named, ...loose.values()];
}

function withProgress(groupsByKey: ReadonlyMap<string, MergedGroupRow>, all: readonly MergedMilestoneRow[]): MergedGroupRow[] {
	return all.flatMap((milestone) => {
		const group = groupsByKey.get(milestone.key);
		return group ? [{ ...group, title: milestone.title, milestone }] : [];
	});
}
