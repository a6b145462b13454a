import type { Dialect } from './dialect';
import type { ListName } from '../model/pullRequest';
import { actor, assignees, commit, events, file, fingerprint, firstContexts, label, linkedIssue, listing, mergedBy, milestone, page, PAGE_INFO, PAGE_SIZE, review, reviewRequest, reviewThread, rollupContexts, rollupSummary } from './selections';
import { standing } from './standing';

/** How many of the last updated pull requests a probe looks at. */
export const UPDATED_PREFIX = 50;

/** The parts of a pull request's details; a query that is too heavy for the server is sent part by part. */
export const DETAIL_PARTS = ['people', 'standing', 'threads', 'events', 'commits', 'files', 'checks'] as const;
export type DetailPart = (typeof DETAIL_PARTS)[number];
/** Asked of open pull requests alone: each costs a point for a hundred. */
export const OPEN_PARTS: readonly DetailPart[] = ['threads', 'events'];

const COST = 'rateLimit { cost }';

/**
 * One request that shows whether anything changed. With 100 open and 100 watched pull requests it costs 2 points.
 * `watched`: node ids looked at besides; those of closed pull requests with unsettled checks, and of open ones beyond the first page.
 * `threads`: node ids of open ones whose review threads are looked at.
 * `moreLabels`, `moreMilestones`: a page of a list that is longer than one, besides its first.
 */
export function probeQuery(dialect: Dialect, options: { checks: boolean; watched: boolean; threads: boolean; moreLabels: boolean; moreMilestones: boolean }): string {
	const seen = fingerprint(dialect, { checks: options.checks, standing: true });
	const variables = [
		...(options.watched ? ['$watched: [ID!]!'] : []),
		...(options.threads ? ['$threads: [ID!]!'] : []),
		...(options.moreLabels ? ['$moreLabels: String!'] : []),
		...(options.moreMilestones ? ['$moreMilestones: String!'] : []),
	];
	return `query Probe(${['$owner: String!', '$name: String!', '$size: Int!', ...variables].join(', ')}) {
	${COST}
	${dialect.optional('Query.viewer', 'viewer { login }')}
	repository(owner: $owner, name: $name) {
		id databaseId nameWithOwner pushedAt
		updated: pullRequests(first: ${UPDATED_PREFIX}, orderBy: { field: UPDATED_AT, direction: DESC }) {
			totalCount ${PAGE_INFO} nodes { id number updatedAt }
		}
		open: pullRequests(first: $size, states: OPEN, orderBy: { field: UPDATED_AT, direction: DESC }) {
			totalCount ${PAGE_INFO} nodes { ${seen} }
		}
		labels${page(label)}
		milestones${page(milestone)}
		${options.moreLabels ? `moreLabels: labels${page(label, PAGE_SIZE, ', after: $moreLabels')}` : ''}
		${options.moreMilestones ? `moreMilestones: milestones${page(milestone, PAGE_SIZE, ', after: $moreMilestones')}` : ''}
	}
	${options.watched ? `watched: nodes(ids: $watched) { ... on PullRequest { ${seen} } }` : ''}
	${options.threads ? `threads: nodes(ids: $threads) { ... on PullRequest { number updatedAt reviewThreads${page(reviewThread)} } }` : ''}
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
	/** Where they stand, too. */
	standing?: boolean;
	/** See {@link SeenNames}; 5 points a page. */
	names?: boolean;
	openOnly: boolean;
	order: 'CREATED_AT' | 'UPDATED_AT';
}

/** What can change without an update of the pull request; more than so many are not compared. */
function names(dialect: Dialect): string {
	const issues = dialect.optional('PullRequest.closingIssuesReferences', `closingIssuesReferences${page(linkedIssue, NAMES_COMPARED)}`);
	const field = dialect.optional('PullRequest.assignedActors', 'assignedActors', 'assignees');
	const reviewers = dialect.optional('PullRequest.reviewRequests', `reviewRequests${page(`requestedReviewer { ${actor} }`, NAMES_COMPARED)}`);
	const reviews = dialect.optional('PullRequest.reviews', `reviews${page(`author { ${actor} }`, NAMES_COMPARED)}`);
	return `author { ${actor} } ${mergedBy(dialect)} assignees: ${field}${page(actor, NAMES_COMPARED)} ${reviewers} ${reviews} ${issues}`;
}

/** One page of fingerprints, newest first: of the open pull requests or of all. */
export function fingerprintQuery(dialect: Dialect, options: FingerprintScope): string {
	return `query Fingerprints($owner: String!, $name: String!, $size: Int!, $after: String) {
	${COST}
	repository(owner: $owner, name: $name) {
		id
		pullRequests(first: $size, after: $after${options.openOnly ? ', states: OPEN' : ''}, orderBy: { field: ${options.order}, direction: DESC }) {
			totalCount ${PAGE_INFO} nodes { ${fingerprint(dialect, { checks: options.checks, standing: options.standing === true })} ${options.names === true ? names(dialect) : ''} }
		}
	}
}`;
}

const NAMES_COMPARED = 20;

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

/**
 * Up to 100 pull requests by node id, with the parts asked for. The listing's own fields are always there.
 * Of their checks it mostly brings a summary alone: the checks themselves are heavy, see {@link checksQuery}.
 */
export function detailsQuery(dialect: Dialect, parts: readonly DetailPart[], { fullCommits = true, contexts = false }: DetailsOptions = {}): string {
	const selections: Record<DetailPart, string> = {
		people: `additions deletions changedFiles
			${dialect.optional('PullRequest.reviewRequests', `reviewRequests${page(reviewRequest(dialect))}`)}
			${dialect.optional('PullRequest.reviews', `reviews${page(review(dialect))}`)}
			${dialect.optional('PullRequest.closingIssuesReferences', `closingIssuesReferences${page(linkedIssue)}`)}`,
		standing: standing(dialect),
		threads: dialect.optional('PullRequest.reviewThreads', `reviewThreads${page(reviewThread)}`),
		events: dialect.optional('PullRequest.timelineItems', events(dialect)),
		commits: dialect.optional('PullRequest.commits', `commits${page(commit(fullCommits))}`),
		files: dialect.optional('PullRequest.files', `files${page(file)}`),
		checks: dialect.rollup === undefined ? '' : contexts ? rollupSummary(dialect, firstContexts(dialect)) : rollupSummary(dialect),
	};
	return `query Details($ids: [ID!]!) {
	${COST}
	nodes(ids: $ids) { ... on PullRequest { ${listing(dialect)} ${parts.map((part) => selections[part]).join(' ')} } }
}`;
}

export interface DetailsOptions {
	/** Also when each commit was authored and how much it changed, which GitHub can't always tell. */
	fullCommits?: boolean;
	/** The first page of checks too. */
	contexts?: boolean;
}

/** The first page of the checks of up to 100 pull requests by node id. */
export function checksQuery(dialect: Dialect): string {
	return `query Checks($ids: [ID!]!) {
	${COST}
	nodes(ids: $ids) { ... on PullRequest { number updatedAt headRefOid ${rollupContexts(dialect)} } }
}`;
}

/** Up to 100 pull requests by node id, as far as a probe would show them, without their checks. */
export function standingsQuery(dialect: Dialect): string {
	return `query Standings($ids: [ID!]!) {
	${COST}
	nodes(ids: $ids) { ... on PullRequest { ${fingerprint(dialect, { checks: false, standing: true })} } }
}`;
}

/** In which teams of an organization somebody is. */
export const teamsQuery = `query Teams($owner: String!, $logins: [String!]!) {
	${COST}
	organization(login: $owner) { teams(first: ${PAGE_SIZE}, userLogins: $logins) { nodes { slug } } }
}`;

/** Asks the repository itself for pull requests by number; number n answers under the alias `pr<n>`. */
export function existenceQuery(numbers: readonly number[]): string {
	return `query Existence($owner: String!, $name: String!) {
	${COST}
	repository(owner: $owner, name: $name) { id ${numbers.map((number) => `pr${number}: pullRequest(number: ${number}) { id number }`).join(' ')} }
}`;
}

/** The rest of one nested list of one pull request. */
export interface OverflowRequest {
	id: string;
	list: ListName;
	cursor: string;
	/** Of commits: see {@link DetailsOptions}. */
	fullCommits: boolean;
}

/** The next page of several nested lists at once; the n-th request answers under the alias `rest<n>`. */
export function overflowQuery(dialect: Dialect, requests: readonly OverflowRequest[]): { query: string; variables: Record<string, string> } {
	const variables: Record<string, string> = {};
	const declared: string[] = [];
	const parts = requests.map(({ id, list, cursor, fullCommits }, index) => {
		variables[`id${index}`] = id;
		variables[`after${index}`] = cursor;
		declared.push(`$id${index}: ID!, $after${index}: String!`);
		const selection = restOf(dialect, list, `, after: $after${index}`, fullCommits);
		return `rest${index}: node(id: $id${index}) { ... on PullRequest { updatedAt headRefOid ${selection} } }`;
	});
	return { query: `query Overflow(${declared.join(', ')}) {\n${COST}\n${parts.join('\n')}\n}`, variables };
}

function restOf(dialect: Dialect, list: ListName, after: string, fullCommits: boolean): string {
	const connection = (field: string, selection: string) => `list: ${field}${page(selection, PAGE_SIZE, after)}`;
	switch (list) {
		case 'labels':
			return connection('labels', label);
		case 'assignees':
			return assignees(dialect, 'list', after);
		case 'reviewRequests':
			return connection('reviewRequests', reviewRequest(dialect));
		case 'reviews':
			return connection('reviews', review(dialect));
		case 'commits':
			return connection('commits', commit(fullCommits));
		case 'files':
			return connection('files', file);
		case 'linkedIssues':
			return connection('closingIssuesReferences', linkedIssue);
		case 'reviewThreads':
			return connection('reviewThreads', reviewThread);
		case 'events':
			return `list: ${events(dialect, after)}`;
		case 'checks':
			return rollupContexts(dialect, after);
	}
}
