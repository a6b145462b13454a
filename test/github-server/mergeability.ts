import { rollupState } from './checks';
import type { PullRequest } from './model';
import type { World } from './world';

export interface Mergeability {
	readonly mergeable: 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN';
	readonly mergeStateStatus: 'BEHIND' | 'BLOCKED' | 'CLEAN' | 'DIRTY' | 'DRAFT' | 'UNKNOWN' | 'UNSTABLE';
}

const unknown: Mergeability = { mergeable: 'UNKNOWN', mergeStateStatus: 'UNKNOWN' };

/** What a client is told: nothing until a job has run that the first asking starts (apache/airflow#63317, dotnet/aspnetcore#69415). */
export function askMergeability(world: World, row: PullRequest): Mergeability {
	if (row.state !== 'OPEN') return unknown;
	row.mergeJobStartedAt ??= world.clock.now();
	return world.clock.now() - row.mergeJobStartedAt < world.mergeJobMs ? unknown : mergeability(world, row);
}

/** What is so in the end. Closed and merged pull requests stay unknown. */
export function mergeability(world: World, row: PullRequest): Mergeability {
	if (row.state !== 'OPEN') return unknown;
	if (row.hasConflict) return { mergeable: 'CONFLICTING', mergeStateStatus: 'DIRTY' };
	return { mergeable: 'MERGEABLE', mergeStateStatus: mergeStateStatus(world, row) };
}

function mergeStateStatus(world: World, row: PullRequest): Mergeability['mergeStateStatus'] {
	if (row.isDraft) return 'DRAFT';
	const reviews = row.repository.rowsOf(row).reviews;
	if (reviews.some(({ state }) => state === 'CHANGES_REQUESTED')) return 'BLOCKED';
	const checks = world.checksOf(row.repository, row.headRefOid);
	return checks.length > 0 && rollupState(checks) !== 'SUCCESS' ? 'UNSTABLE' : 'CLEAN';
}

/** From the newest opinion of each reviewer; null while nobody has been asked and nobody has judged. */
export function reviewDecision(row: PullRequest): string | null {
	const { reviews, reviewRequests } = row.repository.rowsOf(row);
	const opinions = new Map<string, string>();
	for (const review of reviews) {
		if (['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'].includes(review.state)) opinions.set(review.author?.login ?? 'ghost', review.state);
	}
	const states = [...opinions.values()];
	if (states.includes('CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
	if (states.includes('APPROVED')) return 'APPROVED';
	return reviewRequests.length > 0 ? 'REVIEW_REQUIRED' : null;
}
