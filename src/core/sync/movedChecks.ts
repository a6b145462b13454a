import type { CacheRecord } from '../cache/cacheRecord';
import { fetchChecks } from './checks';
import { noteMissing, rememberSizes } from './details';
import { fetchBatch, type Fetched } from './detailsBatch';
import { withParts } from './detailsRecord';
import { fetchOverflow } from './overflow';
import type { Target } from './staleness';
import type { SyncContext } from './syncContext';

export interface MovedChecksOutcome {
	/** Numbers whose checks are stored as they are now. */
	stored: number[];
	/** Those of which something else has moved meanwhile, or that did not come. */
	others: Target[];
}

/**
 * Reads anew only the checks of pull requests of which nothing else has moved: those of a large one with many files
 * would take dozens of requests otherwise.
 */
export async function fetchMovedChecks(context: SyncContext, targets: readonly Target[]): Promise<MovedChecksOutcome> {
	const { cache, dialect } = context;
	const { nameWithOwner } = cache.state;
	const outcome: MovedChecksOutcome = { stored: [], others: [] };
	for (let done = 0; done < targets.length; ) {
		context.progress({ phase: 'details', done, total: targets.length });
		const { fetched, asked } = await fetchBatch(context, targets.slice(done), ['checks']);
		await fetchChecks(context, fetched);
		await fetchOverflow(context, fetched);
		const known = await cache.readAll(fetched.map(({ number }) => number));
		const records = fetched.flatMap((one) => {
			const stored = known.get(one.number);
			return stored && isUnmoved(one, stored) ? withParts(one, stored, { dialect, nameWithOwner, wantsChecks: true }) : [];
		});
		await cache.put(records);
		noteMissing(context, fetched, records);
		const numbers = new Set(records.map(({ pullRequest }) => pullRequest.number));
		outcome.stored.push(...numbers);
		outcome.others.push(...targets.slice(done, done + asked).filter(({ number }) => !numbers.has(number)));
		await rememberSizes(context);
		await context.stored();
		done += asked;
	}
	return outcome;
}

/** Whether all but the checks is as it was when it was stored. */
export function isUnmoved({ headOid, listed, seenUpdatedAt }: Fetched, { detailsOf, pullRequest }: CacheRecord): boolean {
	return (
		pullRequest.details !== null &&
		detailsOf === seenUpdatedAt &&
		pullRequest.updatedAt === seenUpdatedAt &&
		pullRequest.headOid === headOid &&
		pullRequest.state === listed.state
	);
}
