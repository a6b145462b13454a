import { busyPeople, DEFAULT_MERGED_DAYS, workloadModel, workNumbers, workPeriod } from '../../core/insights/workloadModel';
import { DEFAULT_ROLE, WORK_ROLES, type WorkRole } from '../../core/store/read/workParts';
import { storedScope } from './storedScope';
import type { StoredTool } from './storedTool';
import { ToolInput } from './toolInput';

export const WORKLOAD_INPUT = ['repository', 'by'] as const;

const NOBODY: Record<WorkRole, string> = { author: 'have no known author', reviewer: 'have nobody asked for a review', assignee: 'are assigned to nobody' };

/** Who carries how much of what is open, by a role, in the parts of the overview page: load, not how well anybody works. */
export const workloadTool: StoredTool = {
	async answer({ store, now, staleDays }, input) {
		const given = new ToolInput(input, WORKLOAD_INPUT);
		const { filter, summary } = await storedScope(store, given.text('repository'), now);
		const role = given.choice('by', WORK_ROLES) ?? DEFAULT_ROLE;
		const model = workloadModel(await store.read.workload({ ...filter, ...workPeriod(now, { staleDays }), role }));
		const busy = busyPeople(model);
		return {
			summary: [
				...summary,
				`By ${role}: ${busy.filter(({ login }) => login !== null).length} people have open work or ${role === 'reviewer' ? 'reviewed' : 'merged'} something in the last ${DEFAULT_MERGED_DAYS} days; ${model.unassigned.total} open pull requests ${NOBODY[role]}. ` +
					`Each open one of theirs counts once: as draft, else changesRequested, else stale (not updated for ${staleDays} days), else ready; alsoStale of the drafts and changesRequested are stale besides. ` +
					`${role === 'reviewer' ? 'reviewed: reviews that they did' : "reviewRequested waits for that person's review; merged: merged"} in the last ${DEFAULT_MERGED_DAYS} days. ` +
					'This is about load; it says nothing of how well anybody works.',
			],
			rows: busy.map((person) => ({ login: person.login, total: person.total, ...workNumbers(person, role) })),
			narrow: 'Name a repository.',
		};
	},
};
