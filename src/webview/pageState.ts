import { NEUTRAL_SORT, type WorkColumn, type WorkloadView } from '../core/insights/workloadModel';
import { DEFAULT_MERGED_DAYS } from '../core/insights/workloadModel';
import { WORK_PARTS } from '../core/store/read/workParts';
import { MERGED_DAYS, TABS, type MergedDays, type Tab } from './protocol';

/** Everything about the page that outlives being hidden and reloads; plain JSON. */
export interface PageState {
	tab: Tab;
	/** `null`: all repositories. */
	repository: string | null;
	mergedDays: MergedDays;
	view: WorkloadView;
	/** The milestone whose details are shown; `null`: the first. */
	milestone: string | null;
	withClosedMilestones: boolean;
	/** How far down the page was, in CSS pixels. */
	scroll: number;
}

export const WORK_COLUMNS: readonly WorkColumn[] = ['name', 'total', ...WORK_PARTS, 'merged'];

/** Reads what an earlier page kept, perhaps that of another release: whatever does not fit is as at first. */
export function readPageState(kept: unknown): PageState {
	const { tab, repository, mergedDays, view, milestone, withClosedMilestones, scroll } = record(kept);
	const { sort, search, withIdle } = record(view);
	const { by, descending } = record(sort);
	return {
		tab: TABS.find((known) => known === tab) ?? 'workload',
		repository: typeof repository === 'string' ? repository : null,
		mergedDays: MERGED_DAYS.find((known) => known === mergedDays) ?? DEFAULT_MERGED_DAYS,
		view: {
			sort: { by: WORK_COLUMNS.find((known) => known === by) ?? NEUTRAL_SORT.by, descending: descending === true },
			search: typeof search === 'string' ? search : '',
			withIdle: withIdle !== false,
		},
		milestone: typeof milestone === 'string' ? milestone : null,
		withClosedMilestones: withClosedMilestones === true,
		scroll: typeof scroll === 'number' && Number.isFinite(scroll) ? scroll : 0,
	};
}

function record(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}
