import type { CacheEntry } from '../cache/cacheRecord';
import type { RepositoryCache } from '../cache/repositoryCache';
import type { Dialect } from '../github/dialect';
import { isWhole, listOf } from '../github/lists';
import { THREADS } from '../github/nodeReaders';
import type { WireThreads } from '../github/wire';
import { isInstant, isNumber } from '../model/guards';
import { threadsFingerprint, type ReviewThread } from '../model/pullRequest';
import { inTurn } from './rotation';
import { openEntries, type Target } from './staleness';
import type { SyncContext } from './syncContext';

/** Of so many open pull requests a probe shows the review threads; it costs 2 points with 100 open ones and these. */
const MOST_ASKED = 40;

/**
 * Of which open pull requests a probe looks at the review threads, for that one is resolved moves no date; a new one does. Where
 * there are more, they take turns: each is looked at once in so many runs as there are {@link MOST_ASKED} of them.
 */
export function threadsInTurn(cache: RepositoryCache, dialect: Dialect): { targets: Target[]; threadsFrom: number } {
	const open = dialect.has('PullRequest.reviewThreads') ? openEntries(cache).filter(hasThreads) : [];
	const targets = inTurn(open, cache.state.threadsFrom, MOST_ASKED);
	return { targets, threadsFrom: targets.length < open.length ? (targets.at(-1)?.number ?? 0) : 0 };
}

function hasThreads({ threads }: CacheEntry): boolean {
	return threads !== null && threads !== threadsFingerprint([]);
}

/**
 * Takes over review threads that were resolved, or are no longer, of pull requests of which nothing else has moved.
 * @returns numbers of those that are stored as they are now, and those that have too many to be seen at once: these have to be read
 */
export async function adoptThreads(context: SyncContext, seen: readonly WireThreads[]): Promise<{ stored: number[]; others: Target[] }> {
	const { cache, client } = context;
	const seenAt = client.budget.serverNow();
	const moved = seen.flatMap(({ number, updatedAt, reviewThreads }) => {
		const entry = cache.entries.get(number);
		const list = listOf(reviewThreads, THREADS);
		// A list that is not whole is asked for with the rest that is missing.
		const isSame = entry?.detailsOf === updatedAt && entry.updatedAt === updatedAt && entry.state === 'OPEN' && !entry.partial.includes('reviewThreads');
		return entry && isSame && !list.unreadable && !list.hidden && entry.threads !== threadsFingerprint(list.items, list.totalCount) ? [{ entry, list }] : [];
	});
	const known = await cache.readAll(moved.filter(({ list }) => isWhole(list)).map(({ entry }) => entry.number));
	const records = moved.flatMap(({ entry, list }) => {
		const record = known.get(entry.number);
		return record?.pullRequest.details ? { ...record, seenAt, pullRequest: { ...record.pullRequest, details: { ...record.pullRequest.details, reviewThreads: list.items satisfies ReviewThread[] } } } : [];
	});
	await cache.put(records);
	if (records.length > 0) {
		await context.stored();
	}
	const stored = records.map(({ pullRequest }) => pullRequest.number);
	return { stored, others: moved.map(({ entry }) => entry).filter(({ number }) => !stored.includes(number)) };
}

/** Whether a node of an answer is one of these. */
export function isThreadsNode(value: unknown): value is WireThreads {
	const node = value as Partial<WireThreads> | null | undefined;
	return isNumber(node?.number) && isInstant(node.updatedAt);
}
