import { COMPLETABLE_VERSION, RECORD_VERSION, type CacheEntry, type CacheRecord } from '../cache/cacheRecord';
import type { Dialect } from '../github/dialect';
import type { RepositoryCache } from '../cache/repositoryCache';
import { PART_NAMES, type PullRequest } from '../model/pullRequest';
import { fetchBatch } from './detailsBatch';
import { withheldFields } from './detailsRecord';
import { withKnownFields } from './knownFields';
import { isUnmoved } from './movedChecks';
import type { SeedOptions } from './seedOptions';
import type { SyncContext } from './syncContext';
import { inWindow } from './window';

/**
 * Stored records of an earlier release with their details, inside the window, the open ones first; those without are read as a
 * whole anyway. Checks are a part of what the first release's lack: a run that leaves them alone leaves those to the next.
 */
export function olderRecords({ entries }: RepositoryCache, options: SeedOptions): CacheEntry[] {
	const oldest = options.checkRuns === false ? COMPLETABLE_VERSION : 0;
	const isOlder = ({ version, detailsOf }: CacheEntry) => version < RECORD_VERSION && version >= oldest && detailsOf !== null;
	// Mostly there are none, and then nothing has to be put in order.
	const older = [...entries.values()].some(isOlder) ? inWindow(entries.values(), options).filter(isOlder) : [];
	const isOpen = ({ state }: CacheEntry) => state === 'OPEN';
	return [...older.filter(isOpen), ...older.filter((entry) => !isOpen(entry))];
}

/**
 * Reads what records of an earlier release lack, and no more: nothing of them that is known is fetched twice.
 * @returns those of which something has moved meanwhile, or that did not come, or that lack too much: they have to be read as a whole
 */
export async function completeOlder(context: SyncContext, older: readonly CacheEntry[]): Promise<CacheEntry[]> {
	const others = older.filter(({ version }) => version < COMPLETABLE_VERSION);
	const completable = older.filter(({ version }) => version >= COMPLETABLE_VERSION);
	for (let done = 0; done < completable.length; ) {
		context.progress({ phase: 'details', done, total: completable.length });
		const { fetched, asked } = await fetchBatch(context, completable.slice(done), []);
		const known = await context.cache.readAll(fetched.map(({ number }) => number));
		const records = fetched.flatMap((one) => {
			const stored = known.get(one.number);
			return stored && isUnmoved(one, stored) && isTold(one.listed, context.dialect) ? completed(stored, one.listed, context.dialect) : [];
		});
		await context.cache.put(records);
		await context.stored();
		const numbers = new Set(records.map(({ pullRequest }) => pullRequest.number));
		others.push(...completable.slice(done, done + asked).filter(({ number }) => !numbers.has(number)));
		done += asked;
	}
	return others;
}

/** Whether what a record lacks came, or may not be read: what failed is asked for again as a part of the whole, which counts the tries. */
function isTold(listed: PullRequest, dialect: Dialect): boolean {
	return !listed.partial.includes('mergedBy') || withheldFields(listed, dialect).length > 0;
}

/** See {@link RECORD_VERSION} for what it lacks. */
function completed(stored: CacheRecord, listed: PullRequest, dialect: Dialect): CacheRecord {
	const { mergedBy } = withKnownFields(listed, stored.pullRequest, dialect);
	const marks = new Set([...stored.pullRequest.partial, ...listed.partial.filter((name) => name === 'mergedBy')]);
	return {
		...stored,
		pullRequest: { ...stored.pullRequest, mergedBy, partial: PART_NAMES.filter((name) => marks.has(name)) },
		refused: [...stored.refused, ...withheldFields(listed, dialect)],
		version: RECORD_VERSION,
	};
}
