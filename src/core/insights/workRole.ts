import type { PullRequestFilter } from '../store/read/filter';
import type { StoreWith } from '../store/read/reads';
import type { WorkRole } from '../store/read/workParts';

/**
 * By which role people are shown until somebody chooses: by assignee where at least half of what is open has one, else by
 * author, because in many repositories nobody is assigned.
 */
export async function firstRole(store: StoreWith<'countPullRequests'>, scope: Pick<PullRequestFilter, 'repositoryId' | 'repositoryIds'>): Promise<WorkRole> {
	const open: { states: ['OPEN'] } = { states: ['OPEN'] };
	const [all, unassigned] = await Promise.all([
		store.read.countPullRequests({ ...scope, ...open }),
		store.read.countPullRequests({ ...scope, ...open, group: { by: 'assignee', key: null } }),
	]);
	return all.OPEN > 0 && 2 * (all.OPEN - unassigned.OPEN) >= all.OPEN ? 'assignee' : 'author';
}
