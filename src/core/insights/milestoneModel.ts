import type { Group } from '../store/read/groups';
import type { MilestoneStanding } from '../store/read/milestones';

/** How far a milestone is. */
export interface MilestoneProgress {
	total: number;
	/** Closed and merged together. */
	done: number;
	left: number;
	/** Rounded down, so that 100 means that nothing is left; `null` while nothing is in it, or not all that is has been read. */
	percent: number | null;
}

export function milestoneProgress({ open, closed, unfinished }: Pick<MilestoneStanding, 'open' | 'closed' | 'unfinished'>): MilestoneProgress {
	const total = open + closed;
	return { total, done: closed, left: open, percent: total === 0 || unfinished ? null : Math.floor((closed / total) * 100) };
}

/** What is left of a milestone under one label; `name: null` for what has none. */
export interface LabelLeft {
	name: string | null;
	/** Six hexadecimal digits; `null` without a label. */
	color: string | null;
	count: number;
}

/**
 * What is left by label, most first, those without a label last.
 * @param groups the groups of a milestone's open pull requests by label
 */
export function leftByLabel(groups: readonly Group[]): LabelLeft[] {
	return groups
		.map(({ key, title, color, count }) => ({ name: key === null ? null : title, color: key === null ? null : (color ?? null), count }))
		.sort((left, right) => Number(left.name === null) - Number(right.name === null) || right.count - left.count);
}
