import type { CacheRecord } from '../cache/cacheRecord';
import type { GraphqlAnswer } from '../github/answer';
import { TooHeavyError, TransientError } from '../github/errors';
import { checksFingerprint, partialLists, readListing, toDetails, toLists, type DetailLists } from '../github/mapping';
import { DETAIL_PARTS, detailsQuery, type DetailPart } from '../github/queries';
import type { WirePullRequest } from '../github/wire';
import { isCount } from '../model/guards';
import type { ListName, PullRequest } from '../model/pullRequest';
import { fetchOverflow, type Unfinished } from './overflow';
import { isGone, noteRefusedRollup } from './probe';
import { readInTheSameSecond, type Target } from './staleness';
import { readsRollup, type SyncContext } from './syncContext';

export interface DetailsOutcome {
	/** Numbers whose details are stored now, complete or marked as partial. */
	stored: number[];
	/** Numbers that GitHub says do not exist any more. */
	removed: number[];
	/** Numbers that could not be read at all; they stay as they were. */
	unreadable: number[];
}

/** A details answer about one pull request. */
interface Fetched extends Unfinished {
	wire: WirePullRequest;
	/** What a listing would show of it. */
	listed: PullRequest;
	/** Parts that the server could not compute. */
	failedParts: DetailPart[];
	parts: readonly DetailPart[];
	readAt: number;
}

const LISTS_OF_PART: Record<DetailPart, ListName[]> = {
	people: ['reviewRequests', 'reviews', 'linkedIssues'],
	commits: ['commits'],
	files: ['files'],
	checks: ['checks'],
};

const NESTED_LISTS = ['reviewRequests', 'reviews', 'commits', 'files', 'checks', 'linkedIssues'] as const;
type NestedList = (typeof NESTED_LISTS)[number];

/**
 * Reads everything about the given pull requests and stores it, batch by batch.
 * Whatever can't be read leaves what was stored before in place.
 */
export async function fetchDetails(context: SyncContext, targets: readonly Target[]): Promise<DetailsOutcome> {
	const outcome: DetailsOutcome = { stored: [], removed: [], unreadable: [] };
	for (let done = 0; done < targets.length; ) {
		context.progress({ phase: 'details', done, total: targets.length });
		const { fetched, missing, asked } = await fetchBatch(context, targets.slice(done));
		await fetchOverflow(context, fetched);
		const known = await context.cache.readAll(fetched.map(({ wire }) => wire.number));
		const records = fetched.map((one) => toRecord(one, known.get(one.wire.number)));
		await context.cache.put(records);
		outcome.stored.push(...records.map(({ pullRequest }) => pullRequest.number));
		const gone = missing.filter(({ gone: isGoneForGood }) => isGoneForGood).map(({ number }) => number);
		await context.cache.remove(gone.filter((number) => context.cache.entries.has(number)));
		outcome.removed.push(...gone);
		outcome.unreadable.push(...missing.filter(({ gone: isGoneForGood }) => !isGoneForGood).map(({ number }) => number));
		if (context.batch.size !== context.cache.state.batchSize) {
			await context.cache.update({ batchSize: context.batch.size });
		}
		await context.stored();
		done += asked;
	}
	context.progress({ phase: 'details', done: targets.length, total: targets.length });
	return outcome;
}

interface Batch {
	fetched: Fetched[];
	missing: { number: number; gone: boolean }[];
	/** How many targets, from the first on, this speaks for. */
	asked: number;
}

async function fetchBatch(context: SyncContext, targets: readonly Target[]): Promise<Batch> {
	const parts = DETAIL_PARTS.filter((part) => part !== 'checks' || readsRollup(context));
	let asked: readonly Target[] = [];
	try {
		const answer = await context.governor.run(
			'graphql',
			({ size, signal }) => {
				asked = targets.slice(0, size);
				return queryDetails(context, asked, parts, signal);
			},
			{ sizes: context.batch, items: Math.min(targets.length, 100) },
		);
		await noteRefusedRollup(context, answer.errors);
		return sort(context, asked, answer, parts);
	} catch (error) {
		const [first] = targets;
		if (!first || !isTooMuchForServer(error)) {
			throw error;
		}
		return fetchInParts(context, first, parts);
	}
}

function queryDetails(context: SyncContext, targets: readonly Target[], parts: readonly DetailPart[], signal: AbortSignal | undefined) {
	const { client, dialect } = context;
	return client.graphql<{ nodes: (WirePullRequest | null)[] }>(
		{
			operation: 'Details',
			query: detailsQuery(dialect, parts),
			variables: { ids: targets.map(({ id }) => id) },
			isUsable: ({ nodes }) => Array.isArray(nodes) && nodes.length === targets.length,
		},
		signal,
	);
}

/** The server gave up on the query, not the network on the server. */
function isTooMuchForServer(error: unknown): boolean {
	return error instanceof TooHeavyError || (error instanceof TransientError && error.reason !== 'network');
}

/**
 * One pull request, part by part: what is too heavy by itself is marked as partial.
 * When not even the lightest query gets through, the server has another problem, and that error stands.
 */
async function fetchInParts(context: SyncContext, target: Target, parts: readonly DetailPart[]): Promise<Batch> {
	while (context.batch.shrink()) {
		// One at a time from here on, until answers are quick again.
	}
	const run = (asked: readonly DetailPart[]) => context.governor.run('graphql', ({ signal }) => queryDetails(context, [target], asked, signal));
	const answer = await run([]);
	const wire = answer.data.nodes[0];
	const failedParts: DetailPart[] = [];
	for (const part of wire ? parts : []) {
		try {
			const { data, errors } = await run([part]);
			await noteRefusedRollup(context, errors);
			Object.assign(wire ?? {}, data.nodes[0]);
		} catch (error) {
			if (!isTooMuchForServer(error)) {
				throw error;
			}
			failedParts.push(part);
		}
	}
	return sort(context, [target], answer, parts, failedParts);
}

/** Tells the pull requests that came from those that did not, and why. */
function sort(
	context: SyncContext,
	asked: readonly Target[],
	answer: GraphqlAnswer<{ nodes: (WirePullRequest | null)[] }>,
	parts: readonly DetailPart[],
	failedParts: DetailPart[] = [],
): Batch {
	const gone = new Set(answer.errors.filter(isGone).map(({ path }) => Number(path?.[1])));
	const got = parts.filter((part) => !failedParts.includes(part) && (part !== 'checks' || readsRollup(context)));
	const batch: Batch = { fetched: [], missing: [], asked: asked.length };
	asked.forEach(({ id, number }, index) => {
		const wire = answer.data.nodes[index];
		// Another type than a pull request answers with an empty object; another pull request than this was not asked for.
		const listed = wire?.id === id && wire.number === number ? readListing(wire) : undefined;
		if (!wire || !listed || (got.includes('people') && !isCounted(wire))) {
			batch.missing.push({ number, gone: wire === null && gone.has(index) });
			return;
		}
		batch.fetched.push({
			id,
			updatedAt: wire.updatedAt,
			seenUpdatedAt: wire.updatedAt,
			headOid: wire.headRefOid,
			lists: toLists(wire, got, listed.lists),
			wire,
			listed: listed.pullRequest,
			failedParts,
			parts: got,
			readAt: answer.readAt,
		});
	});
	return batch;
}

function isCounted({ additions, deletions, changedFiles }: WirePullRequest): boolean {
	return isCount(additions) && isCount(deletions) && isCount(changedFiles);
}

/** Puts a record together; what was not read this time stays as it was stored. */
function toRecord(fetched: Fetched, stored: CacheRecord | undefined): CacheRecord {
	const { wire, lists, parts, listed } = fetched;
	const known = stored?.pullRequest.id === wire.id ? stored : undefined;
	const details = toDetails(wire, lists);
	const previous = known?.pullRequest.details;
	const partial = new Set<ListName>([...partialLists(lists), ...fetched.failedParts.flatMap((part) => LISTS_OF_PART[part])]);
	if (previous) {
		keepKnown(details, previous, lists, partial);
	}
	const sameHead = known?.pullRequest.headOid === wire.headRefOid;
	let checks: string | null = null;
	if (parts.includes('checks')) {
		checks = checksFingerprint(wire);
		// GitHub deletes check data after 400 days or less: an empty answer for the same commit is no news.
		if (sameHead && previous && details.checks.length === 0 && !partial.has('checks')) {
			details.checks = previous.checks;
		}
	} else if (sameHead && previous) {
		details.checks = previous.checks;
		checks = known.checks;
	}
	return {
		pullRequest: {
			...listed,
			labelIds: lists.labels.items.map(({ id }) => id),
			assignees: lists.assignees.items,
			updatedAt: fetched.seenUpdatedAt,
			details,
			partial: [...partial],
		},
		detailsOf: wire.updatedAt,
		readAt: fetched.readAt,
		checks,
		tries: partial.size === 0 ? 0 : earlierTries(known, wire.updatedAt) + 1,
		...(sameHead && known.etags ? { etags: known.etags } : {}),
	};
}

/** A list that came back shorter only because it could not be read does not replace what is known of it. */
function keepKnown(
	details: ReturnType<typeof toDetails>,
	previous: ReturnType<typeof toDetails>,
	lists: DetailLists,
	partial: ReadonlySet<ListName>,
): void {
	const kept = (name: NestedList) => partial.has(name) && (lists[name] === undefined || details[name].length < previous[name].length);
	for (const name of NESTED_LISTS) {
		if (kept(name)) {
			Object.assign(details, { [name]: previous[name] });
		}
	}
	if (lists.reviews === undefined) {
		// The whole part is missing, its counts with it.
		details.additions = previous.additions;
		details.deletions = previous.deletions;
		details.changedFiles = previous.changedFiles;
	}
}

/** How often these details have come back incomplete; one that had to be read again anyway does not count. */
function earlierTries(known: CacheRecord | undefined, updatedAt: string): number {
	if (known?.detailsOf !== updatedAt) {
		return 0;
	}
	return readInTheSameSecond(known) ? Math.max(0, known.tries - 1) : known.tries;
}
