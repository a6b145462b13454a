import type { CacheRecord } from '../cache/cacheRecord';
import { toListing } from '../github/mapping';
import { listingQuery, PAGE_SIZE } from '../github/queries';
import { isPage, type Connection, type WireListing } from '../github/wire';
import type { PullRequest } from '../model/pullRequest';
import { AdaptiveBatch } from './adaptiveBatch';
import type { SyncContext } from './syncContext';
import { coversWindow } from './window';

/**
 * Lists pull requests by creation, newest first, until the window is covered; goes on where an earlier run stopped.
 * Every page is stored together with the place where the next one begins.
 */
export async function listPullRequests(context: SyncContext): Promise<void> {
	const { cache, client, dialect, governor, options, ref } = context;
	const sizes = new AdaptiveBatch(PAGE_SIZE, PAGE_SIZE);
	while (!coversWindow(cache.state.listing, cache.entries.values(), options)) {
		const { cursor } = cache.state.listing;
		const answer = await governor.run(
			'graphql',
			({ size, signal }) =>
				client.graphql<{ repository: { pullRequests: Connection<WireListing> } }>(
					{
						operation: 'Listing',
						query: listingQuery(dialect),
						variables: { owner: ref.owner, name: ref.name, size, after: cursor },
						isUsable: ({ repository }) => isPage(repository.pullRequests),
					},
					signal,
				),
			{ sizes, items: PAGE_SIZE },
		);
		const { totalCount, nodes, pageInfo } = answer.data.repository.pullRequests;
		const rows = (nodes ?? []).filter((node) => node !== null);
		const known = await cache.readAll(rows.map(({ number }) => number));
		await cache.put(rows.flatMap((row) => withStoredDetails(toListing(row).pullRequest, known.get(row.number)) ?? []));
		await cache.update({
			listing: {
				cursor: pageInfo.endCursor ?? cursor,
				complete: !pageInfo.hasNextPage,
				oldest: rows.at(-1)?.createdAt ?? cache.state.listing.oldest,
			},
		});
		await context.stored();
		context.progress({ phase: 'listing', done: cache.entries.size, total: Math.min(totalCount, options.maxPullRequests ?? totalCount) });
	}
}

/** A listing never takes anything away: details that are stored stay until newer ones have been read. */
function withStoredDetails(listed: PullRequest, stored: CacheRecord | undefined): CacheRecord | undefined {
	if (!stored || stored.pullRequest.id !== listed.id) {
		return { pullRequest: listed, detailsOf: null, readAt: 0, checks: null, tries: 0 };
	}
	if (stored.pullRequest.updatedAt >= listed.updatedAt) {
		return undefined;
	}
	const nested = stored.pullRequest.partial.filter((name) => name !== 'labels' && name !== 'assignees');
	return {
		...stored,
		pullRequest: { ...listed, details: stored.pullRequest.details, partial: [...listed.partial, ...nested] },
	};
}
