import { isBigId, isBoolean, isCount, isInstant, isKeyword, isName, isNumber, isText, listOfEach, nullOr, oneOf, optional, shaped, type Shape } from './guards';
import {
	FIELD_NAMES,
	PART_NAMES,
	type Actor,
	type ActorKind,
	type ChangedFile,
	type Check,
	type Commit,
	type Label,
	type LinkedIssue,
	type FieldName,
	type PartName,
	type Milestone,
	type PullRequest,
	type PullRequestDetails,
	type PullRequestEvent,
	type PullRequestState,
	type Review,
	type ReviewThread,
	type Standing,
} from './pullRequest';

// What a pull request has to look like to be stored, wherever it comes from.

export const isState = oneOf<PullRequestState>('OPEN', 'CLOSED', 'MERGED');
export const isMilestoneState = oneOf<Milestone['state']>('OPEN', 'CLOSED');
export const isReviewState = oneOf<Review['state']>('PENDING', 'COMMENTED', 'APPROVED', 'CHANGES_REQUESTED', 'DISMISSED');
export const isCheckKind = oneOf<Check['kind']>('CHECK_RUN', 'STATUS_CONTEXT');
export const isFieldName = oneOf<FieldName>(...FIELD_NAMES);
export const isPartName = oneOf<PartName>(...PART_NAMES);

export const isActor = shaped<Actor>({
	login: isName,
	kind: oneOf<ActorKind>('USER', 'BOT', 'ORGANIZATION', 'MANNEQUIN', 'ENTERPRISE', 'TEAM'),
	id: (value): value is string => value === undefined || isName(value),
});

export const isLabel = shaped<Label>({ id: isName, name: isText, color: isText });

export const isMilestone = shaped<Milestone>({
	id: isName,
	number: isNumber,
	title: isText,
	state: isMilestoneState,
	dueOn: nullOr(isInstant),
});

export const isReview = shaped<Review>({
	id: isName,
	databaseId: nullOr(isBigId),
	state: isReviewState,
	submittedAt: nullOr(isInstant),
	author: nullOr(isActor),
	body: nullOr(isText),
	commitOid: nullOr(isName),
});

export const isCommit = shaped<Commit>({
	oid: isName,
	message: isText,
	authorLogin: nullOr(isText),
	authorName: nullOr(isText),
	authoredAt: isInstant,
	additions: nullOr(isCount),
	deletions: nullOr(isCount),
});

export const isChangedFile = shaped<ChangedFile>({ path: isName, additions: isCount, deletions: isCount, changeType: isKeyword });

export const isCheck = shaped<Check>({
	id: isName,
	databaseId: nullOr(isBigId),
	kind: isCheckKind,
	name: isText,
	status: isKeyword,
	conclusion: nullOr(isKeyword),
	startedAt: nullOr(isInstant),
	completedAt: nullOr(isInstant),
	url: nullOr(isText),
	app: nullOr(isText),
	workflow: nullOr(isText),
	event: nullOr(isText),
});

export const isReviewThread = shaped<ReviewThread>({ id: isName, isResolved: isBoolean });

export const isEvent = shaped<PullRequestEvent>({
	id: isName,
	kind: oneOf<PullRequestEvent['kind']>('READY_FOR_REVIEW', 'CONVERTED_TO_DRAFT', 'REVIEW_REQUESTED', 'REVIEW_REQUEST_REMOVED'),
	actor: nullOr(isActor),
	subject: nullOr(isActor),
	at: isInstant,
});

export const isLinkedIssue = shaped<LinkedIssue>({ repository: nullOr(isText), number: isNumber, title: isText });

/** Each field by itself, for what comes is taken as far as it is good. */
export const STANDING: Shape<Standing> = {
	reviewDecision: optional(nullOr(isKeyword)),
	mergeable: optional(isKeyword),
	mergeState: optional(isKeyword),
	autoMergeAt: optional(nullOr(isInstant)),
	inMergeQueue: optional(isBoolean),
	comments: optional(nullOr(isCount)),
	authorAssociation: optional(isKeyword),
	isCrossRepository: optional(isBoolean),
	headOwner: optional(nullOr(isName)),
};

export const isStanding = shaped<Standing>(STANDING);

export const isDetails = shaped<PullRequestDetails>({
	additions: nullOr(isCount),
	deletions: nullOr(isCount),
	changedFiles: nullOr(isCount),
	reviewRequests: listOfEach(isActor),
	reviews: listOfEach(isReview),
	commits: listOfEach(isCommit),
	files: listOfEach(isChangedFile),
	checks: listOfEach(isCheck),
	checksState: nullOr(isKeyword),
	linkedIssues: listOfEach(isLinkedIssue),
	standing: nullOr(isStanding),
	reviewThreads: nullOr(listOfEach(isReviewThread)),
	events: nullOr(listOfEach(isEvent)),
});

export const isPullRequest = shaped<PullRequest>({
	number: isNumber,
	id: isName,
	databaseId: nullOr(isBigId),
	title: isText,
	body: nullOr(isText),
	state: isState,
	isDraft: isBoolean,
	author: nullOr(isActor),
	createdAt: isInstant,
	updatedAt: isInstant,
	closedAt: nullOr(isInstant),
	mergedAt: nullOr(isInstant),
	mergedBy: nullOr(isActor),
	url: isText,
	baseRef: isText,
	headRef: isText,
	headOid: isText,
	labelIds: listOfEach(isName),
	milestoneId: nullOr(isName),
	assignees: listOfEach(isActor),
	details: nullOr(isDetails),
	partial: listOfEach(isPartName),
});
