import { RECORD_VERSION, type CacheRecord } from '../cache/cacheRecord';
import type { GraphqlAnswer } from '../github/answer';
import type { Dialect } from '../github/dialect';
import { GithubError } from '../github/errors';
import { CursorTrail } from '../github/lists';
import { readListing } from '../github/mapping';
import { listingQuery } from '../github/queries';
import { PAGE_SIZE } from '../github/selections';
import { isPage, type Connection, type WireListing } from '../github/wire';
import { isName } from '../model/guards';
import { HumanError } from '../model/humanError';
import type { PullRequest } from '../model/pullRequest';
import { nameWithOwner } from '../model/repository';
import { sentence } from '../model/sentence';
import { isFieldName } from '../model/shape';
import { AdaptiveBatch } from './adaptiveBatch';
import { withKnownFields } from './knownFields';
import { heed, type SyncContext } from './syncContext';
import { coversWindow } from './window';

/** Some 850 MB of database; the largest repositories on GitHub have about as many. */
const MOST_PULL_REQUESTS = 300_000;

interface ListedRepository {
	id: string;
	pullRequests: Connection<WireListing>;
}

type ListingAnswer = GraphqlAnswer<{ repository: ListedRepository }>;

/**
 * Lists pull requests by creation, newest first, until the window is covered; goes on where an earlier run stopped.
 * Every page is stored together with the place where the next one begins.
 */
export async function listPullRequests(context: SyncContext): Promise<void> {
	const { cache, options } = context;
	const sizes = new AdaptiveBatch(PAGE_SIZE, PAGE_SIZE);
	let trail = new CursorTrail(cache.state.listing.cursor);
	let restarted = false;
	while (!coversWindow(cache.state.listing, cache.entries.values(), options)) {
		const { cursor } = cache.state.listing;
		let answer: ListingAnswer;
		try {
			answer = await askPage(context, cursor, sizes, (repository) => repository.id === cache.state.id && trail.leadsOn(repository.pullRequests));
		} catch (error) {
			if (!(error instanceof GithubError && error.status === 200) || cursor === null || restarted) {
				throw error;
			}
			// Another server, or a damaged cache, may have left a cursor that leads nowhere: what it led to is listed again.
			restarted = true;
			trail = new CursorTrail(null);
			await cache.update({ listing: { ...cache.state.listing, cursor: null } });
			continue;
		}
		const page = answer.data.repository.pullRequests;
		// A row that is not what it should be counts as unlisted: the count of all tells that it is missing.
		const rows = (page.nodes ?? []).flatMap((node) => (node ? (readListing(node, context.dialect)?.pullRequest ?? []) : []));
		const known = await cache.readAll(rows.map(({ number }) => number));
		await cache.put(rows.flatMap((row) => withStoredDetails(row, known.get(row.number), context.dialect) ?? []));
		await cache.update({
			listing: {
				cursor: trail.take(page) ?? (isName(page.pageInfo.endCursor) ? page.pageInfo.endCursor : cursor),
				complete: !page.pageInfo.hasNextPage,
				oldest: rows.at(-1)?.createdAt ?? cache.state.listing.oldest,
			},
		});
		await context.stored();
		assertBounded(context, trail);
		context.progress({ phase: 'listing', done: cache.entries.size, total: Math.min(page.totalCount, options.maxPullRequests ?? page.totalCount) });
	}
}

/**
 * More pull requests than a database in memory can hold, or a server that makes them up.
 * @throws HumanError that says what to do
 */
export function assertBounded({ cache, ref }: SyncContext, trail: CursorTrail): void {
	if (Math.max(trail.length, cache.entries.size) > MOST_PULL_REQUESTS) {
		throw new HumanError(
			sentence('{0} lists more than {1} pull requests. Fetch a part of them: give a maximum, or the time in which they were created.', nameWithOwner(ref), MOST_PULL_REQUESTS),
		);
	}
}

function askPage(context: SyncContext, cursor: string | null, sizes: AdaptiveBatch, isNext: (repository: ListedRepository) => boolean): Promise<ListingAnswer> {
	const { client, dialect, governor, ref } = context;
	return governor.run(
		'graphql',
		async ({ size, signal }) => {
			const page: ListingAnswer = await client.graphql(
				{
					operation: 'Listing',
					query: listingQuery(dialect),
					variables: { owner: ref.owner, name: ref.name, size, after: cursor },
					isUsable: ({ repository }) => isPage(repository.pullRequests) && isNext(repository),
				},
				signal,
			);
			return heed(context, page);
		},
		{ sizes, items: needed(context) },
	);
}

/** How many rows the next page should have: no more than are missing of the newest ones that were asked for. */
function needed({ cache, options: { maxPullRequests, since, until } }: SyncContext): number {
	if (maxPullRequests === undefined || since !== undefined || until !== undefined) {
		return PAGE_SIZE;
	}
	const { oldest } = cache.state.listing;
	const listed = oldest === null ? [] : [...cache.entries.values()].filter(({ createdAt }) => createdAt >= oldest);
	return Math.min(PAGE_SIZE, Math.max(1, maxPullRequests - listed.length));
}

/** A listing never takes anything away: details that are stored stay until newer ones have been read. */
function withStoredDetails(listed: PullRequest, stored: CacheRecord | undefined, dialect: Dialect): CacheRecord | undefined {
	if (!stored) {
		return { pullRequest: listed, detailsOf: null, readAt: 0, checks: null, tries: 0, refused: [], version: RECORD_VERSION };
	}
	if (stored.pullRequest.updatedAt >= listed.updatedAt) {
		return undefined;
	}
	const nested = stored.pullRequest.partial.filter((name) => name !== 'labels' && name !== 'assignees' && !isFieldName(name));
	return {
		...stored,
		pullRequest: { ...withKnownFields(listed, stored.pullRequest, dialect), details: stored.pullRequest.details, partial: [...listed.partial, ...nested] },
	};
}
