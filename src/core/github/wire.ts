import { isCount, isObject } from '../model/guards';

/**
 * GraphQL answers as the wire brings them. Anything may be null where the server could not give it,
 * so the mapping, not these types, decides what is good.
 */
export interface Connection<T> {
	totalCount: number;
	pageInfo: { hasNextPage: boolean; endCursor: string | null };
	nodes: (T | null)[] | null;
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
	dueOn: string | null;
}

export interface WireReview {
	id: string;
	databaseId?: number | null;
	fullDatabaseId?: string | number | null;
	state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
	submittedAt: string | null;
	body: string | null;
	author: WireActor | null;
}

export interface WireCommit {
	commit: {
		oid: string;
		message: string;
		authoredDate: string;
		additions: number | null;
		deletions: number | null;
		author: { name: string | null; user: { login: string } | null } | null;
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
			databaseId: number | null;
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

/** The part of a rollup that tells whether anything moved. */
export interface WireRollupSummary {
	state: string;
	contexts: {
		totalCount: number;
		checkRunCountsByState?: WireStateCount[] | null;
		statusContextCountsByState?: WireStateCount[] | null;
	} | null;
}

export interface WireRollup {
	state: string;
	contexts: (Connection<WireContext> & NonNullable<WireRollupSummary['contexts']>) | null;
}

/** `PullRequest.statusCheckRollup`, or the way to it on hosts that lack that field. */
export interface RollupHolder<R> {
	statusCheckRollup?: R | null;
	lastCommit?: { nodes: ({ commit: { statusCheckRollup: R | null } | null } | null)[] | null } | null;
}

export function rollupOf<R>(holder: RollupHolder<R>): R | null {
	return holder.statusCheckRollup ?? holder.lastCommit?.nodes?.[0]?.commit?.statusCheckRollup ?? null;
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
	closedAt: string | null;
	mergedAt: string | null;
	url: string;
	baseRefName: string;
	headRefName: string;
	headRefOid: string;
	author: WireActor | null;
	milestone: WireMilestone | null;
	labels: Connection<WireLabel> | null;
	assignees: Connection<WireActor> | null;
}

export type WireReviewer = { __typename: 'Team'; slug: string; organization: { login: string } } | WireActor;

/** A pull request with everything; each group of lists may be missing when it was not asked for. */
export interface WirePullRequest extends WireListing, RollupHolder<WireRollup> {
	additions?: number;
	deletions?: number;
	changedFiles?: number;
	reviewRequests?: Connection<{ requestedReviewer: WireReviewer | null }> | null;
	reviews?: Connection<WireReview> | null;
	closingIssuesReferences?: Connection<{ number: number; title: string }> | null;
	commits?: Connection<WireCommit> | null;
	files?: Connection<WireFile> | null;
}

/** What a probe sees of an open pull request. */
export interface WireFingerprint extends RollupHolder<WireRollupSummary> {
	id: string;
	number: number;
	updatedAt: string;
	state: 'OPEN' | 'CLOSED' | 'MERGED';
	headRefOid: string;
}

export interface WireProbe {
	repository: {
		id: string;
		nameWithOwner: string;
		pushedAt: string | null;
		updated: Connection<{ id: string; number: number; updatedAt: string }>;
		open: Connection<WireFingerprint>;
		labels: Connection<WireLabel> | null;
		milestones: Connection<WireMilestone> | null;
	};
	watched?: (WireFingerprint | null)[];
}
