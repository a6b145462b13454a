import type { Dialect } from './dialect';
import type { ListName } from '../model/pullRequest';

/** GitHub's bound on the size of one page of a connection. */
export const PAGE_SIZE = 100;
/** How many of the last updated pull requests a probe looks at. */
export const UPDATED_PREFIX = 50;

/** The parts of a pull request's details; a query that is too heavy for the server is sent part by part. */
export const DETAIL_PARTS = ['people', 'commits', 'files', 'checks'] as const;
export type DetailPart = (typeof DETAIL_PARTS)[number];

const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';
const COST = 'rateLimit { cost }';

const label = 'id name color';
const milestone = 'id number title state dueOn';
const assignee = '__typename login';
const reviewRequest = `requestedReviewer {
	__typename
	... on User { login } ... on Bot { login } ... on Mannequin { login }
	... on Team { slug organization { login } }
}`;
const linkedIssue = 'number title';
const commit = 'commit { oid message authoredDate additions deletions author { name user { login } } }';
const file = 'path additions deletions changeType';
const check = `__typename
	... on CheckRun { id databaseId name status conclusion startedAt completedAt url }
	... on StatusContext { id context state createdAt targetUrl }`;

function review(dialect: Dialect): string {
	return `id databaseId ${dialect.optional('PullRequestReview.fullDatabaseId', 'fullDatabaseId')}
	state submittedAt body author { __typename login }`;
}

function page(selection: string, size = PAGE_SIZE, after = ''): string {
	return `(first: ${size}${after}) { totalCount ${PAGE_INFO} nodes { ${selection} } }`;
}

function listing(dialect: Dialect): string {
	return `id number databaseId ${dialect.optional('PullRequest.fullDatabaseId', 'fullDatabaseId')}
	title body state isDraft createdAt updatedAt closedAt mergedAt url baseRefName headRefName headRefOid
	author { __typename login }
	milestone { ${milestone} }
	labels${page(label)}
	assignees${page(assignee)}`;
}

/** Counts by state: with the rollup's own state they tell whether any check of a commit moved. */
function checkCounts(dialect: Dialect): string {
	return ['checkRunCountsByState', 'statusContextCountsByState']
		.map((field) => dialect.optional(`StatusCheckRollupContextConnection.${field}`, `${field} { state count }`))
		.join(' ');
}

/** Asks for a rollup where this host keeps it. */
function rollup(dialect: Dialect, selection: string): string {
	return dialect.optional(
		'PullRequest.statusCheckRollup',
		`statusCheckRollup { ${selection} }`,
		`lastCommit: commits(last: 1) { nodes { commit { statusCheckRollup { ${selection} } } } }`,
	);
}

function fingerprint(dialect: Dialect, withChecks: boolean): string {
	const checks = withChecks ? rollup(dialect, `state contexts(first: 1) { totalCount ${checkCounts(dialect)} }`) : '';
	return `id number updatedAt state headRefOid ${checks}`;
}

/**
 * One request that shows whether anything changed. With 100 open and 100 watched pull requests it costs 2 points.
 * `watched`: node ids looked at besides; those of closed pull requests with unsettled checks, and of open ones beyond the first page.
 */
export function probeQuery(dialect: Dialect, options: { checks: boolean; watched: boolean }): string {
	const seen = fingerprint(dialect, options.checks);
	return `query Probe($owner: String!, $name: String!, $size: Int!${options.watched ? ', $watched: [ID!]!' : ''}) {
	${COST}
	repository(owner: $owner, name: $name) {
		id nameWithOwner pushedAt
		updated: pullRequests(first: ${UPDATED_PREFIX}, orderBy: { field: UPDATED_AT, direction: DESC }) {
			totalCount ${PAGE_INFO} nodes { id number updatedAt }
		}
		open: pullRequests(first: $size, states: OPEN, orderBy: { field: UPDATED_AT, direction: DESC }) {
			totalCount ${PAGE_INFO} nodes { ${seen} }
		}
		labels${page(label)}
		milestones${page(milestone)}
	}
	${options.watched ? `watched: nodes(ids: $watched) { ... on PullRequest { ${seen} } }` : ''}
}`;
}

/** One page of pull requests as a listing shows them, by creation, newest first: an order that nothing can change. */
export function listingQuery(dialect: Dialect): string {
	return `query Listing($owner: String!, $name: String!, $size: Int!, $after: String) {
	${COST}
	repository(owner: $owner, name: $name) {
		id
		pullRequests(first: $size, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
			totalCount ${PAGE_INFO} nodes { ${listing(dialect)} }
		}
	}
}`;
}

export interface FingerprintScope {
	checks: boolean;
	openOnly: boolean;
	order: 'CREATED_AT' | 'UPDATED_AT';
}

/** One page of fingerprints, newest first: of the open pull requests or of all. */
export function fingerprintQuery(dialect: Dialect, options: FingerprintScope): string {
	return `query Fingerprints($owner: String!, $name: String!, $size: Int!, $after: String) {
	${COST}
	repository(owner: $owner, name: $name) {
		id
		pullRequests(first: $size, after: $after${options.openOnly ? ', states: OPEN' : ''}, orderBy: { field: ${options.order}, direction: DESC }) {
			totalCount ${PAGE_INFO} nodes { ${fingerprint(dialect, options.checks)} }
		}
	}
}`;
}

/** One page of the repository's labels or milestones. */
export function catalogueQuery(list: 'labels' | 'milestones'): string {
	return `query Catalogue($owner: String!, $name: String!, $after: String) {
	${COST}
	repository(owner: $owner, name: $name) {
		id
		list: ${list}${page(list === 'labels' ? label : milestone, PAGE_SIZE, ', after: $after')}
	}
}`;
}

/** Up to 100 pull requests by node id, with the parts asked for. The listing's own fields are always there. */
export function detailsQuery(dialect: Dialect, parts: readonly DetailPart[]): string {
	const selections: Record<DetailPart, string> = {
		people: `additions deletions changedFiles
			reviewRequests${page(reviewRequest)}
			reviews${page(review(dialect))}
			${dialect.optional('PullRequest.closingIssuesReferences', `closingIssuesReferences${page(linkedIssue)}`)}`,
		commits: `commits${page(commit)}`,
		files: `files${page(file)}`,
		checks: rollup(
			dialect,
			`state contexts(first: ${PAGE_SIZE}) { totalCount ${checkCounts(dialect)} ${PAGE_INFO} nodes { ${check} } }`,
		),
	};
	return `query Details($ids: [ID!]!) {
	${COST}
	nodes(ids: $ids) { ... on PullRequest { ${listing(dialect)} ${parts.map((part) => selections[part]).join(' ')} } }
}`;
}

/** The rest of one nested list of one pull request. */
export interface OverflowRequest {
	id: string;
	list: ListName;
	cursor: string;
}

/** Where a list's connection stands in an overflow answer. */
export const CONNECTION_OF: Record<Exclude<ListName, 'checks'>, string> = {
	labels: 'labels',
	assignees: 'assignees',
	reviewRequests: 'reviewRequests',
	reviews: 'reviews',
	commits: 'commits',
	files: 'files',
	linkedIssues: 'closingIssuesReferences',
};

/** The next page of several nested lists at once; the n-th request answers under the alias `rest<n>`. */
export function overflowQuery(dialect: Dialect, requests: readonly OverflowRequest[]): { query: string; variables: Record<string, string> } {
	const selectionOf: Record<Exclude<ListName, 'checks'>, string> = {
		labels: label,
		assignees: assignee,
		reviewRequests: reviewRequest,
		reviews: review(dialect),
		commits: commit,
		files: file,
		linkedIssues: linkedIssue,
	};
	const variables: Record<string, string> = {};
	const declared: string[] = [];
	const parts = requests.map(({ id, list, cursor }, index) => {
		variables[`id${index}`] = id;
		variables[`after${index}`] = cursor;
		declared.push(`$id${index}: ID!, $after${index}: String!`);
		const after = `, after: $after${index}`;
		const selection =
			list === 'checks'
				? rollup(dialect, `state contexts(first: ${PAGE_SIZE}${after}) { totalCount ${PAGE_INFO} nodes { ${check} } }`)
				: `list: ${CONNECTION_OF[list]}${page(selectionOf[list], PAGE_SIZE, after)}`;
		return `rest${index}: node(id: $id${index}) { ... on PullRequest { updatedAt headRefOid ${selection} } }`;
	});
	return { query: `query Overflow(${declared.join(', ')}) {\n${COST}\n${parts.join('\n')}\n}`, variables };
}
