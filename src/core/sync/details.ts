import { fetchChecks } from './checks';
import type { CacheRecord } from '../cache/cacheRecord';
import { isHiddenTeam } from '../model/pullRequest';
import { fetchBatch, type Fetched } from './detailsBatch';
import { toRecord } from './detailsRecord';
import { noteHiddenRows } from './hiddenRows';
import { fetchOverflow } from './overflow';
import type { Target } from './staleness';
import type { SyncContext } from './syncContext';
import { confirmGone } from './vanished';

export interface DetailsOutcome {
	/** Numbers whose details are stored now, complete or marked as partial. */
	stored: number[];
	/** Numbers that are gone from GitHub. */
	removed: number[];
	/** Numbers that could not be read at all; they stay as they were. */
	unreadable: number[];
}

/**
 * Reads everything about the given pull requests and stores it, batch by batch.
 * Whatever can't be read leaves what was stored before in place.
 * @param mayHaveOtherIds look once more for those that the repository knows by another id
 */
export async function fetchDetails(context: SyncContext, targets: readonly Target[], mayHaveOtherIds = true): Promise<DetailsOutcome> {
	const { cache, dialect, options } = context;
	const { nameWithOwner } = cache.state;
	const outcome: DetailsOutcome = { stored: [], removed: [], unreadable: [] };
	const notFound: number[] = [];
	for (let done = 0; done < targets.length; ) {
		context.progress({ phase: 'details', done, total: targets.length });
		const { fetched, missing, asked } = await fetchBatch(context, targets.slice(done));
		await fetchChecks(context, fetched);
		await fetchOverflow(context, fetched);
		noteHiddenRows(context, fetched);
		const known = await cache.readAll(fetched.map(({ number }) => number));
		const records = fetched.map((one) => toRecord(one, known.get(one.number), { dialect, nameWithOwner, wantsChecks: options.checkRuns !== false }));
		await cache.put(records);
		noteMissing(context, fetched, records);
		outcome.stored.push(...records.map(({ pullRequest }) => pullRequest.number));
		notFound.push(...missing.filter((one) => one.notFound).map(({ number }) => number));
		outcome.unreadable.push(...missing.filter((one) => !one.notFound).map(({ number }) => number));
		await rememberSizes(context);
		await context.stored();
		done += asked;
	}
	if (notFound.length > 0) {
		const { gone, there } = await confirmGone(context, notFound);
		outcome.removed.push(...gone);
		await cache.remove(gone.filter((number) => cache.entries.has(number)));
		await context.stored();
		const asked = new Map(targets.map(({ id, number }) => [number, id]));
		const otherIds = there.filter(({ id, number }) => mayHaveOtherIds && id !== '' && id !== asked.get(number));
		outcome.unreadable.push(...there.filter((one) => !otherIds.includes(one)).map(({ number }) => number));
		if (otherIds.length > 0) {
			const again = await fetchDetails(context, otherIds, false);
			outcome.stored.push(...again.stored);
			outcome.removed.push(...again.removed);
			outcome.unreadable.push(...again.unreadable);
		}
	}
	context.progress({ phase: 'details', done: targets.length, total: targets.length });
	return outcome;
}

/** For the note about what the token may not read. The name of a team that is known from before is not missing. */
export function noteMissing({ seenChecks, withheld }: SyncContext, fetched: readonly Fetched[], records: readonly CacheRecord[]): void {
	for (const { pullRequest, refused } of records) {
		const namesTeams = pullRequest.details?.reviewRequests.some(isHiddenTeam) !== true;
		refused.filter((part) => part !== 'teamNames' || !namesTeams).forEach((part) => withheld.add(part));
	}
	fetched.flatMap(({ lists }) => lists.checks?.items ?? []).forEach(({ kind }) => seenChecks.add(kind));
}

/** The next run begins with what has proved right. */
export async function rememberSizes({ batch, cache, checksBatch }: SyncContext): Promise<void> {
	if (batch.size !== cache.state.batchSize || checksBatch.size !== cache.state.checksBatchSize) {
		await cache.update({ batchSize: batch.size, checksBatchSize: checksBatch.size });
	}
}
