import type { CacheEntry } from '../cache/cacheRecord';
import type { RepositoryCache } from '../cache/repositoryCache';
import { MAX_TRIES } from './staleness';

/** Of the stored pull requests with an incomplete list, those that the next run tries to complete. */
export function pendingNumbers(cache: RepositoryCache): number[] {
	return numbersOf(cache, ({ tries }) => tries > 0 && tries < MAX_TRIES);
}

/** The numbers of the stored pull requests with an incomplete list, or without any details. */
export function partialNumbers(cache: RepositoryCache): number[] {
	return numbersOf(cache, ({ detailsOf, partial }) => detailsOf === null || partial.length > 0);
}

function numbersOf(cache: RepositoryCache, wanted: (entry: CacheEntry) => boolean): number[] {
	return [...cache.entries.values()].filter(wanted).map(({ number }) => number).sort((a, b) => a - b);
}
