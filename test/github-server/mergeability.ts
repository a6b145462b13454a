import { rollupState } from './checks';
import type { PullRequest } from './model';
import type { World } from './world';

/** How long the job runs that the first asking starts, in milliseconds of the world's clock. */
export const MERGE_JOB_MS = 3_000;

export interface Mergeability {
	readonly mergeable: 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN';
	readonly mergeStateStatus: 'BEHIND' | 'BLOCKED' | 'CLEAN' | 'DIRTY' | 'DRAFT' | 'UNKNOWN' | 'UNSTABLE';
}

const unknown: Mergeability = { mergeable: 'UNKNOWN', mergeStateStatus: 'UNKNOWN' };

/** What a client is told: nothing until a job has run that the first asking starts (apache/airflow#63317, dotnet/aspnetcore#69415). */
export function askMergeability(world: World, row: PullRequest): Mergeability {
	if (row.state !== 'OPEN') return unknown;
	row.mergeJobStartedAt ??= world.clock.now();
	return world.clock.now() - row.mergeJobStartedAt < MERGE_JOB_MS ? unknown : mergeability(world, row);
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
