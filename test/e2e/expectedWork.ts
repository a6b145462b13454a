import type { PullRequest } from '../github-server/model';
import type { Repository } from '../github-server/repository';

/** One person's numbers as the stand-in's world has them: what the page's table has to show, by the parts' names. */
export interface ExpectedWork {
	total: number;
	ready: number;
	changesRequested: number;
	draft: number;
	stale: number;
	reviewRequested: number;
	merged: number;
}

/** @param login null: the pull requests that are assigned to nobody */
export function expectedWork(repository: Repository, login: string | null, times: { staleBefore: string; mergedSince: string }): ExpectedWork {
	const all = [...repository.pullRequests.values()];
	const open = all.filter(({ state }) => state === 'OPEN');
	const isTheirs = ({ assignees }: PullRequest): boolean => (login === null ? assignees.length === 0 : assignees.some((one) => one.login === login));
	const parts = { ready: 0, changesRequested: 0, draft: 0, stale: 0 };
	for (const one of open.filter(isTheirs)) {
		if (one.isDraft) parts.draft++;
		else if (asksForChanges(repository, one)) parts.changesRequested++;
		else if (one.updatedAt < times.staleBefore) parts.stale++;
		else parts.ready++;
	}
	const reviewRequested = open.filter((one) => waitsFor(repository, one, login)).length;
	const merged = all.filter((one) => isTheirs(one) && one.mergedAt !== null && one.mergedAt >= times.mergedSince).length;
	const total = parts.ready + parts.changesRequested + parts.draft + parts.stale + reviewRequested;
	return { total, ...parts, reviewRequested, merged };
}

/** Users that did anything in a repository. */
export function expectedPeople(repository: Repository): string[] {
	const seen = [...repository.pullRequests.values()].flatMap((one) => {
		const { reviewRequests, reviews } = repository.rowsOf(one);
		return [one.author, ...one.assignees, ...reviewRequests.map(({ reviewer }) => reviewer), ...reviews.map(({ author }) => author)];
	});
	return [...new Set(seen.flatMap((one) => (one?.__typename === 'User' ? [one.login] : [])))];
}

function waitsFor(repository: Repository, one: PullRequest, login: string | null): boolean {
	return repository.rowsOf(one).reviewRequests.some(({ reviewer }) => reviewer?.__typename === 'User' && reviewer.login === login);
}

/** A reviewer's last word counts: a comment takes nothing back, an approval or a dismissal does. */
function asksForChanges(repository: Repository, one: PullRequest): boolean {
	const last = new Map<string, string>();
	for (const { author, state, submittedAt } of repository.rowsOf(one).reviews) {
		if (submittedAt !== null && state !== 'COMMENTED' && state !== 'PENDING') last.set(author?.login ?? '', state);
	}
	return [...last.values()].includes('CHANGES_REQUESTED');
}
