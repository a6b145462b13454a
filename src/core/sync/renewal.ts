import type { CacheEntry } from '../cache/cacheRecord';
import type { Renewal } from '../cache/cacheState';
import type { RepositoryCache } from '../cache/repositoryCache';
import { extentOf, type Extent } from '../model/extent';
import { inWindow } from './window';

/** Asks to read everything in an extent anew. @param now server time in milliseconds */
export function renewalFor(extent: Extent, now: number): Renewal {
	return { readBefore: now, ...extentOf(extent) };
}

/** Stored pull requests that were asked to be read anew and have not been yet. */
export function awaitingRenewal({ entries, state: { renewal } }: RepositoryCache): CacheEntry[] {
	return renewal === null ? [] : inWindow(entries.values(), renewal).filter(({ readAt }) => readAt < renewal.readBefore);
}
