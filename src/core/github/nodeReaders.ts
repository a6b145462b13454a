import {
	HIDDEN_TEAM,
	type Actor,
	type ActorKind,
	type ChangedFile,
	type Check,
	type Commit,
	type Label,
	type LinkedIssue,
	type Milestone,
	type PullRequestEvent,
	type Review,
	type ReviewThread,
} from '../model/pullRequest';
import { isInstant, isName } from '../model/guards';
import { isActor, isChangedFile, isCheck, isCommit, isEvent, isLabel, isLinkedIssue, isMilestone, isReview, isReviewThread } from '../model/shape';
import type { NodeReader } from './lists';
import type { WireActor, WireCommit, WireContext, WireEvent, WireFile, WireLabel, WireLinkedIssue, WireMilestone, WireReview, WireReviewRequest, WireReviewThread } from './wire';

// What a node of each list means.

/** @throws Error when it is not known who it is, which is not the same as nobody */
export function toActor(wire: WireActor | null | undefined): Actor | null {
	if (wire === undefined) {
		throw new Error('an account could not be read');
	}
	return wire && account(wire);
}

function account({ __typename, login, id }: WireActor): Actor {
	return { login, kind: ACTOR_KINDS[__typename] ?? 'USER', ...(isName(id) ? { id } : {}) };
}

const ACTOR_KINDS: Record<string, ActorKind> = {
	Bot: 'BOT',
	Organization: 'ORGANIZATION',
	Mannequin: 'MANNEQUIN',
	EnterpriseUserAccount: 'ENTERPRISE',
};

/** Whom nobody may see, and who is not a person or a bot, is a team: it still has to review. */
function toReviewer({ requestedReviewer: reviewer }: WireReviewRequest): Actor {
	if (reviewer === undefined) {
		throw new Error('a reviewer could not be read');
	}
	if (reviewer?.login !== undefined) {
		return account({ ...reviewer, login: reviewer.login });
	}
	const name = reviewer?.slug !== undefined && reviewer.organization ? `${reviewer.organization.login}/${reviewer.slug}` : HIDDEN_TEAM;
	return { login: name, kind: 'TEAM' };
}

function toLabel({ id, name, color }: WireLabel): Label {
	return { id, name, color };
}

/** @param known those that are stored: one whose due date did not come has the one that is known, and is not known without. */
function toMilestone({ id, number, title, state, dueOn }: WireMilestone, known: readonly Milestone[]): Milestone | null {
	const due = dueOn === undefined ? known.find((one) => one.id === id)?.dueOn : dueOn;
	return due === undefined ? null : { id, number, title, state, dueOn: due };
}

function toReview(wire: WireReview): Review {
	return {
		id: wire.id,
		databaseId: bigId(wire),
		state: wire.state,
		submittedAt: wire.submittedAt,
		author: toActor(wire.author),
		body: wire.body,
		commitOid: asked(wire, 'reviewedCommit')?.oid ?? null,
	};
}

function toCommit({ commit }: WireCommit): Commit | null {
	return (
		commit && {
			oid: commit.oid,
			message: commit.message,
			authorLogin: known(known(commit.author)?.user)?.login ?? null,
			authorName: commit.author ? known(commit.author.name) : null,
			authoredAt: commit.authoredDate ?? inUtc(commit.author?.date) ?? commit.committedDate ?? '',
			additions: commit.additions ?? null,
			deletions: commit.deletions ?? null,
		}
	);
}

function inUtc(date: string | null | undefined): string | undefined {
	return isInstant(date) ? `${new Date(date).toISOString().slice(0, 19)}Z` : undefined;
}

/** @throws Error for what could not be read */
function known<T>(value: T | null | undefined): T | null {
	if (value === undefined) {
		throw new Error('a part could not be read');
	}
	return value;
}

/**
 * A part that not every host and token is asked for.
 * @throws Error for one that was and could not be read
 */
function asked<T extends object, K extends keyof T>(holder: T, name: K): T[K] {
	if (Object.hasOwn(holder, name) && holder[name] === undefined) {
		throw new Error('a part could not be read');
	}
	return holder[name];
}

function toFile({ path, additions, deletions, changeType }: WireFile): ChangedFile {
	return { path, additions, deletions, changeType };
}

function toReviewThread({ id, isResolved }: WireReviewThread): ReviewThread {
	return { id, isResolved };
}

const EVENT_KINDS: Readonly<Record<string, PullRequestEvent['kind']>> = {
	ReadyForReviewEvent: 'READY_FOR_REVIEW',
	ConvertToDraftEvent: 'CONVERTED_TO_DRAFT',
	ReviewRequestedEvent: 'REVIEW_REQUESTED',
	ReviewRequestRemovedEvent: 'REVIEW_REQUEST_REMOVED',
};

/** `null` for what nobody asked for. */
function toEvent({ __typename, id, createdAt, actor, requestedReviewer }: WireEvent): PullRequestEvent | null {
	const kind = EVENT_KINDS[__typename];
	const subject = requestedReviewer === null || requestedReviewer === undefined ? null : toReviewer({ requestedReviewer });
	return kind === undefined ? null : { id, kind, actor: toActor(actor), subject, at: createdAt };
}

function toLinkedIssue({ number, title, repository }: WireLinkedIssue): LinkedIssue {
	return { repository: repository.nameWithOwner, number, title };
}

function toCheck(wire: WireContext): Check {
	if (wire.__typename === 'StatusContext') {
		const pending = wire.state === 'PENDING' || wire.state === 'EXPECTED';
		return {
			id: wire.id,
			databaseId: null,
			kind: 'STATUS_CONTEXT',
			name: wire.context,
			status: pending ? wire.state : 'COMPLETED',
			conclusion: pending ? null : wire.state,
			startedAt: wire.createdAt,
			completedAt: null,
			url: wire.targetUrl,
			app: null,
			workflow: null,
			event: null,
		};
	}
	const suite = asked(wire, 'checkSuite');
	const app = suite?.app;
	const workflowRun = suite && asked(suite, 'workflowRun');
	return {
		id: wire.id,
		databaseId: wire.databaseId === null ? idInUrl(wire.url) : String(wire.databaseId),
		kind: 'CHECK_RUN',
		name: wire.name,
		status: wire.status,
		conclusion: wire.conclusion,
		startedAt: wire.startedAt,
		completedAt: wire.completedAt,
		url: wire.url,
		app: app?.slug ?? null,
		workflow: workflowRun?.workflow.name ?? null,
		event: workflowRun?.event ?? null,
	};
}

// A check run's `databaseId` is a 32-bit Int and mostly null above it; no wider field exists. The address of the run ends in the id.
function idInUrl(url: string | null): string | null {
	return /\/(?:runs|job)\/(\d{1,19})(?:[?#]|$)/.exec(url ?? '')?.[1] ?? null;
}

/** The full id, of 64 bits, as far as the host tells it. */
export function bigId(wire: { databaseId?: number | null; fullDatabaseId?: string | number | null }): string | null {
	const id = wire.fullDatabaseId ?? wire.databaseId ?? null;
	return id === null ? null : String(id);
}

export const LABELS: NodeReader<WireLabel, Label> = { map: toLabel, isGood: isLabel };
export const ASSIGNEES: NodeReader<WireActor, Actor> = { map: toActor, isGood: isActor };
export const REVIEWERS: NodeReader<WireReviewRequest, Actor> = { map: toReviewer, isGood: isActor };
export const REVIEWS: NodeReader<WireReview, Review> = { map: toReview, isGood: isReview };
export const COMMITS: NodeReader<WireCommit, Commit> = { map: toCommit, isGood: isCommit };
export const FILES: NodeReader<WireFile, ChangedFile> = { map: toFile, isGood: isChangedFile };
export const CHECKS: NodeReader<WireContext, Check> = { map: toCheck, isGood: isCheck };
export const LINKED_ISSUES: NodeReader<WireLinkedIssue, LinkedIssue> = { map: toLinkedIssue, isGood: isLinkedIssue };
export const THREADS: NodeReader<WireReviewThread, ReviewThread> = { map: toReviewThread, isGood: isReviewThread };
export const EVENTS: NodeReader<WireEvent, PullRequestEvent> = { map: toEvent, isGood: isEvent, isTimeline: true };

/** @param known those that are stored, for what does not come of them */
export function milestonesBeside(known: readonly Milestone[]): NodeReader<WireMilestone, Milestone> {
	return { map: (wire) => toMilestone(wire, known), isGood: isMilestone, lacks: ({ dueOn }) => dueOn === undefined };
}
