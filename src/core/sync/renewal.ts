import type { CacheEntry } from '../cache/cacheRecord';
import type { Renewal } from '../cache/cacheState';
import type { RepositoryCache } from '../cache/repositoryCache';
import { extentOf, type Extent } from '../model/extent';
import { inWindow } from './window';

/** The server tells its time by the second, so two times of it may be off by so much: rather read some once more. */
const CLOCK_STEP_MS = 1_000;

/** Asks to read everything in an extent anew. @param now server time in milliseconds */
export function renewalFor(extent: Extent, now: number): Renewal {
	return { readBefore: now, ...extentOf(extent) };
}

/** Stored pull requests that were asked to be read anew and have not been yet. */
export function awaitingRenewal({ entries, state: { renewal } }: RepositoryCache): CacheEntry[] {
	return renewal === null ? [] : inWindow(entries.values(), renewal).filter(({ readAt }) => readAt < renewal.readBefore + CLOCK_STEP_MS);
}
