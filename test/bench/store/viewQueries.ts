import type { Store } from '../../../src/core/store/store';
import { LABELS, MILESTONES } from './sample';

/** What the trees and the page ask, each as they ask it. */
export function viewQueries(repositoryId: number, count: number): { name: string; run: (store: Store) => Promise<unknown> }[] {
	const open = { repositoryId, states: ['OPEN' as const] };
	const project = { repositoryIds: [repositoryId], states: ['OPEN' as const] };
	const page = { offset: 0, limit: 100 };
	const now = Date.parse('2026-06-01T00:00:00Z');
	const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString().replace('.000Z', 'Z');
	const label = LABELS[3]?.id ?? '';
	const milestone = MILESTONES.at(-3)?.id ?? '';
	return [
		{ name: 'repositories', run: (store) => store.read.repositories() },
		{ name: 'milestones of what is open', run: (store) => store.read.groups('milestone', open) },
		{ name: 'labels of what is open', run: (store) => store.read.groups('label', open) },
		{ name: 'assignees of what is open', run: (store) => store.read.groups('assignee', open) },
		{ name: 'a page of a label', run: (store) => store.read.pullRequests({ ...open, group: { by: 'label', key: label } }, page) },
		{ name: 'a page of a milestone', run: (store) => store.read.pullRequests({ ...open, group: { by: 'milestone', key: milestone } }, page) },
		{ name: 'a page of an assignee', run: (store) => store.read.pullRequests({ ...open, group: { by: 'assignee', key: 'person-7' } }, page) },
		{ name: 'a page without milestone', run: (store) => store.read.pullRequests({ ...open, group: { by: 'milestone', key: null } }, page) },
		{ name: 'a late page of what is open', run: (store) => store.read.pullRequests(open, { ...page, offset: Math.floor(count / 13) }) },
		{ name: 'a page of all', run: (store) => store.read.pullRequests({ repositoryId }, page) },
		{ name: 'a page by creation', run: (store) => store.read.pullRequests(open, { ...page, order: { by: 'created', ascending: true } }) },
		{ name: 'a page by title', run: (store) => store.read.pullRequests({ ...open, text: 'request 12' }, page) },
		{ name: 'a page of an author', run: (store) => store.read.pullRequests({ ...open, author: 'person-9' }, page) },
		{ name: 'labels by author and label', run: (store) => store.read.groups('label', { ...open, author: 'person-9', labels: { match: 'none', names: ['area: part 1'] } }) },
		{ name: 'milestones by title', run: (store) => store.read.groups('milestone', { ...open, text: 'request 12' }) },
		{ name: 'milestones in any state', run: (store) => store.read.groups('milestone', { repositoryId }) },
		{ name: 'labels in any state', run: (store) => store.read.groups('label', { repositoryId }) },
		{ name: 'assignees in any state', run: (store) => store.read.groups('assignee', { repositoryId }) },
		{ name: 'milestones of a project', run: (store) => store.read.mergedGroups('milestone', project) },
		{ name: 'labels of a project, in any state', run: (store) => store.read.mergedGroups('label', { repositoryIds: [repositoryId] }) },
		{ name: 'assignees of a project', run: (store) => store.read.mergedGroups('assignee', project) },
		{ name: 'one pull request', run: (store) => store.read.pullRequestDetail({ repositoryId, number: Math.floor(count / 2) }) },
		{ name: 'authors in any state', run: (store) => store.read.groups('author', {}) },
		{ name: 'milestone progress', run: (store) => store.read.milestones({ repositoryId }) },
		{ name: 'workload', run: (store) => store.read.workload({ repositoryId, staleBefore: daysAgo(30), mergedSince: daysAgo(30) }) },
		{ name: 'burn-up of a milestone', run: (store) => store.read.burnUp({ repositoryId, nodeId: milestone }) },
	];
}
