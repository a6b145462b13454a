import type {
	Actor,
	ActorKind,
	ChangedFile,
	Check,
	Commit,
	Label,
	LinkedIssue,
	ListName,
	Milestone,
	PullRequest,
	PullRequestDetails,
	Review,
} from '../model/pullRequest';
import type { DetailPart } from './queries';
import {
	rollupOf,
	type Connection,
	type RollupHolder,
	type WireActor,
	type WireCommit,
	type WireContext,
	type WireFile,
	type WireLabel,
	type WireListing,
	type WireMilestone,
	type WirePullRequest,
	type WireReview,
	type WireReviewer,
	type WireRollupSummary,
} from './wire';

/** One nested list as one or more pages have filled it. */
export interface FetchedList<T> {
	items: T[];
	/** Nodes seen so far, unreadable ones included. */
	seen: number;
	totalCount: number;
	/** Where the next page begins; `null` when there is none. */
	cursor: string | null;
	/** The server withheld some nodes, or the whole list. */
	unreadable: boolean;
}

/** Maps one page; a missing connection is a list that can't be read. */
export function listOf<W, T>(connection: Connection<W> | null | undefined, map: (node: W) => T | null): FetchedList<T> {
	if (!connection) {
		return { items: [], seen: 0, totalCount: 0, cursor: null, unreadable: true };
	}
	const nodes = connection.nodes ?? [];
	const items: T[] = [];
	for (const node of nodes) {
		const item = node === null ? null : map(node);
		if (item !== null) {
			items.push(item);
		}
	}
	return {
		items,
		seen: nodes.length,
		totalCount: connection.totalCount,
		cursor: connection.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null,
		unreadable: connection.nodes === null || nodes.includes(null),
	};
}

/** A list is whole when every node that the server counts has been seen and could be read. */
export function isWhole(list: FetchedList<unknown>): boolean {
	return !list.unreadable && list.seen === list.totalCount;
}

export function toActor(wire: WireActor | null): Actor | null {
	return wire && { login: wire.login, kind: ACTOR_KINDS[wire.__typename] ?? 'USER' };
}

const ACTOR_KINDS: Record<string, ActorKind> = {
	Bot: 'BOT',
	Organization: 'ORGANIZATION',
	Mannequin: 'MANNEQUIN',
	EnterpriseUserAccount: 'ENTERPRISE',
};

export function toReviewer(wire: { requestedReviewer: WireReviewer | null }): Actor | null {
	const reviewer = wire.requestedReviewer;
	if (reviewer && 'slug' in reviewer) {
		return { login: `${reviewer.organization.login}/${reviewer.slug}`, kind: 'TEAM' };
	}
	return toActor(reviewer);
}

export function toLabel({ id, name, color }: WireLabel): Label {
	return { id, name, color };
}

export function toMilestone({ id, number, title, state, dueOn }: WireMilestone): Milestone {
	return { id, number, title, state, dueOn };
}

export function toReview(wire: WireReview): Review {
	return {
		id: wire.id,
		databaseId: bigId(wire),
		state: wire.state,
		submittedAt: wire.submittedAt,
		author: toActor(wire.author),
		body: wire.body,
	};
}

export function toCommit({ commit }: WireCommit): Commit | null {
	return (
		commit && {
			oid: commit.oid,
			message: commit.message,
			authorLogin: commit.author?.user?.login ?? null,
			authorName: commit.author?.name ?? null,
			authoredAt: commit.authoredDate,
			additions: commit.additions,
			deletions: commit.deletions,
		}
	);
}

export function toFile({ path, additions, deletions, changeType }: WireFile): ChangedFile {
	return { path, additions, deletions, changeType };
}

export function toLinkedIssue({ number, title }: LinkedIssue): LinkedIssue {
	return { number, title };
}

export function toCheck(wire: WireContext): Check {
	if (wire.__typename === 'StatusContext') {
		const pending = wire.state === 'PENDING' || wire.state === 'EXPECTED';
		return {
			id: wire.id,
			databaseId: null,
			kind: 'STATUS_CONTEXT',
			name: wire.context,
			status: pending ? wire.state : 'COMPLETED',
			conclusion: pending ? null : wire.state,
			startedAt: wire.createdAt,
			completedAt: null,
			url: wire.targetUrl,
		};
	}
	return {
		id: wire.id,
		databaseId: wire.databaseId === null ? idInUrl(wire.url) : String(wire.databaseId),
		kind: 'CHECK_RUN',
		name: wire.name,
		status: wire.status,
		conclusion: wire.conclusion,
		startedAt: wire.startedAt,
		completedAt: wire.completedAt,
		url: wire.url,
	};
}

// A check run's `databaseId` is a 32-bit Int and null above it; no wider field exists. The address of the run ends in the id.
function idInUrl(url: string | null): string | null {
	return /\/(?:runs|job)\/(\d{1,19})(?:[?#]|$)/.exec(url ?? '')?.[1] ?? null;
}

function bigId(wire: { databaseId?: number | null; fullDatabaseId?: string | number | null }): string | null {
	const id = wire.fullDatabaseId ?? wire.databaseId ?? null;
	return id === null ? null : String(id);
}

/** A listing row; `more` tells where its own lists go on. */
export function toListing(wire: WireListing): { pullRequest: PullRequest; lists: ListingLists } {
	const labels = listOf(wire.labels, toLabel);
	const assignees = listOf(wire.assignees, toActor);
	const pullRequest: PullRequest = {
		number: wire.number,
		id: wire.id,
		databaseId: bigId(wire),
		title: wire.title,
		body: wire.body,
		state: wire.state,
		isDraft: wire.isDraft,
		author: toActor(wire.author),
		createdAt: wire.createdAt,
		updatedAt: wire.updatedAt,
		closedAt: wire.closedAt,
		mergedAt: wire.mergedAt,
		url: wire.url,
		baseRef: wire.baseRefName,
		headRef: wire.headRefName,
		headOid: wire.headRefOid,
		labelIds: labels.items.map(({ id }) => id),
		milestoneId: wire.milestone?.id ?? null,
		assignees: assignees.items,
		details: null,
		partial: [
			...(isWhole(labels) ? [] : (['labels'] as const)),
			...(isWhole(assignees) ? [] : (['assignees'] as const)),
		],
	};
	return { pullRequest, lists: { labels, assignees } };
}

interface ListingLists {
	labels: FetchedList<Label>;
	assignees: FetchedList<Actor>;
}

/** Every nested list of a details answer, as far as its parts were asked for. */
export interface DetailLists extends ListingLists {
	reviewRequests?: FetchedList<Actor>;
	reviews?: FetchedList<Review>;
	linkedIssues?: FetchedList<LinkedIssue>;
	commits?: FetchedList<Commit>;
	files?: FetchedList<ChangedFile>;
	checks?: FetchedList<Check>;
}

export function toLists(wire: WirePullRequest, parts: readonly DetailPart[], base: ListingLists): DetailLists {
	const lists: DetailLists = { ...base };
	if (parts.includes('people')) {
		lists.reviewRequests = listOf(wire.reviewRequests, toReviewer);
		lists.reviews = listOf(wire.reviews, toReview);
		// A host without the field has no links to tell of: that is an empty list, not a hole.
		lists.linkedIssues = wire.closingIssuesReferences === undefined ? EMPTY : listOf(wire.closingIssuesReferences, toLinkedIssue);
	}
	if (parts.includes('commits')) {
		lists.commits = listOf(wire.commits, toCommit);
	}
	if (parts.includes('files')) {
		lists.files = listOf(wire.files, toFile);
	}
	if (parts.includes('checks')) {
		const rollup = rollupOf(wire);
		// No rollup: nothing ever ran for this commit, or its data has expired.
		lists.checks = rollup === null ? EMPTY : listOf(rollup.contexts, toCheck);
	}
	return lists;
}

const EMPTY: FetchedList<never> = { items: [], seen: 0, totalCount: 0, cursor: null, unreadable: false };

/** Details put together from lists that are complete or marked as partial. */
export function toDetails(wire: WirePullRequest, lists: DetailLists): PullRequestDetails {
	return {
		additions: wire.additions ?? 0,
		deletions: wire.deletions ?? 0,
		changedFiles: wire.changedFiles ?? 0,
		reviewRequests: lists.reviewRequests?.items ?? [],
		reviews: lists.reviews?.items ?? [],
		commits: lists.commits?.items ?? [],
		files: lists.files?.items ?? [],
		checks: lists.checks?.items ?? [],
		linkedIssues: lists.linkedIssues?.items ?? [],
	};
}

export function partialLists(lists: DetailLists): ListName[] {
	return (Object.entries(lists) as [ListName, FetchedList<unknown>][])
		.filter(([, list]) => !isWhole(list))
		.map(([name]) => name);
}

/**
 * Tells the checks of a commit apart from the same commit's checks at another time, without reading them:
 * rollup state and counts by state. Equal on a probe and on the details it led to.
 */
export function checksFingerprint(holder: RollupHolder<WireRollupSummary>): string {
	const rollup = rollupOf(holder);
	if (rollup === null) {
		return 'none';
	}
	const counts = [...(rollup.contexts?.checkRunCountsByState ?? []), ...(rollup.contexts?.statusContextCountsByState ?? [])]
		.filter(({ count }) => count > 0)
		.map(({ state, count }) => `${state}:${count}`)
		.sort();
	return [rollup.state, rollup.contexts?.totalCount ?? 0, ...counts].join(' ');
}

/** Whether a fingerprint shows checks that are still going on. */
export function isUnsettled(fingerprint: string): boolean {
	return /\b(?:PENDING|EXPECTED|QUEUED|IN_PROGRESS|WAITING|REQUESTED)\b/.test(fingerprint);
}
