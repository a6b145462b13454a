import type { CacheRecord } from '../cache/cacheRecord';
import { isWhole, listOf, type FetchedList, type NodeReader } from '../github/lists';
import { ASSIGNEES, LINKED_ISSUES, REVIEWERS, toActor } from '../github/nodeReaders';
import type { Connection, WireNames, WireReviewAuthor } from '../github/wire';
import { isText, shaped } from '../model/guards';
import { HIDDEN_TEAM, type Actor } from '../model/pullRequest';

/**
 * What of a pull request can change without its `updatedAt`: its people take other logins or delete their accounts, and
 * the issues that it closes get other titles. `undefined`: not asked for, or not told whole.
 */
export interface SeenNames {
	author: string | null | undefined;
	mergedBy: string | null | undefined;
	assignees: string[] | undefined;
	/** Teams without their names. */
	reviewers: string[] | undefined;
	/** Who wrote each review; empty where the account is deleted. */
	reviewAuthors: string[] | undefined;
	linkedIssues: string[] | undefined;
}

export function seenNames({ author, mergedBy, assignees, reviewRequests, reviews, closingIssuesReferences }: WireNames): SeenNames {
	return {
		author: author && author.login,
		mergedBy: mergedBy && mergedBy.login,
		assignees: named(assignees, ASSIGNEES, ({ login }) => login),
		reviewers: named(reviewRequests, REVIEWERS, reviewerName),
		reviewAuthors: named(reviews, REVIEW_AUTHORS, ({ login }) => login),
		linkedIssues: named(closingIssuesReferences, LINKED_ISSUES, ({ repository, number, title }) => issueName(repository ?? '', number, title)),
	};
}

/** @param nameWithOwner of the repository, whose own issues are stored without it */
export function differsInNames(seen: SeenNames, { pullRequest }: CacheRecord, nameWithOwner: string): boolean {
	const { author, mergedBy, assignees, details } = pullRequest;
	const issues = details?.linkedIssues.map(({ repository, number, title }) => issueName(repository ?? nameWithOwner, number, title));
	return (
		differsInOne(seen.author, author) ||
		differsInOne(seen.mergedBy, mergedBy) ||
		differs(seen.assignees, assignees.map(({ login }) => login)) ||
		(details !== null && differs(seen.reviewers, details.reviewRequests.map(reviewerName))) ||
		(details !== null && differs(seen.reviewAuthors, details.reviews.map((review) => review.author?.login ?? ''))) ||
		(issues !== undefined && differs(seen.linkedIssues, issues))
	);
}

/** An author that was withheld makes the list one that is not told whole. */
const REVIEW_AUTHORS: NodeReader<WireReviewAuthor, { login: string }> = {
	map: ({ author }) => ({ login: toActor(author)?.login ?? '' }),
	isGood: shaped<{ login: string }>({ login: isText }),
};

function differsInOne(seen: string | null | undefined, stored: Actor | null): boolean {
	return seen !== undefined && seen !== (stored?.login ?? null);
}

function named<W, T>(connection: Connection<W> | null | undefined, reader: NodeReader<W, T>, nameOf: (item: T) => string): string[] | undefined {
	const list: FetchedList<T> = listOf(connection, reader);
	return isWhole(list) ? list.items.map(nameOf) : undefined;
}

function reviewerName({ kind, login }: Actor): string {
	return kind === 'TEAM' ? HIDDEN_TEAM : login;
}

function issueName(repository: string, number: number, title: string): string {
	return `${repository}#${number} ${title}`;
}

function differs(seen: readonly string[] | undefined, stored: readonly string[]): boolean {
	return seen !== undefined && JSON.stringify([...seen].sort()) !== JSON.stringify([...stored].sort());
}
