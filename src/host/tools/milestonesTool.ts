import { isOverdue } from '../../core/insights/due';
import { milestoneProgress } from '../../core/insights/milestoneModel';
import { storedScope } from './storedScope';
import type { StoredTool } from './storedTool';
import { ToolInput } from './toolInput';

export const MILESTONES_INPUT = ['repository', 'includeClosed'] as const;

/** Milestones with how far they are, by due date. */
export const milestonesTool: StoredTool = {
	async answer({ store, now }, input) {
		const given = new ToolInput(input, MILESTONES_INPUT);
		const includeClosed = given.flag('includeClosed') === true;
		const { repositories, filter, summary } = await storedScope(store, given.text('repository'), now);
		const all = await store.read.milestones(filter);
		const shown = all.filter(({ state }) => includeClosed || state === 'OPEN');
		const names = new Map(repositories.map((row) => [row.id, row.nameWithOwner]));
		const overdue = all.filter((milestone) => isOverdue(milestone, now)).length;
		const open = all.filter(({ state }) => state === 'OPEN').length;
		return {
			summary: [...summary, `${open} open milestones, ${overdue} of them overdue, and ${all.length - open} closed ones. The counts are of pull requests.`],
			rows: shown.map((milestone) => {
				const { total, done, left, percent } = milestoneProgress(milestone);
				const { repositoryId, number, title, state, dueOn } = milestone;
				return { repository: names.get(repositoryId), number, title, state, dueOn, total, done, left, percent, overdue: isOverdue(milestone, now) };
			}),
			narrow: 'Name a repository, or leave out includeClosed.',
		};
	},
};
