import { instant } from '../model/clock';
import { latestReviews } from '../model/latestReviews';
import type { Review } from '../model/pullRequest';
import { sentence, type Sentence } from '../model/sentence';

/** What has to be known of an open pull request to say whose turn it is. Each `null` is "not known", unless it says otherwise. */
export interface TurnBasis {
	isDraft: boolean;
	/** `null` once the account is deleted. */
	authorLogin: string | null;
	assignees: string[];
	createdAt: string;
	/** What all checks of the head commit come to: `failure`, `pending`, `success`, `none` or `unknown`. */
	checksState: string;
	/** Names of what is not whole. */
	partial: readonly string[];
	/** More than the listing is known; until then there are no reviews and nobody is asked, as far as is known. */
	detailed: boolean;
	headOid: string;
	/** GitHub's words: `OWNER`, `MEMBER`, `COLLABORATOR`, … */
	authorAssociation: string | null;
	mergeable: string | null;
	mergeState: string | null;
	/** `null` also where no rule asks for reviews. */
	reviewDecision: string | null;
	/** `null` also where nobody has asked for it. */
	autoMergeAt: string | null;
	inMergeQueue: boolean;
	/** When the newest commit was authored. */
	headAt: string | null;
	/** When a check of the head commit last began or ended. */
	checksAt: string | null;
	/** Who is asked for a review; bots are not among them. */
	requests: { login: string; isTeam: boolean }[] | null;
	/** Of people other than the author, in GitHub's order. */
	reviews: TurnReview[];
	events: { kind: string; subjectLogin: string | null; at: string }[];
}

export interface TurnReview extends Pick<Review, 'state' | 'submittedAt'> {
	authorLogin: string | null;
	/** The head commit that it was about. */
	commitOid: string | null;
}

/** Whom an open pull request can wait for, in the order in which they are listed; `unknown` where too little of it is known to say. */
export const WAITING = ['author', 'reviewers', 'mergers', 'maintainers', 'ci', 'github', 'unknown'] as const;
export type Waiting = (typeof WAITING)[number];

/** Why it waits, in short words that also stand for it in reports. */
export const TURN_REASONS = {
	notFetched: sentence('details not fetched yet'),
	draft: sentence('draft'),
	conflicts: sentence('conflicts'),
	conflictsUnknown: sentence('waiting for GitHub to say whether it conflicts'),
	failingChecks: sentence('failing checks'),
	changesRequested: sentence('changes requested'),
	autoMerge: sentence('auto-merge is on'),
	mergeQueue: sentence('in the merge queue'),
	checksRunning: sentence('checks are running'),
	reviewRequested: sentence('review requested'),
	approved: sentence('approved'),
	moreApprovals: sentence('more approvals are required'),
	newCommits: sentence('new commits since the review'),
	commented: sentence('commented on'),
	requestsUnknown: sentence('who is asked for a review is not known'),
	reviewsUnknown: sentence('not all reviews are known'),
	commitsUnknown: sentence('whether there are commits since the review is not known'),
	noReviewRequired: sentence('no review required'),
	nobodyAsked: sentence('nobody is asked for a review'),
} as const satisfies Record<string, Sentence>;

export type TurnReason = keyof typeof TURN_REASONS;

/** Whose turn an open pull request is. */
export interface Turn {
	waitsFor: Waiting;
	/** Their logins, and teams, where it is known who they are. */
	who: string[];
	reason: TurnReason;
	/** ISO 8601 UTC; `null` where it is not known. */
	since: string | null;
}

/**
 * Whose turn an open pull request is; the first that holds:
 * - a draft, conflicts, failing checks, changes that were requested by somebody who is not asked again: the author;
 * - auto-merge or the merge queue: GitHub;
 * - running checks: CI;
 * - a review is asked for: those asked who have not reviewed the present head, or all of them where each has;
 * - approved: who can merge, that is the assignees, else the author if a member, else the maintainers; but the maintainers
 *   where a rule wants more approvals;
 * - commented on: the reviewers if there are commits since, else the author;
 * - nobody asked and nobody reviewed: the maintainers, but who can merge where GitHub says that it can be merged as it is.
 *
 * Nothing is guessed: what could be overruled by a review or a commit that was not read is not known. Where GitHub is still computing whether it conflicts, that is waited for, unless it is the author's turn
 * anyway; what a host or a token does not tell (`null`) is passed over, for it may never be told. Reviews by bots are not among the facts.
 */
export function turnOf(facts: TurnBasis): Turn {
	const turn = firstThatHolds(facts);
	// No turn begins while it is a draft.
	const ready = turn.reason === 'draft' ? undefined : lastEvent(facts, 'READY_FOR_REVIEW');
	return ready !== undefined && turn.since !== null && turn.since < ready ? { ...turn, since: ready } : turn;
}

/** Whether it has been the same turn for more than so many days. @param now milliseconds since the Unix epoch */
export function isStuck({ since }: Turn, now: number, days: number): boolean {
	return since !== null && since < stuckBefore(now, days);
}

/** What began before that instant is stuck, in ISO 8601 UTC. @param now milliseconds since the Unix epoch */
export function stuckBefore(now: number, days: number): string {
	// Times on GitHub are whole seconds.
	return instant(Math.ceil((now - days * 86_400_000) / 1000) * 1000);
}

/** After how many days a turn counts as stuck, unless a person says otherwise. */
export const DEFAULT_STUCK_DAYS = 7;

function firstThatHolds(facts: TurnBasis): Turn {
	const { checksState, checksAt, createdAt } = facts;
	const author = (reason: TurnReason, since: string | null): Turn => ({ waitsFor: 'author', who: facts.authorLogin === null ? [] : [facts.authorLogin], reason, since });
	if (facts.isDraft) {
		return author('draft', lastEvent(facts, 'CONVERTED_TO_DRAFT') ?? createdAt);
	}
	if (!facts.detailed) {
		return { waitsFor: 'unknown', who: [], reason: 'notFetched', since: null };
	}
	if (facts.mergeable === 'CONFLICTING') {
		return author('conflicts', null);
	}
	if (checksState === 'failure') {
		return author('failingChecks', checksAt);
	}
	const latest = latestReviews(facts.reviews);
	const objections = latest.filter((review) => review.state === 'CHANGES_REQUESTED' && !isAsked(facts, review.authorLogin));
	if (objections.length > 0) {
		return author('changesRequested', earliest(objections));
	}
	if (facts.mergeable === 'UNKNOWN') {
		return { waitsFor: 'github', who: [], reason: 'conflictsUnknown', since: null };
	}
	if (facts.inMergeQueue || facts.autoMergeAt !== null) {
		return { waitsFor: 'github', who: [], reason: facts.inMergeQueue ? 'mergeQueue' : 'autoMerge', since: facts.inMergeQueue ? null : facts.autoMergeAt };
	}
	if (checksState === 'pending') {
		return { waitsFor: 'ci', who: [], reason: 'checksRunning', since: checksAt };
	}
	if (facts.requests !== null && facts.requests.length > 0) {
		return reviewRequested(facts, facts.requests);
	}
	const unknown = (reason: TurnReason): Turn => ({ waitsFor: 'unknown', who: [], reason, since: null });
	if (facts.partial.includes('reviews')) {
		return unknown('reviewsUnknown');
	}
	const approvals = latest.filter(({ state }) => state === 'APPROVED');
	if (approvals.length > 0) {
		const since = later(newest(approvals), checksAt);
		return facts.reviewDecision === 'REVIEW_REQUIRED' ? { waitsFor: 'maintainers', who: [], reason: 'moreApprovals', since } : mergeable(facts, 'approved', since);
	}
	const said = facts.reviews.filter(({ state }) => state !== 'PENDING');
	if (said.length > 0) {
		const since = newest(said);
		if (!isHeadKnown(facts, said)) {
			return unknown('commitsUnknown');
		}
		return hasReviewedHead(facts, said) ? author('commented', since) : { waitsFor: 'reviewers', who: loginsOf(said), reason: 'newCommits', since: later(facts.headAt, since) };
	}
	if (facts.requests === null) {
		return unknown('requestsUnknown');
	}
	return facts.mergeState === 'CLEAN' && facts.reviewDecision === null
		? mergeable(facts, 'noReviewRequired', later(createdAt, checksAt))
		: { waitsFor: 'maintainers', who: [], reason: 'nobodyAsked', since: createdAt };
}

function reviewRequested(facts: TurnBasis, requests: NonNullable<TurnBasis['requests']>): Turn {
	const asked = requests.map(({ login }) => login);
	const waiting = asked.filter((login) => !hasReviewedHead(facts, facts.reviews.filter((review) => isSame(review.authorLogin, login))));
	const who = waiting.length > 0 ? waiting : asked;
	const times = facts.events.filter(({ kind, subjectLogin }) => kind === 'REVIEW_REQUESTED' && who.some((login) => isSame(subjectLogin, login))).map(({ at }) => at);
	return { waitsFor: 'reviewers', who, reason: 'reviewRequested', since: times.sort()[0] ?? null };
}

/** GitHub's words for who may merge because of what they are. https://docs.github.com/graphql/reference/enums#commentauthorassociation */
const MEMBERS = ['OWNER', 'MEMBER', 'COLLABORATOR'];

function mergeable({ assignees, authorLogin, authorAssociation }: TurnBasis, reason: TurnReason, since: string | null): Turn {
	const isMember = authorLogin !== null && MEMBERS.includes(authorAssociation ?? '');
	const who = assignees.length > 0 ? assignees : isMember ? [authorLogin] : [];
	return { waitsFor: who.length > 0 ? 'mergers' : 'maintainers', who, reason, since };
}

/** Whether one of some reviews was of the present head; where it is not known of which, whether it came after the newest commit. */
function hasReviewedHead({ headOid, headAt }: TurnBasis, reviews: readonly TurnReview[]): boolean {
	return reviews.some(({ commitOid, submittedAt }) => (commitOid === null ? submittedAt !== null && headAt !== null && submittedAt >= headAt : commitOid === headOid));
}

/** Whether somebody has reviewed it, and there are commits since their last review; not where that is not known. */
export function hasNewCommitsFor(facts: TurnBasis, login: string): boolean {
	const own = facts.reviews.filter(({ state, authorLogin }) => state !== 'PENDING' && isSame(authorLogin, login));
	return own.length > 0 && isHeadKnown(facts, own) && !hasReviewedHead(facts, own);
}

/** Whether it can be said of some reviews that they were, or were not, of the present head. */
function isHeadKnown({ headAt, partial }: TurnBasis, reviews: readonly TurnReview[]): boolean {
	return (headAt !== null && !partial.includes('commits')) || reviews.every(({ commitOid }) => commitOid !== null);
}

function isAsked({ requests }: TurnBasis, login: string | null): boolean {
	return requests?.some((one) => isSame(login, one.login)) === true;
}

function isSame(one: string | null, other: string): boolean {
	return one?.toLowerCase() === other.toLowerCase();
}

function loginsOf(reviews: readonly TurnReview[]): string[] {
	const logins = new Map(reviews.flatMap(({ authorLogin }) => (authorLogin === null ? [] : [[authorLogin.toLowerCase(), authorLogin] as const])));
	return [...logins.values()];
}

function lastEvent({ events }: TurnBasis, wanted: string): string | undefined {
	return events.filter(({ kind }) => kind === wanted).map(({ at }) => at).sort().at(-1);
}

function times(reviews: readonly TurnReview[]): string[] {
	return reviews.flatMap(({ submittedAt }) => submittedAt ?? []).sort();
}

function earliest(reviews: readonly TurnReview[]): string | null {
	return times(reviews)[0] ?? null;
}

function newest(reviews: readonly TurnReview[]): string | null {
	return times(reviews).at(-1) ?? null;
}

function later(one: string | null, other: string | null): string | null {
	return one === null || (other !== null && other > one) ? other : one;
}
