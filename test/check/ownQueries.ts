// What no query of the product asks, but a belief needs.
import type { Connection } from '../../src/core/github/wire';

/** How many of the last updated pull requests are looked at. */
export const RECENT = 25;

export interface Recent<Row> {
	readonly repository: { readonly recent: { readonly nodes: readonly (Row | null)[] | null } | null; readonly asked?: Row | null } | null;
}

/** The last updated pull requests, and the one that was named. */
export function recentQuery(operation: string, selection: string, pullRequest: number | undefined, count = RECENT): string {
	return `query ${operation}($owner: String!, $name: String!) {
	rateLimit { cost }
	repository(owner: $owner, name: $name) {
		recent: pullRequests(first: ${count}, orderBy: { field: UPDATED_AT, direction: DESC }) { nodes { ${selection} } }
		${pullRequest === undefined ? '' : `asked: pullRequest(number: ${pullRequest}) { ${selection} }`}
	}
}`;
}

interface Total {
	readonly totalCount: number;
}
type Rows<T> = Total & { readonly nodes: readonly (T | null)[] | null };

export interface SurveyRow {
	readonly number: number;
	readonly changedFiles: number;
	readonly files: Total | null;
	readonly closingIssuesReferences: Rows<object> | null;
	readonly reviewRequests: Rows<{ readonly requestedReviewer: object | null }> | null;
}

export const SURVEYED_ISSUES = 20;

export const survey = `number changedFiles files(first: 1) { totalCount }
	closingIssuesReferences(first: ${SURVEYED_ISSUES}) { totalCount nodes { number } }
	reviewRequests(first: 20) { totalCount nodes { requestedReviewer { __typename } } }`;

export interface CommitsRow {
	readonly id: string;
	readonly number: number;
	readonly commits: Total | null;
}

export const commits = 'id number commits(first: 1) { totalCount }';

export interface StateRow {
	readonly id: string;
	readonly number: number;
	readonly updatedAt: string;
	readonly headRefOid: string;
	readonly labels: Rows<{ readonly id: string; readonly name: string; readonly color: string }> | null;
	readonly milestone: { readonly id: string; readonly title: string; readonly dueOn: string | null } | null;
	readonly reviews: Total | null;
	readonly reviewThreads: Rows<{ readonly isResolved: boolean }> | null;
	readonly mergeable: string;
	readonly mergeStateStatus: string;
	readonly alone: { readonly state: string } | null;
	readonly beside: { readonly state: string; readonly contexts: Total } | null;
}

export const state = `id number updatedAt headRefOid
	title state isDraft baseRefName
	labels(first: 20) { totalCount nodes { id name color } }
	milestone { id title dueOn }
	comments(first: 1) { totalCount } assignees(first: 1) { totalCount } reviews(first: 1) { totalCount }
	reviewThreads(first: 50) { totalCount nodes { isResolved } }
	mergeable mergeStateStatus
	alone: statusCheckRollup { state }
	beside: statusCheckRollup { state contexts(first: 1) { totalCount } }`;

/** Planned for the product, and not asked by it yet. */
export const planned = `number authorAssociation isCrossRepository totalCommentsCount reviewDecision isInMergeQueue
	headRepositoryOwner { __typename login } mergedBy { __typename login }
	autoMergeRequest { enabledAt } mergeQueueEntry { position }
	reviews(first: 5) { nodes { commit { oid } } }`;

export interface DecisionRow {
	readonly number: number;
	readonly reviewDecision: string | null;
	readonly reviews: Total | null;
	readonly baseRefName: string;
	readonly baseRef: { readonly refUpdateRule: { readonly requiredApprovingReviewCount: number | null } | null } | null;
}

export const decision = `number reviewDecision baseRefName
	reviews(first: 1, states: [APPROVED, CHANGES_REQUESTED]) { totalCount }
	baseRef { refUpdateRule { requiredApprovingReviewCount } }`;

export type SuiteContext =
	| {
			readonly __typename: 'CheckRun';
			readonly id: string;
			readonly databaseId: number | null;
			readonly name: string;
			readonly status: string;
			readonly conclusion: string | null;
			readonly url: string | null;
			readonly checkSuite: {
				readonly id: string;
				readonly app: { readonly slug: string } | null;
				readonly workflowRun: { readonly event: string; readonly workflow: { readonly name: string } } | null;
			} | null;
	  }
	| { readonly __typename: 'StatusContext'; readonly state: string };

export interface SuitesRow {
	readonly number: number;
	readonly alone: { readonly state: string } | null;
	readonly statusCheckRollup: {
		readonly state: string;
		readonly contexts: (Rows<SuiteContext> & { readonly checkRunCountsByState: readonly { readonly count: number }[] | null }) | null;
	} | null;
}

/** Every check of a commit with the suite that it is in. */
export const suitesQuery = `query Suites($ids: [ID!]!) {
	rateLimit { cost }
	nodes(ids: $ids) { ... on PullRequest {
		number
		alone: statusCheckRollup { state }
		statusCheckRollup { state contexts(first: 100) {
			totalCount checkRunCountsByState { state count }
			nodes {
				__typename
				... on CheckRun { id databaseId name status conclusion url checkSuite { id app { slug } workflowRun { event workflow { name } } } }
				... on StatusContext { state }
			}
		} }
	} }
}`;

export interface IdsAnswer {
	readonly repository: { readonly id: string; readonly oldest: { readonly nodes: readonly ({ readonly id: string; readonly number: number } | null)[] | null } } | null;
}

/** Where ids of the former form are, if there are any: in what was made first. */
export const idsQuery = `query Ids($owner: String!, $name: String!) {
	rateLimit { cost }
	repository(owner: $owner, name: $name) {
		id
		oldest: pullRequests(first: 1, orderBy: { field: CREATED_AT, direction: ASC }) { nodes { id number } }
	}
}`;

export interface NodeAnswer {
	readonly node: { readonly id: string; readonly number?: number } | null;
}

export const nodeQuery = 'query Node($id: ID!) {\n\trateLimit { cost }\n\tnode(id: $id) { id ... on PullRequest { number } }\n}';

export interface CommitPageAnswer {
	readonly node: { readonly commits: Connection<object> | null } | null;
}

export const commitPageQuery = `query CommitPage($id: ID!, $after: String) {
	rateLimit { cost }
	node(id: $id) { ... on PullRequest { commits(first: 100, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { commit { oid } } } } }
}`;
