import { COMPLETABLE_VERSION, RECORD_VERSION, type CacheEntry, type CacheRecord } from '../cache/cacheRecord';
import type { RepositoryCache } from '../cache/repositoryCache';
import { PART_NAMES, type PullRequest } from '../model/pullRequest';
import { fetchBatch } from './detailsBatch';
import { isUnmoved } from './movedChecks';
import type { SyncContext } from './syncContext';

/** Stored records of an earlier release with their details, the open ones first; those without are read as a whole anyway. */
export function olderRecords({ entries }: RepositoryCache): CacheEntry[] {
	const older = [...entries.values()].filter(({ version, detailsOf }) => version < RECORD_VERSION && detailsOf !== null);
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
			return stored && isUnmoved(one, stored) ? completed(stored, one.listed) : [];
		});
		await context.cache.put(records);
		await context.stored();
		const numbers = new Set(records.map(({ pullRequest }) => pullRequest.number));
		others.push(...completable.slice(done, done + asked).filter(({ number }) => !numbers.has(number)));
		done += asked;
	}
	return others;
}

/** See {@link RECORD_VERSION} for what it lacks. */
function completed(stored: CacheRecord, { mergedBy, partial }: PullRequest): CacheRecord {
	const marks = new Set([...stored.pullRequest.partial, ...partial.filter((name) => name === 'mergedBy')]);
	return { ...stored, version: RECORD_VERSION, pullRequest: { ...stored.pullRequest, mergedBy, partial: PART_NAMES.filter((name) => marks.has(name)) } };
}
