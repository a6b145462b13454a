import type { CacheEntry } from '../cache/cacheRecord';
import type { Renewal } from '../cache/cacheState';
import type { RepositoryCache } from '../cache/repositoryCache';
import type { SeedOptions } from './seedOptions';
import { inWindow } from './window';

/** Asks to read everything in a run's window anew. @param now server time in milliseconds */
export function renewalFor({ maxPullRequests, since, until }: SeedOptions, now: number): Renewal {
	return { readBefore: now, maxPullRequests, since, until };
}

/** Stored pull requests that were asked to be read anew and have not been yet. */
export function awaitingRenewal({ entries, state: { renewal } }: RepositoryCache): CacheEntry[] {
	return renewal === null ? [] : inWindow(entries.values(), renewal).filter(({ readAt }) => readAt < renewal.readBefore);
}
