import { checksIn } from '../github/checksFingerprint';
import type { GraphqlAnswer, GraphqlErrorEntry } from '../github/answer';
import { listOf } from '../github/lists';
import { readListing, toLists } from '../github/mapping';
import { COMMITS } from '../github/nodeReaders';
import { DETAIL_PARTS, detailsQuery, OPEN_PARTS, type DetailPart, type DetailsOptions } from '../github/queries';
import { isRefusal } from '../github/refusals';
import type { WirePullRequest } from '../github/wire';
import { isCount } from '../model/guards';
import type { ListName, PullRequest } from '../model/pullRequest';
import { isCommitLost, type Unfinished } from './overflow';
import { isNotFound } from './probe';
import type { Target } from './staleness';
import { heed, isTooMuchForServer, readsRollup, type SyncContext } from './syncContext';

/** A details answer about one pull request. */
export interface Fetched extends Unfinished {
	wire: WirePullRequest;
	/** What a listing would show of it. */
	listed: PullRequest;
	/** Parts that were asked for and came. */
	parts: readonly DetailPart[];
	/** Parts that the server could not compute. */
	failedParts: readonly DetailPart[];
	/** Lists of which the server failed to give something, without forbidding it. */
	failing: ReadonlySet<ListName>;
	/** Lists of which it forbade something. */
	forbidden: ReadonlySet<ListName>;
	readAt: number;
}

export interface Batch {
	fetched: Fetched[];
	/** Those that did not come; `notFound`: GitHub says that there is no such node. */
	missing: { number: number; notFound: boolean }[];
	/** How many targets, from the first on, this speaks for. */
	asked: number;
}

type DetailsAnswer = GraphqlAnswer<{ nodes: (WirePullRequest | null | undefined)[] }>;

interface Question extends DetailsOptions {
	targets: readonly Target[];
	parts: readonly DetailPart[];
}

/** So many checks are asked for together with all the rest. */
const FEW_CHECKS = 150;
/** What is reckoned with where it is not known. */
const USUAL_CHECKS = 30;

/** Reads as many of the targets, from the first on, as the server manages at once; of their details the wanted parts. */
export async function fetchBatch(context: SyncContext, targets: readonly Target[], wanted: readonly DetailPart[] = DETAIL_PARTS): Promise<Batch> {
	const readable = wanted.filter((part) => part !== 'checks' || readsRollup(context));
	const partsOf = (asked: readonly Target[]) => (asked.some((target) => mayBeOpen(context, target)) ? readable : readable.filter((part) => !OPEN_PARTS.includes(part)));
	try {
		let asked: readonly Target[] = [];
		let parts: readonly DetailPart[] = [];
		let isFirst = true;
		const answer = await context.governor.run(
			'graphql',
			({ size, signal }) => {
				asked = targets.slice(0, size);
				parts = partsOf(asked);
				// When it does not get through, the checks may be why.
				const contexts = isFirst && haveFewChecks(context, asked);
				isFirst = false;
				return queryDetails(context, { targets: asked, parts, contexts }, signal);
			},
			{ sizes: context.batch, items: Math.min(targets.length, 100) },
		);
		return await readRest(context, sort(context, asked, answer, parts), answer, readable);
	} catch (error) {
		const [first] = targets;
		if (!first || !isTooMuchForServer(error)) {
			throw error;
		}
		return fetchInParts(context, first, partsOf([first]));
	}
}

/** One that is not stored is mostly new. */
function mayBeOpen({ cache }: SyncContext, { number }: Target): boolean {
	return (cache.entries.get(number)?.state ?? 'OPEN') === 'OPEN';
}

/** By what was stored of them: a few changed pull requests are read in one request. */
function haveFewChecks({ cache }: SyncContext, targets: readonly Target[]): boolean {
	return targets.reduce((sum, { number }) => sum + (checksIn(cache.entries.get(number)?.checks ?? '') ?? USUAL_CHECKS), 0) <= FEW_CHECKS;
}

async function queryDetails(context: SyncContext, { targets, parts, ...options }: Question, signal: AbortSignal | undefined): Promise<DetailsAnswer> {
	const answer: DetailsAnswer = await context.client.graphql(
		{
			operation: 'Details',
			query: detailsQuery(context.dialect, parts, options),
			variables: { ids: targets.map(({ id }) => id) },
			isUsable: ({ nodes }) => Array.isArray(nodes) && nodes.length === targets.length,
		},
		signal,
	);
	return heed(context, answer);
}

/**
 * One pull request, part by part: what is too heavy by itself is left unread.
 * When not even the lightest query gets through, the server has another problem, and that error stands.
 */
async function fetchInParts(context: SyncContext, target: Target, parts: readonly DetailPart[]): Promise<Batch> {
	while (context.batch.shrink()) {
		// One at a time from here on, until answers are quick again.
	}
	const run = (asked: readonly DetailPart[]) =>
		context.governor.run('graphql', ({ signal }) => queryDetails(context, { targets: [target], parts: asked }, signal));
	const answer = await run([]);
	const wire = answer.data.nodes[0];
	const failedParts: DetailPart[] = [];
	for (const part of wire ? parts : []) {
		try {
			const { data, errors } = await run([part]);
			Object.assign(wire ?? {}, data.nodes[0]);
			answer.errors.push(...errors);
		} catch (error) {
			if (!isTooMuchForServer(error)) {
				throw error;
			}
			failedParts.push(part);
		}
	}
	return readRest(context, sort(context, [target], answer, parts, failedParts), answer, parts);
}

/** Tells the pull requests that came from those that did not, and why. */
function sort(context: SyncContext, asked: readonly Target[], answer: DetailsAnswer, parts: readonly DetailPart[], failedParts: DetailPart[] = []): Batch {
	const notFound = new Set(answer.errors.filter(isNotFound).map(({ path }) => Number(path?.[1])));
	const got = parts.filter((part) => !failedParts.includes(part));
	const batch: Batch = { fetched: [], missing: [], asked: asked.length };
	asked.forEach(({ id, number }, index) => {
		const wire = answer.data.nodes[index];
		// Another type than a pull request answers with an empty object; another pull request than this was not asked for.
		const listed = wire?.number === number ? readListing(wire, context.dialect) : undefined;
		if (!wire || !listed || (got.includes('people') && !isCounted(wire))) {
			batch.missing.push({ number, notFound: !wire && notFound.has(index) });
			return;
		}
		batch.fetched.push({
			id,
			number,
			updatedAt: wire.updatedAt,
			seenUpdatedAt: wire.updatedAt,
			headOid: wire.headRefOid,
			lists: toLists(wire, got, listed.lists, context.dialect),
			fullCommits: !answer.errors.some((entry) => entry.path?.[1] === index && isCommitLost(entry)),
			wire,
			listed: listed.pullRequest,
			parts: got,
			failedParts,
			failing: listsWith(answer, index, (entry) => !isRefusal(entry) && !isCommitLost(entry)),
			forbidden: listsWith(answer, index, isRefusal),
			readAt: answer.readAt,
		});
	});
	return batch;
}

function isCounted({ additions, deletions, changedFiles }: WirePullRequest): boolean {
	return isCount(additions) && isCount(deletions) && isCount(changedFiles);
}

/** By the name of a list in an answer. */
const LIST_AT: Readonly<Record<string, ListName>> = {
	labels: 'labels',
	assignees: 'assignees',
	reviewRequests: 'reviewRequests',
	reviews: 'reviews',
	closingIssuesReferences: 'linkedIssues',
	commits: 'commits',
	files: 'files',
	reviewThreads: 'reviewThreads',
	timelineItems: 'events',
	rollupState: 'checks',
	statusCheckRollup: 'checks',
	lastCommit: 'checks',
};

function listsWith({ errors }: DetailsAnswer, index: number, isMeant: (entry: GraphqlErrorEntry) => boolean): Set<ListName> {
	const meant = errors.filter((entry) => entry.path?.[1] === index && isMeant(entry));
	return new Set(meant.flatMap(({ path }) => LIST_AT[String(path?.[2])] ?? []));
}

/** Reads what turned out to be needed besides: by what was stored nobody could know. */
async function readRest(context: SyncContext, batch: Batch, first: DetailsAnswer, wanted: readonly DetailPart[]): Promise<Batch> {
	if (first.errors.some(isCommitLost)) {
		const lost = batch.fetched.filter(({ fullCommits }) => !fullCommits);
		// Without what GitHub could not tell of some and so left them out.
		await askBesides(context, lost, { parts: ['commits'], fullCommits: false }, (one, wire) => {
			one.lists.commits = listOf(wire?.headRefOid === one.headOid ? wire.commits : null, COMMITS);
		});
	}
	const parts = OPEN_PARTS.filter((part) => wanted.includes(part));
	const reopened = batch.fetched.filter((one) => one.listed.state === 'OPEN' && parts.some((part) => !one.parts.includes(part) && !one.failedParts.includes(part)));
	await askBesides(context, reopened, { parts }, (one, wire) => {
		one.lists = toLists({ ...one.wire, reviewThreads: wire?.reviewThreads ?? null, timelineItems: wire?.timelineItems ?? null }, parts, one.lists, context.dialect);
		one.parts = [...one.parts, ...parts];
	});
	return batch;
}

async function askBesides(
	context: SyncContext,
	pullRequests: Fetched[],
	question: Omit<Question, 'targets'>,
	take: (one: Fetched, wire: WirePullRequest | undefined) => void,
): Promise<void> {
	for (let waiting = pullRequests; waiting.length > 0; ) {
		let asked: Fetched[] = [];
		const answer = await context.governor.run(
			'graphql',
			({ size, signal }) => {
				asked = waiting.slice(0, size);
				return queryDetails(context, { targets: asked, ...question }, signal);
			},
			{ sizes: context.batch, items: waiting.length },
		);
		asked.forEach((one, index) => {
			const wire = answer.data.nodes[index];
			take(one, wire?.number === one.number ? wire : undefined);
		});
		waiting = waiting.slice(asked.length);
	}
}
