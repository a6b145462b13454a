import type { CacheEntry } from '../cache/cacheRecord';

/** Nothing given means everything. */
interface WindowOptions {
	maxPullRequests?: number | undefined;
	since?: string | undefined;
	until?: string | undefined;
}

/**
 * The pull requests that a run was asked for, newest first. Only a filter on what is stored:
 * a narrower window never takes anything out of the cache.
 */
export function inWindow(entries: Iterable<CacheEntry>, options: WindowOptions): CacheEntry[] {
	const wanted = [...entries].filter(
		({ createdAt }) =>
			(options.since === undefined || createdAt >= options.since) && (options.until === undefined || createdAt < options.until),
	);
	wanted.sort((a, b) => (a.createdAt === b.createdAt ? b.number - a.number : a.createdAt < b.createdAt ? 1 : -1));
	return options.maxPullRequests === undefined ? wanted : wanted.slice(0, options.maxPullRequests);
}

/** Whether a listing that reaches back to `oldest` holds the whole window. */
export function coversWindow(
	listing: { complete: boolean; oldest: string | null },
	entries: Iterable<CacheEntry>,
	options: WindowOptions,
): boolean {
	const { oldest } = listing;
	if (listing.complete) {
		return true;
	}
	if (oldest === null) {
		return false;
	}
	if (options.since !== undefined && oldest < options.since) {
		return true;
	}
	const listed = [...entries].filter(({ createdAt }) => createdAt >= oldest);
	return options.maxPullRequests !== undefined && inWindow(listed, options).length >= options.maxPullRequests;
}
