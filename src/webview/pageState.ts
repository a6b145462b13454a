import { FIRST_SORT, type WorkColumn, type WorkloadView } from '../core/insights/workloadModel';
import { DEFAULT_MERGED_DAYS } from '../core/insights/workloadModel';
import { WORK_PARTS, WORK_ROLES, type WorkRole } from '../core/store/read/workParts';
import { MERGED_DAYS, TABS, type MergedDays, type Tab } from './protocol';

/** Everything about the page that outlives being hidden and reloads; plain JSON. */
export interface PageState {
	tab: Tab;
	/** `null`: all repositories. */
	repository: string | null;
	mergedDays: MergedDays;
	/** By which role people are shown; `null`: nobody has chosen one. */
	role: WorkRole | null;
	view: WorkloadView;
	/** The milestone whose details are shown; `null`: the first. */
	milestone: string | null;
	withClosedMilestones: boolean;
	/** How far down the page was, in CSS pixels. */
	scroll: number;
}

export const WORK_COLUMNS: readonly WorkColumn[] = ['name', 'total', ...WORK_PARTS, 'merged', 'reviewed'];

/** Reads what an earlier page kept, perhaps that of another release: whatever does not fit is as at first. */
export function readPageState(kept: unknown): PageState {
	const { tab, repository, mergedDays, role, view, milestone, withClosedMilestones, scroll } = record(kept);
	// A page that knew no roles kept everybody, by name, whether or not somebody had chosen that.
	const { sort, search, withIdle } = record(role === undefined ? {} : view);
	const { by, descending } = record(sort);
	return {
		tab: TABS.find((known) => known === tab) ?? 'workload',
		repository: typeof repository === 'string' ? repository : null,
		mergedDays: MERGED_DAYS.find((known) => known === mergedDays) ?? DEFAULT_MERGED_DAYS,
		role: WORK_ROLES.find((known) => known === role) ?? null,
		view: {
			sort: { by: WORK_COLUMNS.find((known) => known === by) ?? FIRST_SORT.by, descending: typeof descending === 'boolean' ? descending : FIRST_SORT.descending },
			search: typeof search === 'string' ? search : '',
			withIdle: withIdle === true,
		},
		milestone: typeof milestone === 'string' ? milestone : null,
		withClosedMilestones: withClosedMilestones === true,
		scroll: typeof scroll === 'number' && Number.isFinite(scroll) ? scroll : 0,
	};
}

function record(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}
