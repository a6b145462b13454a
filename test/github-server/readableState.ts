import { Access } from './access';
import { rollupContexts } from './checks';
import { reviewerName } from './expectedState';
import { isStatusContext, type Issue, type PullRequest, type ReviewRequest } from './model';
import { holdsScope } from './scopes';
import { hasScopes, type Permission, type Token } from './tokens';
import type { World } from './world';

/** The lists of a pull request, by the names that {@link ReadablePullRequest} uses. */
export const readableLists = ['labels', 'assignees', 'reviewRequests', 'reviews', 'commits', 'files', 'checks', 'linkedIssues'] as const;
export type ReadableList = (typeof readableLists)[number];

export interface ReadablePullRequest {
	readonly number: number;
	/** Lists of which everything can be read. */
	readonly whole: readonly ReadableList[];
	/** Lists of which something can be read, and something is kept back: the fields below say what. */
	readonly partly: readonly ReadableList[];
	/** Lists of which nothing can be read, or whose reading is refused. */
	readonly closed: readonly ReadableList[];
	/** Accounts and teams as `expectedState` names them, sorted. */
	readonly reviewers: readonly string[];
	/** Requested teams whose names the token may not have. Accounts that are gone do not count. */
	readonly hiddenReviewers: number;
	/** The ids of the checks of the head commit that can be read, as `expectedState` orders them. */
	readonly checkIds: readonly string[];
	/** Which kinds of checks can be read at all, whether or not there are any. */
	readonly checkKinds: readonly ('CHECK_RUN' | 'STATUS_CONTEXT')[];
	/** `owner/name#number`, sorted. */
	readonly linkedIssues: readonly string[];
	readonly hiddenIssues: number;
}

export interface ReadableState {
	/** `refused` by the organization, with a sentence; `hidden`: not found. Both leave nothing below. */
	readonly repository: 'visible' | 'hidden' | 'refused';
	/** Can labels and milestones of the repository be read? */
	readonly catalogue: boolean;
	/** Can pull requests be listed? */
	readonly listing: boolean;
	/** By number; empty where they cannot be listed. */
	readonly pullRequests: readonly ReadablePullRequest[];
}

/**
 * What a client with this token can know of a repository when it reads all that it may, by GraphQL and by REST together: the measure for a client
 * whose token does not reach everything. Values are those of `expectedState`.
 * A person's token without `read:org` sees that a team is asked and not which: its teams count as hidden.
 */
export function readable(world: World, nameWithOwner: string, token: Token): ReadableState {
	const repository = world.repository(nameWithOwner);
	const access = new Access(token, token.login ?? 'octo-viewer', world);
	const may = (...anyOf: Permission[]): boolean => access.may(anyOf, repository);
	if (access.refusal(repository)) return { repository: 'refused', catalogue: false, listing: false, pullRequests: [] };
	if (access.hides(repository)) return { repository: 'hidden', catalogue: false, listing: false, pullRequests: [] };
	const listing = may('pull_requests') && !access.refusal(repository, true);
	const rows = [...repository.pullRequests.values()].sort((left, right) => left.number - right.number);
	return {
		repository: 'visible',
		catalogue: may('issues', 'pull_requests'),
		listing,
		pullRequests: listing ? rows.map((row) => readablePullRequest(access, row)) : [],
	};
}

function readablePullRequest(access: Access, row: PullRequest): ReadablePullRequest {
	const { repository } = row;
	const { reviewRequests, closingIssues } = repository.rowsOf(row);
	const may = (...anyOf: Permission[]): boolean => access.may(anyOf, repository);
	const teams = hasScopes(access.token) ? holdsScope(access.token, 'read:org') : access.may(['members'], undefined);
	const isTeam = ({ reviewer }: ReviewRequest): boolean => reviewer !== null && !('login' in reviewer);
	const reviewers = reviewRequests.filter((request) => teams || !isTeam(request)).flatMap(reviewerName);
	const hiddenReviewers = teams ? 0 : reviewRequests.filter(isTeam).length;
	const all = rollupContexts(repository.checksOf(row.headRefOid));
	const kinds = (['CHECK_RUN', 'STATUS_CONTEXT'] as const).filter((kind) => may(kind === 'CHECK_RUN' ? 'checks' : 'statuses'));
	const checks = all.filter((check) => kinds.includes(isStatusContext(check) ? 'STATUS_CONTEXT' : 'CHECK_RUN'));
	const issues = may('issues') ? closingIssues.filter((issue) => shows(access, issue)) : [];
	const states: Record<ReadableList, 'whole' | 'partly' | 'closed'> = {
		labels: 'whole',
		assignees: 'whole',
		reviewRequests: hiddenReviewers > 0 ? 'partly' : 'whole',
		reviews: 'whole',
		commits: may('contents') ? 'whole' : 'closed',
		files: may('contents') ? 'whole' : 'closed',
		// Without both kinds even the question whether there are any is refused.
		checks: kinds.length === 0 ? 'closed' : checks.length < all.length ? 'partly' : 'whole',
		linkedIssues: !may('issues') ? 'closed' : issues.length < closingIssues.length ? 'partly' : 'whole',
	};
	const those = (state: 'whole' | 'partly' | 'closed'): ReadableList[] => readableLists.filter((list) => states[list] === state);
	return {
		number: row.number,
		whole: those('whole'),
		partly: those('partly'),
		closed: those('closed'),
		reviewers: reviewers.sort(),
		hiddenReviewers,
		checkIds: checks.map(({ id }) => id),
		checkKinds: kinds,
		linkedIssues: issues.map((issue) => `${issue.repository.nameWithOwner}#${issue.number}`).sort(),
		hiddenIssues: closingIssues.length - issues.length,
	};
}

/** An issue may lie in another repository, which has its own say. */
function shows(access: Access, issue: Issue): boolean {
	return !access.refusal(issue.repository, true) && !access.hides(issue.repository) && access.may(['issues'], issue.repository);
}
