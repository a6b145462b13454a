// The rows of the world. Times are ISO 8601 UTC text with second precision; ids are whole numbers that may pass 2^32.
import type { Repository } from './repository';

export type PullRequestState = 'OPEN' | 'CLOSED' | 'MERGED';
export type ReviewState = 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
export type CheckStatus = 'QUEUED' | 'IN_PROGRESS' | 'COMPLETED' | 'WAITING' | 'PENDING' | 'REQUESTED';
export type CheckConclusion =
	| 'ACTION_REQUIRED' | 'TIMED_OUT' | 'CANCELLED' | 'FAILURE' | 'SUCCESS' | 'NEUTRAL' | 'SKIPPED' | 'STARTUP_FAILURE' | 'STALE';
export type StatusState = 'EXPECTED' | 'ERROR' | 'FAILURE' | 'PENDING' | 'SUCCESS';
export type ChangeType = 'ADDED' | 'DELETED' | 'RENAMED' | 'COPIED' | 'MODIFIED' | 'CHANGED';

export interface Actor {
	readonly __typename: 'User' | 'Bot' | 'Mannequin';
	readonly id: string;
	readonly databaseId: number;
	/** As GraphQL shows it: a bot's has no `[bot]`. */
	readonly login: string;
	readonly name: string | null;
}

export interface Team {
	readonly __typename: 'Team';
	readonly id: string;
	readonly databaseId: number;
	readonly organization: string;
	readonly slug: string;
	readonly name: string;
}

/** A team of an enterprise, above its organizations. */
export interface EnterpriseTeam {
	readonly __typename: 'EnterpriseTeam';
	readonly id: string;
	readonly databaseId: number;
	readonly enterprise: string;
	readonly slug: string;
	readonly name: string;
}

export interface Label {
	readonly __typename: 'Label';
	readonly id: string;
	readonly databaseId: number;
	readonly repository: Repository;
	name: string;
	color: string;
	description: string | null;
	readonly createdAt: string;
	updatedAt: string;
}

export interface Milestone {
	readonly __typename: 'Milestone';
	readonly id: string;
	readonly databaseId: number;
	readonly repository: Repository;
	readonly number: number;
	title: string;
	description: string | null;
	dueOn: string | null;
	state: 'OPEN' | 'CLOSED';
	readonly createdAt: string;
	updatedAt: string;
	closedAt: string | null;
}

export interface ReviewRequest {
	readonly id: string;
	readonly databaseId: number;
	/** null: the reviewer is gone, or the token may not see them. */
	readonly reviewer: Actor | Team | EnterpriseTeam | null;
}

export interface Review {
	readonly __typename: 'PullRequestReview';
	readonly id: string;
	readonly databaseId: number;
	readonly repository: Repository;
	state: ReviewState;
	/** A pending review has none. */
	submittedAt: string | null;
	readonly createdAt: string;
	author: Actor | null;
	body: string;
	readonly commitOid: string | null;
}

export interface Commit {
	readonly oid: string;
	readonly message: string;
	/** null though the schema forbids it: asking for it takes the row (rubytoolbox/rubytoolbox#1381). */
	authoredDate: string | null;
	readonly committedDate: string;
	readonly additions: number;
	readonly deletions: number;
	readonly authorName: string | null;
	author: Actor | null;
	/** `additions` and `deletions` cannot be asked for (change-metrics/monocle#1093). */
	hasNoStatistics?: boolean;
}

export interface ChangedFile {
	readonly path: string;
	readonly additions: number;
	readonly deletions: number;
	readonly changeType: ChangeType;
}

export interface Issue {
	readonly __typename: 'Issue';
	readonly id: string;
	readonly databaseId: number;
	readonly repository: Repository;
	readonly number: number;
	title: string;
	state: 'OPEN' | 'CLOSED';
	readonly createdAt: string;
	updatedAt: string;
}

/** What made a check suite. https://docs.github.com/graphql/reference/objects#app */
export interface App {
	readonly __typename: 'App';
	readonly id: string;
	readonly databaseId: number;
	readonly slug: string;
	readonly name: string;
}

export interface Workflow {
	readonly __typename: 'Workflow';
	readonly id: string;
	readonly databaseId: number;
	readonly name: string;
}

export interface WorkflowRun {
	readonly __typename: 'WorkflowRun';
	readonly id: string;
	readonly databaseId: number;
	/** Such as `pull_request` and `push`. */
	readonly event: string;
	readonly workflow: Workflow;
}

/** The check runs that one app makes for one commit at one time; re-runs stay in it. */
export interface CheckSuite {
	readonly __typename: 'CheckSuite';
	readonly id: string;
	readonly databaseId: number;
	readonly repository: Repository;
	readonly app: App;
	/** Only GitHub Actions has one. */
	readonly workflowRun: WorkflowRun | null;
}

export interface CheckRun {
	readonly __typename: 'CheckRun';
	readonly id: string;
	readonly databaseId: number;
	readonly name: string;
	readonly suite: CheckSuite;
	status: CheckStatus;
	conclusion: CheckConclusion | null;
	startedAt: string | null;
	completedAt: string | null;
	readonly repository: Repository;
	/** On the integrator's site. */
	readonly detailsUrl: string | null;
	/** Not listed before this time, milliseconds since 1970: a re-run empties the list for some seconds. */
	shownFrom?: number;
}

export interface StatusContext {
	readonly __typename: 'StatusContext';
	readonly id: string;
	readonly databaseId: number;
	readonly context: string;
	readonly state: StatusState;
	readonly description: string | null;
	readonly targetUrl: string | null;
	readonly createdAt: string;
	readonly creator: Actor | null;
	readonly repository: Repository;
}

export type Check = CheckRun | StatusContext;

/** The longer lists of one pull request; a large made repository makes them when they are asked for. */
export interface PullRequestRows {
	readonly reviewRequests: ReviewRequest[];
	readonly reviews: Review[];
	/** Oldest first, as GitHub lists them. */
	commits: Commit[];
	files: ChangedFile[];
	/** Of this repository and of others. */
	readonly closingIssues: Issue[];
}

export interface MergeQueueEntry {
	readonly __typename: 'MergeQueueEntry';
	readonly id: string;
	/** 1 is merged next. */
	position: number;
	state: 'AWAITING_CHECKS' | 'LOCKED' | 'MERGEABLE' | 'QUEUED' | 'UNMERGEABLE';
	readonly enqueuedAt: string;
}

export interface AutoMergeRequest {
	readonly __typename: 'AutoMergeRequest';
	readonly enabledAt: string;
	readonly enabledBy: Actor;
	readonly mergeMethod: 'MERGE' | 'REBASE' | 'SQUASH';
}

/** A conversation on a line of the changes. */
export interface ReviewThread {
	readonly __typename: 'PullRequestReviewThread';
	readonly id: string;
	readonly databaseId: number;
	readonly path: string;
	isResolved: boolean;
	isOutdated: boolean;
}

/** What was done to a pull request, of the kinds that are kept here. */
export interface TimelineEvent {
	readonly __typename: 'ConvertToDraftEvent' | 'ReadyForReviewEvent' | 'ReviewRequestRemovedEvent' | 'ReviewRequestedEvent';
	readonly id: string;
	readonly databaseId: number;
	readonly createdAt: string;
	/** null: a deleted account. */
	actor: Actor | null;
	/** Who was asked, or no longer is; null: gone. */
	requestedReviewer: ReviewRequest['reviewer'];
	/** Its row is null, and no error says why (GitHawkApp/GitHawk#2350). */
	isHidden?: boolean;
}

export interface PullRequest {
	readonly __typename: 'PullRequest';
	readonly repository: Repository;
	readonly id: string;
	readonly databaseId: number;
	readonly number: number;
	title: string;
	body: string;
	state: PullRequestState;
	isDraft: boolean;
	readonly createdAt: string;
	updatedAt: string;
	closedAt: string | null;
	mergedAt: string | null;
	author: Actor | null;
	authorAssociation: string;
	mergedBy: Actor | null;
	readonly baseRefName: string;
	readonly headRefName: string;
	/** Whose repository the branch lies in; null: a fork that is deleted. Absent: this one. */
	headOwner?: string | null;
	headRefOid: string;
	additions: number;
	deletions: number;
	changedFiles: number;
	commentCount: number;
	/** `totalCommentsCount` is null: its type lets it be. */
	hidesCommentCount?: boolean;
	labels: Label[];
	milestone: Milestone | null;
	/** Bots too, though `assignees` of GraphQL shows users alone. */
	assignees: Actor[];
	/** GitHub compares nothing: see `shownChanges`. */
	isHuge?: boolean;
	/** How many of the commits are ever given. Absent: all. */
	givenCommits?: number;
	hasConflict?: boolean;
	/** Milliseconds since 1970. Absent: nobody has asked since the last push. */
	mergeJobStartedAt?: number;
	mergeQueueEntry?: MergeQueueEntry;
	autoMergeRequest?: AutoMergeRequest;
	reviewThreads?: ReviewThread[];
	/** Oldest first. */
	timeline?: TimelineEvent[];
	/** Absent until made or changed; read through {@link Repository.rowsOf}. */
	rows?: PullRequestRows;
}

export function isStatusContext(check: Check): check is StatusContext {
	return check.__typename === 'StatusContext';
}

/** The login of the owner of the repository that the branch lies in; null once that is deleted. */
export function headOwner({ headOwner: owner, repository }: PullRequest): string | null {
	return owner === undefined ? repository.owner : owner;
}

/** Whether the branch lies in a fork, also in one that is deleted. */
export function isCrossRepository(row: PullRequest): boolean {
	return headOwner(row) !== row.repository.owner;
}
