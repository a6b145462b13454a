import type { PullRequest } from '../github-server/model';
import type { Repository } from '../github-server/repository';

/** A group as the stand-in's world has it: what a tree has to show. */
export interface ExpectedGroup {
	/** null: the pull requests that have no milestone, label or assignee. */
	readonly title: string | null;
	/** Open pull requests, newest update first; never none. */
	readonly open: readonly PullRequest[];
	/** How many of all are closed or merged, and how many there are. */
	readonly closed: number;
	readonly total: number;
}

/** One group for each milestone, in no order that the tree has to keep. */
export function expectedMilestones(repository: Repository): ExpectedGroup[] {
	return [
		...repository.milestones.map((milestone) => group(repository, milestone.title, (one) => one.milestone === milestone)),
		group(repository, null, (one) => one.milestone === null),
	].filter(hasOpen);
}

export function expectedLabels(repository: Repository): ExpectedGroup[] {
	return [
		...repository.labels.map((label) => group(repository, label.name, (one) => one.labels.includes(label))),
		group(repository, null, (one) => one.labels.length === 0),
	].filter(hasOpen);
}

export function expectedAssignees(repository: Repository): ExpectedGroup[] {
	const people = new Set([...repository.pullRequests.values()].flatMap(({ assignees }) => assignees));
	return [
		...[...people].map((person) => group(repository, person.login, (one) => one.assignees.includes(person))),
		group(repository, null, (one) => one.assignees.length === 0),
	].filter(hasOpen);
}

function group(repository: Repository, title: string | null, isIn: (one: PullRequest) => boolean): ExpectedGroup {
	const members = [...repository.pullRequests.values()].filter(isIn);
	const open = members.filter(({ state }) => state === 'OPEN').sort(newestFirst);
	return { title, open, closed: members.length - open.length, total: members.length };
}

/** Newest update first, as the trees have it. */
export function newestFirst(left: PullRequest, right: PullRequest): number {
	return left.updatedAt === right.updatedAt ? right.number - left.number : left.updatedAt < right.updatedAt ? 1 : -1;
}

function hasOpen({ open }: ExpectedGroup): boolean {
	return open.length > 0;
}
