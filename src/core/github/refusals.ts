import type { WithheldPart } from '../model/refusal';
import type { GraphqlAnswer, GraphqlErrorEntry } from './answer';
import type { Dialect, Optional } from './dialect';
import { STANDING_OPTIONALS } from './standing';

/** What a token is refused when the answer's path ends in this key. */
const REFUSED_AT: Readonly<Record<string, Optional>> = {
	authorAssociation: 'PullRequest.authorAssociation',
	autoMergeRequest: 'PullRequest.autoMergeRequest',
	checkSuite: 'CheckRun.checkSuite',
	closingIssuesReferences: 'PullRequest.closingIssuesReferences',
	commits: 'PullRequest.commits',
	files: 'PullRequest.files',
	headRepositoryOwner: 'PullRequest.headRepositoryOwner',
	isCrossRepository: 'PullRequest.isCrossRepository',
	isInMergeQueue: 'PullRequest.isInMergeQueue',
	mergeStateStatus: 'PullRequest.mergeStateStatus',
	mergeable: 'PullRequest.mergeable',
	mergedBy: 'PullRequest.mergedBy',
	reviewDecision: 'PullRequest.reviewDecision',
	reviewRequests: 'PullRequest.reviewRequests',
	reviewThreads: 'PullRequest.reviewThreads',
	reviewedCommit: 'PullRequestReview.commit',
	reviews: 'PullRequest.reviews',
	rollupState: 'PullRequest.statusCheckRollup',
	statusCheckRollup: 'PullRequest.statusCheckRollup',
	timelineItems: 'PullRequest.timelineItems',
	totalCommentsCount: 'PullRequest.totalCommentsCount',
	viewer: 'Query.viewer',
	workflowRun: 'CheckSuite.workflowRun',
};

/** What it takes to read a part as a whole. */
const NEEDS: Readonly<Record<WithheldPart, readonly Optional[]>> = {
	labels: [],
	mergedBy: ['PullRequest.mergedBy'],
	assignees: [],
	reviewRequests: ['PullRequest.reviewRequests'],
	teamNames: ['Team.slug', 'ReviewRequest.requestedReviewer'],
	reviews: ['PullRequest.reviews'],
	reviewCommits: ['PullRequestReview.commit'],
	standing: STANDING_OPTIONALS,
	reviewThreads: ['PullRequest.reviewThreads'],
	events: ['PullRequest.timelineItems'],
	commits: ['PullRequest.commits'],
	files: ['PullRequest.files'],
	checks: ['StatusCheckRollupContext'],
	workflowNames: ['CheckRun.checkSuite', 'CheckSuite.workflowRun'],
	linkedIssues: ['PullRequest.closingIssuesReferences', 'Issue'],
};

/**
 * Learns from the errors beside an answer what this token may not be asked.
 * A refusal deeper inside a list is about that row alone: a linked issue may belong to an organization of its own.
 * @param now server time in milliseconds
 * @returns whether a refusal took more with it than itself, so that asking again without it brings more
 */
export function learnRefusals(dialect: Dialect, { data, errors }: GraphqlAnswer<object>, now: number): boolean {
	let lost = false;
	for (const entry of errors) {
		const path = entry.path ?? [];
		const what = isRefusal(entry) && entry.extensions?.saml_failure !== true ? refusedAt(path) : undefined;
		if (what !== undefined && dialect.refuse(what, 'permission', now)) {
			lost ||= !reaches(data, path.slice(0, -1));
		}
	}
	return lost;
}

/** Whether there is something at a place of an answer. */
function reaches(data: unknown, path: readonly (string | number)[]): boolean {
	let value = data;
	for (const key of path) {
		if (typeof value !== 'object' || value === null) {
			return false;
		}
		value = (value as Record<string | number, unknown>)[key];
	}
	return typeof value === 'object' && value !== null;
}

/** The server says that the token, or its owner, may not see something. */
export function isRefusal({ type }: GraphqlErrorEntry): boolean {
	return type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES';
}

function refusedAt(path: readonly (string | number)[]): Optional | undefined {
	const [last, list, owner] = [path.at(-1), path.at(-2), path.at(-3)];
	if (typeof last === 'number') {
		return list === 'nodes' && owner === 'contexts' ? 'StatusCheckRollupContext' : undefined;
	}
	const what = last === undefined ? undefined : REFUSED_AT[last];
	return path.includes('lastCommit') && (last === 'lastCommit' || what === 'PullRequest.statusCheckRollup') ? 'Commit.statusCheckRollup' : what;
}

/**
 * Whether a part of this repository's pull requests can't be whole for this token. A host whose schema has no such
 * list has nothing to tell of: there it is none.
 */
export function isWithheld(dialect: Dialect, part: WithheldPart): boolean {
	if (part === 'checks' && dialect.rollup === undefined) {
		return isRefused(dialect, 'rest:check-runs') || isRefused(dialect, 'rest:statuses');
	}
	return NEEDS[part].some((what) => isRefused(dialect, what));
}

function isRefused(dialect: Dialect, what: Optional): boolean {
	const why = dialect.reasonFor(what);
	return why !== undefined && why !== 'schema';
}
