import { busyPeople, DEFAULT_MERGED_DAYS, workloadModel, workPeriod } from '../../core/insights/workloadModel';
import { storedScope } from './storedScope';
import type { StoredTool } from './storedTool';
import { ToolInput } from './toolInput';

export const WORKLOAD_INPUT = ['repository'] as const;

/** Who carries how much of what is open, in the parts of the overview page. Load, not a ranking: by name. */
export const workloadTool: StoredTool = {
	async answer({ store, now, staleDays }, input) {
		const given = new ToolInput(input, WORKLOAD_INPUT);
		const { filter, summary } = await storedScope(store, given.text('repository'), now);
		const model = workloadModel(await store.read.workload({ ...filter, ...workPeriod(now, { staleDays }) }));
		const busy = busyPeople(model);
		return {
			summary: [
				...summary,
				`${busy.filter(({ login }) => login !== null).length} people have open work or merged something in the last ${DEFAULT_MERGED_DAYS} days; ${model.unassigned.total} open pull requests are assigned to nobody. ` +
					`Each assigned one counts once: as stale (not updated for ${staleDays} days), else draft, else changesRequested, else ready. reviewRequested waits for that person's review. ` +
					'This is about load; it says nothing of how well anybody works.',
			],
			rows: busy.map(({ login, parts, open, total, merged }) => ({ login, total, open, ...parts, merged })),
			narrow: 'Name a repository.',
		};
	},
};
