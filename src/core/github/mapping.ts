import {
	FIELD_NAMES,
	HIDDEN_TEAM,
	NO_CHECKS,
	type Actor,
	type ActorKind,
	type ChangedFile,
	type Check,
	type Commit,
	type Label,
	type LinkedIssue,
	type ListName,
	type Milestone,
	type PullRequest,
	type PullRequestDetails,
	type Review,
} from '../model/pullRequest';
import { isCount, isInstant, isKeyword, isName } from '../model/guards';
import { isActor, isChangedFile, isCheck, isCommit, isLabel, isLinkedIssue, isMilestone, isPullRequest, isReview } from '../model/shape';
import type { Dialect } from './dialect';
import { isWhole, listOf, unreadList, type FetchedList, type NodeReader } from './lists';
import type { DetailPart } from './queries';
import { isWithheld } from './refusals';
import {
	rollupsOf,
	type Connection,
	type WireActor,
	type WireCommit,
	type WireContext,
	type WireFile,
	type WireLabel,
	type WireLinkedIssue,
	type WireListing,
	type WireMilestone,
	type WirePullRequest,
	type WireReview,
	type WireReviewRequest,
} from './wire';

/** @throws Error when it is not known who it is, which is not the same as nobody */
export function toActor(wire: WireActor | null | undefined): Actor | null {
	if (wire === undefined) {
		throw new Error('an account could not be read');
	}
	return wire && account(wire);
}

function account({ __typename, login, id }: WireActor): Actor {
	return { login, kind: ACTOR_KINDS[__typename] ?? 'USER', ...(isName(id) ? { id } : {}) };
}

const ACTOR_KINDS: Record<string, ActorKind> = {
	Bot: 'BOT',
	Organization: 'ORGANIZATION',
	Mannequin: 'MANNEQUIN',
	EnterpriseUserAccount: 'ENTERPRISE',
};

/** Whom nobody may see, and who is not a person or a bot, is a team: it still has to review. */
export function toReviewer({ requestedReviewer: reviewer }: WireReviewRequest): Actor {
	if (reviewer === undefined) {
		throw new Error('a reviewer could not be read');
	}
	if (reviewer?.login !== undefined) {
		return account({ ...reviewer, login: reviewer.login });
	}
	const name = reviewer?.slug !== undefined && reviewer.organization ? `${reviewer.organization.login}/${reviewer.slug}` : HIDDEN_TEAM;
	return { login: name, kind: 'TEAM' };
}

export function toLabel({ id, name, color }: WireLabel): Label {
	return { id, name, color };
}

/** @param known those that are stored: one whose due date did not come has the one that is known, and is not known without. */
function toMilestone({ id, number, title, state, dueOn }: WireMilestone, known: readonly Milestone[]): Milestone | null {
	const due = dueOn === undefined ? known.find((one) => one.id === id)?.dueOn : dueOn;
	return due === undefined ? null : { id, number, title, state, dueOn: due };
}

export function toReview(wire: WireReview): Review {
	return {
		id: wire.id,
		databaseId: bigId(wire),
		state: wire.state,
		submittedAt: wire.submittedAt,
		author: toActor(wire.author),
		body: wire.body,
		commitOid: asked(wire, 'reviewedCommit')?.oid ?? null,
	};
}

export function toCommit({ commit }: WireCommit): Commit | null {
	return (
		commit && {
			oid: commit.oid,
			message: commit.message,
			authorLogin: known(known(commit.author)?.user)?.login ?? null,
			authorName: commit.author ? known(commit.author.name) : null,
			authoredAt: commit.authoredDate ?? inUtc(commit.author?.date) ?? commit.committedDate ?? '',
			additions: commit.additions ?? null,
			deletions: commit.deletions ?? null,
		}
	);
}

function inUtc(date: string | null | undefined): string | undefined {
	return isInstant(date) ? `${new Date(date).toISOString().slice(0, 19)}Z` : undefined;
}

/** @throws Error for what could not be read */
function known<T>(value: T | null | undefined): T | null {
	if (value === undefined) {
		throw new Error('a part could not be read');
	}
	return value;
}

/**
 * A part that not every host and token is asked for.
 * @throws Error for one that was and could not be read
 */
function asked<T extends object, K extends keyof T>(holder: T, name: K): T[K] {
	if (Object.hasOwn(holder, name) && holder[name] === undefined) {
		throw new Error('a part could not be read');
	}
	return holder[name];
}

export function toFile({ path, additions, deletions, changeType }: WireFile): ChangedFile {
	return { path, additions, deletions, changeType };
}

export function toLinkedIssue({ number, title, repository }: WireLinkedIssue): LinkedIssue {
	return { repository: repository.nameWithOwner, number, title };
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
			app: null,
			workflow: null,
			event: null,
		};
	}
	const suite = asked(wire, 'checkSuite');
	const app = suite?.app;
	const workflowRun = suite && asked(suite, 'workflowRun');
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
		app: app?.slug ?? null,
		workflow: workflowRun?.workflow.name ?? null,
		event: workflowRun?.event ?? null,
	};
}

// A check run's `databaseId` is a 32-bit Int and mostly null above it; no wider field exists. The address of the run ends in the id.
function idInUrl(url: string | null): string | null {
	return /\/(?:runs|job)\/(\d{1,19})(?:[?#]|$)/.exec(url ?? '')?.[1] ?? null;
}

function bigId(wire: { databaseId?: number | null; fullDatabaseId?: string | number | null }): string | null {
	const id = wire.fullDatabaseId ?? wire.databaseId ?? null;
	return id === null ? null : String(id);
}

export const LABELS: NodeReader<WireLabel, Label> = { map: toLabel, isGood: isLabel };
export const ASSIGNEES: NodeReader<WireActor, Actor> = { map: toActor, isGood: isActor };
export const REVIEWERS: NodeReader<WireReviewRequest, Actor> = { map: toReviewer, isGood: isActor };
export const REVIEWS: NodeReader<WireReview, Review> = { map: toReview, isGood: isReview };
export const COMMITS: NodeReader<WireCommit, Commit> = { map: toCommit, isGood: isCommit };
export const FILES: NodeReader<WireFile, ChangedFile> = { map: toFile, isGood: isChangedFile };
export const CHECKS: NodeReader<WireContext, Check> = { map: toCheck, isGood: isCheck };
export const LINKED_ISSUES: NodeReader<WireLinkedIssue, LinkedIssue> = { map: toLinkedIssue, isGood: isLinkedIssue };

/** @param known those that are stored, for what does not come of them */
export function milestonesBeside(known: readonly Milestone[]): NodeReader<WireMilestone, Milestone> {
	return { map: (wire) => toMilestone(wire, known), isGood: isMilestone, lacks: ({ dueOn }) => dueOn === undefined };
}

/** {@link toListing}, of a row that is what it should be; `undefined` for any other. */
export function readListing(wire: WireListing, dialect: Dialect): ReturnType<typeof toListing> | undefined {
	try {
		const listed = toListing(wire, dialect);
		return isPullRequest(listed.pullRequest) ? listed : undefined;
	} catch {
		return undefined;
	}
}

/** A listing row, marked where a field could not be read; `lists` tells where its own lists go on. */
export function toListing(wire: WireListing, dialect: Dialect): { pullRequest: PullRequest; lists: ListingLists } {
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
		author: wire.author === undefined ? null : toActor(wire.author),
		createdAt: wire.createdAt,
		updatedAt: wire.updatedAt,
		closedAt: wire.closedAt ?? null,
		mergedAt: wire.mergedAt ?? null,
		mergedBy: wire.mergedBy === undefined ? null : toActor(wire.mergedBy),
		url: wire.url,
		baseRef: wire.baseRefName,
		headRef: wire.headRefName,
		headOid: wire.headRefOid,
		labelIds: labels.items.map(({ id }) => id),
		milestoneId: wire.milestone?.id ?? null,
		assignees: assignees.items,
		details: null,
		partial: [
			...FIELD_NAMES.filter((name) => wire[name] === undefined && (name !== 'mergedBy' || lacksMergedBy(wire, dialect))),
			...(isWhole(labels) ? [] : (['labels'] as const)),
			...(isWhole(assignees) ? [] : (['assignees'] as const)),
		],
	};
	return { pullRequest, lists: { labels, assignees } };
}

/** Asked for and not read; or not asked for, because this token may not read it. A host without the field has nothing to tell. */
function lacksMergedBy(wire: WireListing, dialect: Dialect): boolean {
	return Object.hasOwn(wire, 'mergedBy') || (wire.state === 'MERGED' && isWithheld(dialect, 'mergedBy'));
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

/**
 * The lists of the parts that an answer brings. What the token may not be asked is not among them. Of checks there may be
 * only the number, where they are read apart.
 */
export function toLists(wire: WirePullRequest, parts: readonly DetailPart[], base: ListingLists, dialect: Dialect): DetailLists {
	const lists: DetailLists = { ...base };
	if (parts.includes('people')) {
		if (dialect.has('PullRequest.reviewRequests')) {
			lists.reviewRequests = listOf(wire.reviewRequests, REVIEWERS);
		}
		if (dialect.has('PullRequest.reviews')) {
			lists.reviews = listOf(wire.reviews, REVIEWS);
		}
		if (dialect.has('PullRequest.closingIssuesReferences')) {
			lists.linkedIssues = listOf(wire.closingIssuesReferences, LINKED_ISSUES);
		} else if (dialect.reasonFor('PullRequest.closingIssuesReferences') === 'schema') {
			// A host without the field has no links to tell of: that is an empty list, not a hole.
			lists.linkedIssues = unreadList(0);
		}
	}
	if (parts.includes('commits') && dialect.has('PullRequest.commits')) {
		lists.commits = listOf(wire.commits, COMMITS);
	}
	if (parts.includes('files') && dialect.has('PullRequest.files')) {
		lists.files = listOf(wire.files, FILES);
	}
	if (parts.includes('checks') && dialect.rollup !== undefined) {
		lists.checks = countedChecks(wire);
	}
	return lists;
}

function countedChecks(wire: WirePullRequest): FetchedList<Check> {
	const rollup = rollupsOf(wire)?.statusCheckRollup;
	if (rollup === null) {
		// Nothing ever ran for this commit, or its data has expired.
		return unreadList(0);
	}
	const contexts = rollup?.contexts;
	if (contexts?.nodes !== undefined) {
		return listOf(contexts as Connection<WireContext>, CHECKS);
	}
	const total = contexts?.totalCount;
	return isCount(total) ? unreadList(total) : { ...unreadList(0), unreadable: true };
}

/** From so many changed files on GitHub lists no more: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const MOST_FILES = 3_000;

/** GitHub gives up on a very large change: it has no files then, and all counts are 0. */
function isUncounted(wire: WirePullRequest): boolean {
	return wire.files === null && wire.changedFiles === 0;
}

/** Details put together from lists that are complete or marked as partial. */
export function toDetails(wire: WirePullRequest, lists: DetailLists): PullRequestDetails {
	const countOf = (value: unknown) => (isCount(value) && !isUncounted(wire) ? value : null);
	return {
		additions: countOf(wire.additions),
		deletions: countOf(wire.deletions),
		changedFiles: countOf(wire.changedFiles),
		reviewRequests: lists.reviewRequests?.items ?? [],
		reviews: lists.reviews?.items ?? [],
		commits: lists.commits?.items ?? [],
		files: lists.files?.items ?? [],
		checks: lists.checks?.items ?? [],
		checksState: checksStateOf(wire, lists),
		linkedIssues: lists.linkedIssues?.items ?? [],
		standing: null,
	};
}

/** GitHub has no rollup where there are no checks. */
function checksStateOf(wire: WirePullRequest, { checks }: DetailLists): string | null {
	const state = rollupsOf(wire)?.rollupState?.state;
	return isKeyword(state) ? state : checks !== undefined && isWhole(checks) && checks.items.length === 0 ? NO_CHECKS : null;
}

/** Of the lists that were read, those that are not whole. */
export function partialLists(wire: WirePullRequest, lists: DetailLists): ListName[] {
	return (Object.entries(lists) as [ListName, FetchedList<unknown>][])
		.filter(
			([name, list]) =>
				!isWhole(list) ||
				(name === 'files' && list.totalCount >= MOST_FILES && list.totalCount < (wire.changedFiles ?? 0)) ||
				// What they come to is told beside them.
				(name === 'checks' && checksStateOf(wire, lists) === null),
		)
		.map(([name]) => name);
}
