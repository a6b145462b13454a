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
import { isCount, isKeyword, listOfEach, shaped } from '../model/guards';
import { isActor, isChangedFile, isCheck, isCommit, isLabel, isLinkedIssue, isMilestone, isPullRequest, isReview } from '../model/shape';
import type { DetailPart } from './queries';
import { isWhole, listOf, type FetchedList, type NodeReader } from './lists';
import {
	rollupOf,
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
	// Of a kind that the query does not name, such as a team of an enterprise, there is nothing to show.
	return reviewer && !('login' in reviewer) ? null : toActor(reviewer);
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

export const LABELS: NodeReader<WireLabel, Label> = { map: toLabel, isGood: isLabel };
export const MILESTONES: NodeReader<WireMilestone, Milestone> = { map: toMilestone, isGood: isMilestone };
export const ASSIGNEES: NodeReader<WireActor, Actor> = { map: toActor, isGood: isActor };
export const REVIEWERS: NodeReader<{ requestedReviewer: WireReviewer | null }, Actor> = { map: toReviewer, isGood: isActor };
export const REVIEWS: NodeReader<WireReview, Review> = { map: toReview, isGood: isReview };
export const COMMITS: NodeReader<WireCommit, Commit> = { map: toCommit, isGood: isCommit };
export const FILES: NodeReader<WireFile, ChangedFile> = { map: toFile, isGood: isChangedFile };
export const CHECKS: NodeReader<WireContext, Check> = { map: toCheck, isGood: isCheck };
export const LINKED_ISSUES: NodeReader<LinkedIssue, LinkedIssue> = { map: toLinkedIssue, isGood: isLinkedIssue };

/** {@link toListing}, of a row that is what it should be; `undefined` for any other. */
export function readListing(wire: WireListing): ReturnType<typeof toListing> | undefined {
	try {
		const listed = toListing(wire);
		return isPullRequest(listed.pullRequest) ? listed : undefined;
	} catch {
		return undefined;
	}
}

/** A listing row; `lists` tells where its own lists go on. */
export function toListing(wire: WireListing): { pullRequest: PullRequest; lists: ListingLists } {
	const labels = listOf(wire.labels, LABELS);
	const assignees = listOf(wire.assignees, ASSIGNEES);
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
		lists.reviewRequests = listOf(wire.reviewRequests, REVIEWERS);
		lists.reviews = listOf(wire.reviews, REVIEWS);
		// A host without the field has no links to tell of: that is an empty list, not a hole.
		lists.linkedIssues = wire.closingIssuesReferences === undefined ? EMPTY : listOf(wire.closingIssuesReferences, LINKED_ISSUES);
	}
	if (parts.includes('commits')) {
		lists.commits = listOf(wire.commits, COMMITS);
	}
	if (parts.includes('files')) {
		lists.files = listOf(wire.files, FILES);
	}
	if (parts.includes('checks')) {
		const rollup = rollupOf(wire);
		// No rollup: nothing ever ran for this commit, or its data has expired.
		lists.checks = rollup === null ? EMPTY : listOf(rollup.contexts, CHECKS);
	}
	return lists;
}

const EMPTY: FetchedList<never> = { items: [], seen: 0, totalCount: 0, cursor: null, unreadable: false };

/** Details put together from lists that are complete or marked as partial. */
export function toDetails(wire: WirePullRequest, lists: DetailLists): PullRequestDetails {
	return {
		additions: countOf(wire.additions),
		deletions: countOf(wire.deletions),
		changedFiles: countOf(wire.changedFiles),
		reviewRequests: lists.reviewRequests?.items ?? [],
		reviews: lists.reviews?.items ?? [],
		commits: lists.commits?.items ?? [],
		files: lists.files?.items ?? [],
		checks: lists.checks?.items ?? [],
		linkedIssues: lists.linkedIssues?.items ?? [],
	};
}

function countOf(value: unknown): number {
	return isCount(value) ? value : 0;
}

export function partialLists(lists: DetailLists): ListName[] {
	return (Object.entries(lists) as [ListName, FetchedList<unknown>][])
		.filter(([, list]) => !isWhole(list))
		.map(([name]) => name);
}

/**
 * Tells the checks of a commit apart from the same commit's checks at another time, without reading them:
 * rollup state and counts by state. Equal on a probe and on the details it led to. `null` for a rollup that is none.
 */
export function checksFingerprint(holder: RollupHolder<WireRollupSummary>): string | null {
	const rollup = rollupOf(holder);
	if (rollup === null) {
		return 'none';
	}
	const { state, contexts } = rollup;
	const total = contexts?.totalCount ?? 0;
	const lists: unknown[] = [contexts?.checkRunCountsByState ?? [], contexts?.statusContextCountsByState ?? []];
	if (!isKeyword(state) || !isCount(total) || !lists.every(areStateCounts)) {
		return null;
	}
	const some = lists.flat().flatMap((one) => (one.count > 0 ? [`${one.state}:${one.count}`] : []));
	return [state, total, ...some.sort()].join(' ');
}

const areStateCounts = listOfEach(shaped<{ state: string; count: number }>({ state: isKeyword, count: isCount }));

/** Whether a fingerprint shows checks that are still going on. */
export function isUnsettled(fingerprint: string): boolean {
	return /\b(?:PENDING|EXPECTED|QUEUED|IN_PROGRESS|WAITING|REQUESTED)\b/.test(fingerprint);
}
