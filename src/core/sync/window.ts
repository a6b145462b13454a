import type { CacheEntry } from '../cache/cacheRecord';
import type { RepositoryCache } from '../cache/repositoryCache';
import { withExtent, type Extent } from '../model/extent';
import type { SeedOptions } from './seedOptions';

/**
 * The pull requests that a run was asked for, newest first. Only a filter on what is stored:
 * a narrower window never takes anything out of the cache.
 */
export function inWindow(entries: Iterable<CacheEntry>, options: Extent): CacheEntry[] {
	const all = [...entries];
	const wanted = all.filter(
		({ createdAt }) =>
			(options.since === undefined || createdAt >= options.since) && (options.until === undefined || createdAt < options.until),
	);
	wanted.sort((a, b) => (a.createdAt === b.createdAt ? b.number - a.number : a.createdAt < b.createdAt ? 1 : -1));
	const newest = options.maxPullRequests === undefined ? wanted : wanted.slice(0, options.maxPullRequests);
	if (options.allOpen !== true) {
		return newest;
	}
	const within = new Set(newest);
	return [...newest, ...all.filter((entry) => entry.state === 'OPEN' && !within.has(entry))];
}

/** Whether a listing that reaches back to `oldest` holds the whole window; open pull requests that are asked for besides are not listed. */
export function coversWindow(
	listing: { complete: boolean; oldest: string | null },
	entries: Iterable<CacheEntry>,
	{ maxPullRequests, since, until }: Extent,
): boolean {
	const { oldest } = listing;
	if (listing.complete) {
		return true;
	}
	if (oldest === null) {
		return false;
	}
	if (since !== undefined && oldest < since) {
		return true;
	}
	const listed = [...entries].filter(({ createdAt }) => createdAt >= oldest);
	return maxPullRequests !== undefined && inWindow(listed, { maxPullRequests, since, until }).length >= maxPullRequests;
}

/** What a run is to do in a cache as it is: a run that keeps the extent does not go beyond what was asked for before. */
export function optionsFor(options: SeedOptions, { entries, state }: RepositoryCache): SeedOptions {
	if (options.keepExtent !== true || entries.size === 0) {
		return options;
	}
	return withExtent(options, state.extent ?? listedSince(state));
}

/** Where an earlier release did not note what was asked for: what its listing came to. */
function listedSince({ listing, watermark }: RepositoryCache['state']): Extent {
	if (watermark === null || listing.complete || listing.oldest === null) {
		return {};
	}
	// Of those created in the very second of the oldest, others may not be listed.
	return { since: new Date(Date.parse(listing.oldest) + 1_000).toISOString().replace('.000', '') };
}

/**
 * The extent that is stored after a run: of two the one with more of what is stored; everything, once everything has been
 * read. To be listed is not enough: of a repository of few pages, all are, whatever was asked for.
 */
export function widest(cache: RepositoryCache, asked: Extent): Extent {
	const { extent, listing } = cache.state;
	const stored = [...cache.entries.values()];
	if (listing.complete && stored.every(({ detailsOf }) => detailsOf !== null)) {
		return {};
	}
	const count = (one: Extent) => inWindow(stored, one).length;
	const isWider = extent !== null && Object.keys(asked).length > 0 && count(extent) >= count(asked);
	return isWider ? extent : asked;
}
