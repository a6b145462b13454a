/**
 * A pull request as the cache, the database and the views know it.
 * Times are ISO 8601 UTC text exactly as GitHub sends them (second precision, `Z`);
 * `databaseId` is the full 64-bit id as decimal text, because a JavaScript number can't hold every one.
 */
export interface PullRequest {
	number: number;
	/** GraphQL node id; the only identity that survives a transfer. */
	id: string;
	databaseId: string | null;
	title: string;
	body: string | null;
	state: PullRequestState;
	isDraft: boolean;
	/** `null` once the account is deleted. */
	author: Actor | null;
	createdAt: string;
	updatedAt: string;
	closedAt: string | null;
	mergedAt: string | null;
	/** `null` where nobody merged it, or it is not known who. */
	mergedBy: Actor | null;
	url: string;
	baseRef: string;
	headRef: string;
	headOid: string;
	/** Labels and the milestone are referred to by id, so that renaming one costs no refetch. */
	labelIds: string[];
	milestoneId: string | null;
	assignees: Actor[];
	/** `null` while only the listing is known. */
	details: PullRequestDetails | null;
	/** The lists known to be incomplete; they are shown as such and fetched again. */
	partial: PartName[];
}

export type PullRequestState = 'OPEN' | 'CLOSED' | 'MERGED';

/** What a listing does not carry because GitHub has to compute it pull request by pull request. */
export interface PullRequestDetails {
	/** `null` where GitHub does not count them: it gives up on a very large change. */
	additions: number | null;
	deletions: number | null;
	changedFiles: number | null;
	reviewRequests: Actor[];
	reviews: Review[];
	commits: Commit[];
	files: ChangedFile[];
	/** Runs and contexts of {@link PullRequest.headOid}. */
	checks: Check[];
	/** What GitHub says that all checks come to (`SUCCESS`, `FAILURE`, `ERROR`, `PENDING`, `EXPECTED`), or {@link NO_CHECKS}; `null`: not known. */
	checksState: string | null;
	linkedIssues: LinkedIssue[];
	/** `null` while nothing of it has been read. */
	standing: Standing | null;
	/** Read while it is open, and kept as it was then; `null`: not known. */
	reviewThreads: ReviewThread[] | null;
	/** The same of these. */
	events: PullRequestEvent[] | null;
}

/**
 * Where a pull request stands on its way to being merged, and whose it is. What is not there is not known: the host lacks it,
 * the token may not read it, or it was not computed. `null` is GitHub's own.
 */
export interface Standing {
	/** `APPROVED`, `CHANGES_REQUESTED`, `REVIEW_REQUIRED`; `null` where no rule asks for reviews. */
	reviewDecision?: string | null;
	/** Of an open one: `MERGEABLE`, `CONFLICTING`, or {@link UNKNOWN} where GitHub has not said either for long. */
	mergeable?: string;
	/** Of an open one: `CLEAN`, `DIRTY`, `BLOCKED`, … */
	mergeState?: string;
	/** When it was said to be merged as soon as it can be; `null` where nobody did. */
	autoMergeAt?: string | null;
	inMergeQueue?: boolean;
	/** How many there are; `null` where GitHub does not count them. */
	comments?: number | null;
	/** The author's: `OWNER`, `MEMBER`, `CONTRIBUTOR`, … */
	authorAssociation?: string;
	isCrossRepository?: boolean;
	/** Login of the owner of the repository that the branch is in; `null` once that is deleted. */
	headOwner?: string | null;
}

/** What GitHub says of mergeability while it computes it. */
export const UNKNOWN = 'UNKNOWN';

/** In the place of what all checks come to, where there are none. */
export const NO_CHECKS = 'NONE';

/** The nested lists that can be longer than one page. */
export const LIST_NAMES = [
	'labels',
	'assignees',
	'reviewRequests',
	'reviews',
	'commits',
	'files',
	'checks',
	'linkedIssues',
	'reviewThreads',
	'events',
] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** The fields that can be null, and that a server may fail to tell beside the rest. */
export const FIELD_NAMES = ['author', 'milestone', 'closedAt', 'mergedAt', 'mergedBy'] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** What can be missing of a pull request. */
export type PartName = ListName | FieldName | 'standing';
export const PART_NAMES: readonly PartName[] = [...FIELD_NAMES, ...LIST_NAMES, 'standing'];

/** Stands among the names of incomplete lists, in the database, where nothing but the listing has been read. */
export const LACKS_DETAILS = 'details';

export type ActorKind = 'USER' | 'BOT' | 'ORGANIZATION' | 'MANNEQUIN' | 'ENTERPRISE' | 'TEAM';

/** Stands for a team that asked for a review and whose name the token may not read. No login has a space. */
export const HIDDEN_TEAM = 'a team';

/** Whether a reviewer is a team whose name is not known. */
export function isHiddenTeam({ login }: { login: string }): boolean {
	return login === HIDDEN_TEAM;
}

/** Whoever can act on a pull request. A team's login is `organization/slug`, or {@link HIDDEN_TEAM}. */
export interface Actor {
	login: string;
	kind: ActorKind;
	/** GraphQL node id of the account, which stays when its login changes; absent for a team, and where it was not read. */
	id?: string;
}

export interface Review {
	id: string;
	databaseId: string | null;
	state: 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
	/** `null` while the review is pending. */
	submittedAt: string | null;
	author: Actor | null;
	body: string | null;
	/** The head that it was about; `null` where that is not known. */
	commitOid: string | null;
}

export interface Commit {
	oid: string;
	message: string;
	/** `null` when the e-mail address belongs to no account. */
	authorLogin: string | null;
	authorName: string | null;
	authoredAt: string;
	/** `null` where GitHub says that it can't count them. */
	additions: number | null;
	deletions: number | null;
}

export interface ChangedFile {
	path: string;
	additions: number;
	deletions: number;
	changeType: string;
}

/** A check run or a status context of the head commit; superseded runs are kept too. */
export interface Check {
	id: string;
	databaseId: string | null;
	kind: 'CHECK_RUN' | 'STATUS_CONTEXT';
	name: string;
	/** For a status context: PENDING or EXPECTED while it is that, otherwise COMPLETED. */
	status: string;
	conclusion: string | null;
	startedAt: string | null;
	completedAt: string | null;
	url: string | null;
	/** The app that made a run, the workflow it belongs to and what started that; `null` where there is none or it may not be read. */
	app: string | null;
	workflow: string | null;
	event: string | null;
}

/** A thread of a review, on the changes. */
export interface ReviewThread {
	id: string;
	isResolved: boolean;
}

/** So many threads tell a fingerprint; GitHub shows as many at once. */
const THREADS_TOLD = 100;

/**
 * Tells whether review threads are still as they were: how many there are, and which of the first ones are resolved.
 * @param total where these are not all
 */
export function threadsFingerprint(threads: readonly ReviewThread[], total = threads.length): string {
	return `${total} ${threads.slice(0, THREADS_TOLD).map(({ isResolved }) => Number(isResolved)).join('')}`;
}

/** What was done about reviews, oldest first. */
export interface PullRequestEvent {
	id: string;
	kind: 'READY_FOR_REVIEW' | 'CONVERTED_TO_DRAFT' | 'REVIEW_REQUESTED' | 'REVIEW_REQUEST_REMOVED';
	/** Who did it; `null` once the account is deleted. */
	actor: Actor | null;
	/** Who was asked, or is no longer; `null` for other kinds, and where GitHub does not say. */
	subject: Actor | null;
	at: string;
}

export interface LinkedIssue {
	/** `owner/name` where the issue is of another repository than the pull request; `null` where it is not. */
	repository: string | null;
	number: number;
	title: string;
}

export interface Label {
	id: string;
	name: string;
	/** Six hexadecimal digits without `#`. */
	color: string;
}

export interface Milestone {
	id: string;
	number: number;
	title: string;
	state: 'OPEN' | 'CLOSED';
	dueOn: string | null;
}
