import { workloadModel } from '../../core/insights/workloadModel';
import { instant } from '../../core/sync/seedOptions';
import { storedScope } from './storedScope';
import type { StoredTool } from './storedTool';
import { ToolInput } from './toolInput';

export const WORKLOAD_INPUT = ['repository'] as const;

const DAY_MS = 86_400_000;
const MERGED_DAYS = 30;

/** Who carries how much of what is open, in the parts of the overview page. Load, not a ranking: by name. */
export const workloadTool: StoredTool = {
	async answer({ store, now, staleDays }, input) {
		const given = new ToolInput(input, WORKLOAD_INPUT);
		const { filter, summary } = await storedScope(store, given.text('repository'), now);
		const ago = (days: number) => instant(now - days * DAY_MS);
		const { people, unassigned } = workloadModel(await store.workParts({ ...filter, staleBefore: ago(staleDays), mergedSince: ago(MERGED_DAYS) }));
		const busy = people.filter(({ total, merged }) => total + merged > 0);
		return {
			summary: [
				...summary,
				`${busy.length} people have open work or merged something in the last ${MERGED_DAYS} days; ${unassigned.total} open pull requests are assigned to nobody. ` +
					`Each assigned one counts once: as stale (not updated for ${staleDays} days), else draft, else changesRequested, else ready. reviewRequested waits for that person's review. ` +
					'This is about load; it says nothing of how well anybody works.',
			],
			rows: [...busy, unassigned].map(({ login, parts, total, merged }) => ({ login, total, ...parts, merged })),
			narrow: 'Name a repository.',
		};
	},
};
