import {
	FIELD_NAMES,
	NO_CHECKS,
	type Actor,
	type ChangedFile,
	type Check,
	type Commit,
	type Label,
	type LinkedIssue,
	type ListName,
	type PullRequest,
	type PullRequestDetails,
	type PullRequestEvent,
	type Review,
	type ReviewThread,
} from '../model/pullRequest';
import { isCount, isKeyword } from '../model/guards';
import { isPullRequest } from '../model/shape';
import type { Dialect } from './dialect';
import { isWhole, listOf, unreadList, type FetchedList } from './lists';
import { ASSIGNEES, bigId, CHECKS, COMMITS, EVENTS, FILES, LABELS, LINKED_ISSUES, REVIEWERS, REVIEWS, THREADS, toActor } from './nodeReaders';
import type { DetailPart } from './queries';
import { isWithheld } from './refusals';
import { rollupsOf, type Connection, type WireContext, type WireListing, type WirePullRequest } from './wire';

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
	reviewThreads?: FetchedList<ReviewThread>;
	events?: FetchedList<PullRequestEvent>;
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
	if (parts.includes('threads') && dialect.has('PullRequest.reviewThreads')) {
		lists.reviewThreads = listOf(wire.reviewThreads, THREADS);
	}
	if (parts.includes('events') && dialect.has('PullRequest.timelineItems')) {
		lists.events = listOf(wire.timelineItems, EVENTS);
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
		reviewThreads: lists.reviewThreads?.items ?? null,
		events: lists.events?.items ?? null,
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
