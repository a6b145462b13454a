import type { Dialect } from './dialect';
import { standing } from './standing';

// What queries ask for of each thing, as this host and token allow it.

/** GitHub's bound on the size of one page of a connection. */
export const PAGE_SIZE = 100;

export const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';

export const label = 'id name color';
export const milestone = 'id number title state dueOn';
// By the interface: older servers know fewer kinds of accounts, and an organization's own login needs a scope.
export const actor = '__typename ... on Actor { login ... on Node { id } }';
export const linkedIssue = 'number title repository { nameWithOwner }';
export const file = 'path additions deletions changeType';

/** @param full with what GitHub can't always tell, although its schema says so: then the commit does not come at all */
export function commit(full: boolean): string {
	return full
		? 'commit { oid message authoredDate additions deletions author { name user { login } } }'
		: 'commit { oid message committedDate author { name date user { login } } }';
}

export function reviewRequest(dialect: Dialect): string {
	return `requestedReviewer { ${actor} ${dialect.optional('Team.slug', '... on Team { slug organization { login } }')} }`;
}

function check(dialect: Dialect): string {
	const workflow = dialect.optional('CheckSuite.workflowRun', 'workflowRun { event workflow { name } }');
	const suite = dialect.optional('CheckRun.checkSuite', `checkSuite { app { slug } ${workflow} }`);
	return `__typename
	... on CheckRun { id databaseId name status conclusion startedAt completedAt url ${suite} }
	... on StatusContext { id context state createdAt targetUrl }`;
}

/** The commit under a name of its own: a refusal of it is none of the pull request's commits. */
export function review(dialect: Dialect): string {
	return `id databaseId ${dialect.optional('PullRequestReview.fullDatabaseId', 'fullDatabaseId')}
	state submittedAt body author { ${actor} } ${dialect.optional('PullRequestReview.commit', 'reviewedCommit: commit { oid }')}`;
}

export const reviewThread = 'id isResolved';

const ASKED_EVENTS = 'itemTypes: [READY_FOR_REVIEW_EVENT, CONVERT_TO_DRAFT_EVENT, REVIEW_REQUESTED_EVENT, REVIEW_REQUEST_REMOVED_EVENT]';

/** The events that are kept, of a pull request's timeline. */
export function events(dialect: Dialect, after = ''): string {
	const happened = `createdAt actor { ${actor} }`;
	const asked = `${happened} ${reviewRequest(dialect)}`;
	const selection = `__typename ... on Node { id }
	... on ReadyForReviewEvent { ${happened} } ... on ConvertToDraftEvent { ${happened} }
	... on ReviewRequestedEvent { ${asked} } ... on ReviewRequestRemovedEvent { ${asked} }`;
	return `timelineItems${page(selection, PAGE_SIZE, `, ${ASKED_EVENTS}${after}`)}`;
}

export function page(selection: string, size = PAGE_SIZE, after = ''): string {
	return `(first: ${size}${after}) { totalCount ${PAGE_INFO} nodes { ${selection} } }`;
}

/** Under the name `alias`: people and bots, or people alone where the host knows no other assignees. */
export function assignees(dialect: Dialect, alias: string, after = ''): string {
	const field = dialect.optional('PullRequest.assignedActors', 'assignedActors', 'assignees');
	return `${alias}: ${field}${page(actor, PAGE_SIZE, after)}`;
}

export function mergedBy(dialect: Dialect): string {
	return dialect.optional('PullRequest.mergedBy', `mergedBy { ${actor} }`);
}

export function listing(dialect: Dialect): string {
	return `id number databaseId ${dialect.optional('PullRequest.fullDatabaseId', 'fullDatabaseId')}
	title body state isDraft createdAt updatedAt closedAt mergedAt url baseRefName headRefName headRefOid
	author { ${actor} }
	${mergedBy(dialect)}
	milestone { ${milestone} }
	labels${page(label)}
	${assignees(dialect, 'assignees')}`;
}

/** Asks for something of a commit's checks where this host keeps them. */
function ofRollup(dialect: Dialect, selection: string): string {
	return dialect.rollup === 'commit' ? `lastCommit: commits(last: 1) { nodes { commit { ${selection} } } }` : selection;
}

/**
 * What tells whether any check of a commit moved: the state of all, and counts by state.
 * The state under a name of its own: beside the contexts it counts superseded runs (measured on github.com).
 */
export function rollupSummary(dialect: Dialect, contexts = `(first: 1) { totalCount ${checkCounts(dialect)} }`): string {
	return ofRollup(dialect, `rollupState: statusCheckRollup { state } statusCheckRollup { contexts${contexts} }`);
}

function checkCounts(dialect: Dialect): string {
	return (['checkRunCountsByState', 'statusContextCountsByState'] as const)
		.map((field) => dialect.optional(`StatusCheckRollupContextConnection.${field}`, `${field} { state count }`))
		.join(' ');
}

export function rollupContexts(dialect: Dialect, after = ''): string {
	return ofRollup(dialect, `statusCheckRollup { contexts${page(check(dialect), PAGE_SIZE, after)} }`);
}

export function firstContexts(dialect: Dialect): string {
	return `(first: ${PAGE_SIZE}) { totalCount ${checkCounts(dialect)} ${PAGE_INFO} nodes { ${check(dialect)} } }`;
}

/** Where it stands costs nothing besides. */
export function fingerprint(dialect: Dialect, shows: { checks: boolean; standing: boolean }): string {
	return `id number updatedAt state headRefOid ${shows.checks ? rollupSummary(dialect) : ''} ${shows.standing ? standing(dialect) : ''}`;
}
