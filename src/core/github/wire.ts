import { isCount, isObject } from '../model/guards';

/**
 * GraphQL answers as the wire brings them. Anything may be null, or `undefined` where the server could not give it,
 * so the mapping, not these types, decides what is good.
 */
export interface Connection<T> {
	totalCount: number;
	pageInfo: { hasNextPage: boolean; endCursor: string | null };
	nodes: (T | null | undefined)[] | null;
}

/** More than any repository has of anything; a server that counts more is not believed. */
const MOST_ROWS = 10_000_000;

/** Whether something is a page of a connection, as far as reading on depends on it. */
export function isPage(value: unknown): value is Connection<never> {
	return (
		isObject(value) &&
		Array.isArray(value['nodes']) &&
		isCount(value['totalCount']) &&
		value['totalCount'] <= MOST_ROWS &&
		isObject(value['pageInfo']) &&
		typeof value['pageInfo']['hasNextPage'] === 'boolean'
	);
}

export interface WireActor {
	__typename: string;
	login: string;
	id?: string;
}

export interface WireLabel {
	id: string;
	name: string;
	color: string;
}

export interface WireMilestone {
	id: string;
	number: number;
	title: string;
	state: 'OPEN' | 'CLOSED';
	/** `undefined`: not computed. */
	dueOn: string | null | undefined;
}

export interface WireReview {
	id: string;
	databaseId?: number | null;
	fullDatabaseId?: string | number | null;
	state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
	submittedAt: string | null;
	body: string | null;
	author: WireActor | null;
	/** Not there where it is not asked for. */
	reviewedCommit?: { oid: string } | null | undefined;
}

export interface WireCommit {
	commit: {
		oid: string;
		message: string;
		authoredDate?: string;
		/** Instead of the date above; a git date has its author's time zone. */
		committedDate?: string;
		additions?: number | null;
		deletions?: number | null;
		author: { name: string | null | undefined; date?: string | null; user: { login: string } | null } | null | undefined;
	} | null;
}

export interface WireFile {
	path: string;
	additions: number;
	deletions: number;
	changeType: string;
}

export type WireContext =
	| {
			__typename: 'CheckRun';
			id: string;
			/** Above 2^31 − 1 it comes as null, or as a number of more than 32 bits. */
			databaseId: number | null;
			checkSuite?: { app: { slug: string } | null; workflowRun?: { event: string; workflow: { name: string } } | null };
			name: string;
			status: string;
			conclusion: string | null;
			startedAt: string | null;
			completedAt: string | null;
			url: string | null;
	  }
	| { __typename: 'StatusContext'; id: string; context: string; state: string; createdAt: string; targetUrl: string | null };

interface WireStateCount {
	state: string;
	count: number;
}

/** How many checks of a commit there are, in which states. */
export interface WireCheckCounts {
	totalCount: number;
	checkRunCountsByState?: WireStateCount[] | null;
	statusContextCountsByState?: WireStateCount[] | null;
}

/** What a commit's checks come to; null where it has none. */
export interface Rollups<C> {
	rollupState?: { state: string } | null;
	statusCheckRollup?: { contexts: C | null | undefined } | null;
}

/** A pull request with its head commit's rollup, or with the way to that on hosts whose pull requests have none. */
export interface RollupHolder<C> extends Rollups<C> {
	lastCommit?: { nodes: ({ commit: Rollups<C> | null | undefined } | null | undefined)[] | null } | null;
}

/** The rollup wherever the host keeps it; `undefined` when it was not asked for or could not be read. */
export function rollupsOf<C>(holder: RollupHolder<C>): Rollups<C> | undefined {
	return holder.lastCommit === undefined ? holder : (holder.lastCommit?.nodes?.[0]?.commit ?? undefined);
}

export interface WireListing {
	id: string;
	number: number;
	databaseId: number | null;
	fullDatabaseId?: string | number | null;
	title: string;
	body: string | null;
	state: 'OPEN' | 'CLOSED' | 'MERGED';
	isDraft: boolean;
	createdAt: string;
	updatedAt: string;
	closedAt: string | null | undefined;
	mergedAt: string | null | undefined;
	/** Not there where it is not asked for. */
	mergedBy?: WireActor | null | undefined;
	url: string;
	baseRefName: string;
	headRefName: string;
	headRefOid: string;
	author: WireActor | null | undefined;
	milestone: WireMilestone | null | undefined;
	labels: Connection<WireLabel> | null | undefined;
	assignees: Connection<WireActor> | null | undefined;
}

/** Whoever was asked: by login, a team by its name, or a kind that says no more than what it is. */
export type WireReviewer = { __typename: string; login?: string; id?: string; slug?: string; organization?: { login: string } };

export interface WireReviewRequest {
	/** null: gone, or hidden from the token; `undefined`: refused, or not computed. */
	requestedReviewer: WireReviewer | null | undefined;
}

export interface WireReviewThread {
	id: string;
	isResolved: boolean;
}

/** `id` is there for each kind that is asked for. */
export interface WireEvent extends Partial<WireReviewRequest> {
	__typename: string;
	id: string;
	createdAt: string;
	actor: WireActor | null | undefined;
}

export interface WireLinkedIssue {
	number: number;
	title: string;
	repository: { nameWithOwner: string };
}

/** The first page of a pull request's checks, or the next one. */
export interface WireChecks extends RollupHolder<Connection<WireContext>> {
	number: number;
	updatedAt: string;
	headRefOid: string;
}

/** Each may be missing where it was not asked for. */
export interface WireStanding {
	reviewDecision?: string | null | undefined;
	mergeable?: string | undefined;
	mergeStateStatus?: string | undefined;
	autoMergeRequest?: { enabledAt: string } | null | undefined;
	isInMergeQueue?: boolean | undefined;
	totalCommentsCount?: number | null | undefined;
	authorAssociation?: string | undefined;
	isCrossRepository?: boolean | undefined;
	headRepositoryOwner?: { login: string } | null | undefined;
}

/** A pull request with everything but its checks; each group of lists may be missing when it was not asked for. */
export interface WirePullRequest extends WireListing, WireStanding, RollupHolder<WireCheckCounts & Partial<Connection<WireContext>>> {
	additions?: number;
	deletions?: number;
	changedFiles?: number;
	reviewRequests?: Connection<WireReviewRequest> | null;
	reviews?: Connection<WireReview> | null;
	closingIssuesReferences?: Connection<WireLinkedIssue> | null;
	commits?: Connection<WireCommit> | null;
	files?: Connection<WireFile> | null;
	reviewThreads?: Connection<WireReviewThread> | null;
	timelineItems?: Connection<WireEvent> | null;
}

export interface WireReviewAuthor {
	author: WireActor | null | undefined;
}

/** What verifying compares besides. */
export interface WireNames {
	author?: WireActor | null | undefined;
	mergedBy?: WireActor | null | undefined;
	assignees?: Connection<WireActor> | null | undefined;
	reviewRequests?: Connection<WireReviewRequest> | null | undefined;
	reviews?: Connection<WireReviewAuthor> | null | undefined;
	closingIssuesReferences?: Connection<WireLinkedIssue> | null | undefined;
}

/** What a probe sees of an open pull request. */
export interface WireFingerprint extends RollupHolder<WireCheckCounts>, WireNames, WireStanding {
	id: string;
	number: number;
	updatedAt: string;
	state: 'OPEN' | 'CLOSED' | 'MERGED';
	headRefOid: string;
}

/** What a probe shows of the review threads of a pull request. */
export interface WireThreads {
	number: number;
	updatedAt: string;
	reviewThreads?: Connection<WireReviewThread> | null | undefined;
}

export interface WireProbe {
	viewer?: { login: string } | null | undefined;
	repository: {
		id: string;
		databaseId?: number | null;
		nameWithOwner: string;
		pushedAt: string | null;
		updated: Connection<{ id: string; number: number; updatedAt: string }>;
		open: Connection<WireFingerprint>;
		labels: Connection<WireLabel> | null | undefined;
		milestones: Connection<WireMilestone> | null | undefined;
		moreLabels?: Connection<WireLabel> | null | undefined;
		moreMilestones?: Connection<WireMilestone> | null | undefined;
	};
	watched?: (WireFingerprint | null | undefined)[];
	threads?: (WireThreads | null | undefined)[];
}
