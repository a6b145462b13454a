import { COMPLETABLE_VERSION, RECORD_VERSION, type CacheEntry, type CacheRecord } from '../cache/cacheRecord';
import type { RepositoryCache } from '../cache/repositoryCache';
import { OPEN_PARTS, type DetailPart } from '../github/queries';
import { fetchBatch } from './detailsBatch';
import { withParts } from './detailsRecord';
import { noteMissing } from './details';
import { noteHiddenRows } from './hiddenRows';
import { isUnmoved } from './movedChecks';
import { fetchOverflow } from './overflow';
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

/** See {@link RECORD_VERSION} for what they lack; who merged it comes with any. */
const LACKING: readonly DetailPart[] = ['people', 'standing', ...OPEN_PARTS];

/**
 * Reads what records of an earlier release lack, and no more: nothing else of them that is known is fetched twice.
 * @returns those of which something has moved meanwhile, or that did not come, or that lack too much: they have to be read as a whole
 */
export async function completeOlder(context: SyncContext, older: readonly CacheEntry[]): Promise<CacheEntry[]> {
	const { cache, dialect, options } = context;
	const { nameWithOwner } = cache.state;
	const others = older.filter(({ version }) => version < COMPLETABLE_VERSION);
	const completable = older.filter(({ version }) => version >= COMPLETABLE_VERSION);
	for (let done = 0; done < completable.length; ) {
		context.progress({ phase: 'details', done, total: completable.length });
		const { fetched, asked } = await fetchBatch(context, completable.slice(done), LACKING);
		await fetchOverflow(context, fetched);
		noteHiddenRows(context, fetched);
		const known = await cache.readAll(fetched.map(({ number }) => number));
		const records = fetched.flatMap((one) => {
			const stored = known.get(one.number);
			const now = stored && isUnmoved(one, stored) ? withParts(one, stored, { dialect, nameWithOwner, wantsChecks: options.checkRuns !== false }) : undefined;
			return stored && now && isTold(now, stored) ? { ...now, version: RECORD_VERSION } : [];
		});
		await cache.put(records);
		noteMissing(context, fetched, records);
		await context.stored();
		const numbers = new Set(records.map(({ pullRequest }) => pullRequest.number));
		others.push(...completable.slice(done, done + asked).filter(({ number }) => !numbers.has(number)));
		done += asked;
	}
	return others;
}

/** Whether what a record lacked came, or may not be read: what failed is asked for again as a part of the whole, which counts the tries. */
function isTold({ pullRequest, refused }: CacheRecord, before: CacheRecord): boolean {
	const excused: readonly string[] = [...before.pullRequest.partial, ...refused];
	return pullRequest.partial.every((name) => excused.includes(name));
}
