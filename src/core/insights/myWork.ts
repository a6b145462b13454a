import { sentence } from '../model/sentence';
import type { TurnFacts } from '../store/read/turnFacts';
import { hasNewCommitsFor, isStuck, turnOf, type Turn } from './turn';

/** The lanes of a person's own work, in the order in which they are shown. */
export const LANES = {
	reviewRequested: sentence('Review requested'),
	newCommits: sentence('New commits since my review'),
	toActOn: sentence('Mine to act on'),
	readyToMerge: sentence('Mine ready to merge'),
	waiting: sentence('Mine waiting'),
	assigned: sentence('Assigned to me'),
	stuck: sentence('Stuck'),
} as const;

export type Lane = keyof typeof LANES;

/** What waits for the person. */
export const LANES_TO_ACT_ON: readonly Lane[] = ['reviewRequested', 'newCommits', 'toActOn', 'readyToMerge'];

/** Who asks. Logins and teams in whatever case. */
export interface Me {
	login: string;
	/** As `organization/slug`; none where it is not known. */
	teams?: readonly string[];
	/** Days after which what waits for others is stuck. */
	stuckDays: number;
	/** Milliseconds since the Unix epoch. */
	now: number;
}

export interface MyPullRequest {
	lane: Lane;
	facts: TurnFacts;
	turn: Turn;
}

/** What is somebody's, each in one lane, lane by lane, in the order in which the facts come. */
export function myWork(all: readonly TurnFacts[], me: Me): MyPullRequest[] {
	const mine = all.flatMap((facts): MyPullRequest[] => {
		const turn = turnOf(facts);
		const lane = laneOf(facts, turn, me);
		return lane === undefined ? [] : [{ lane, facts, turn }];
	});
	return (Object.keys(LANES) as Lane[]).flatMap((lane) => mine.filter((one) => one.lane === lane));
}

/**
 * The lane that an open pull request is in, by what the person has to do first; `undefined` where it is none of theirs.
 * - A review that is asked of them or of their team is theirs, of a draft too, and whatever else it waits for.
 * - What they reviewed at an earlier head is theirs to look at again, whomever else it waits for; a draft is not.
 * - What they wrote or are assigned to is theirs; what of it waits for others for long is stuck.
 */
export function laneOf(facts: TurnFacts, turn: Turn, me: Me): Lane | undefined {
	const isMe = (login: string | null) => login?.toLowerCase() === me.login.toLowerCase();
	const isAuthor = isMe(facts.authorLogin);
	const asked = [me.login, ...(me.teams ?? [])].map((name) => name.toLowerCase());
	if (!isAuthor && facts.requests?.some(({ login }) => asked.includes(login.toLowerCase()))) {
		return 'reviewRequested';
	}
	if (!isAuthor && !facts.isDraft && hasNewCommitsFor(facts, me.login)) {
		return 'newCommits';
	}
	const isAwaited = turn.who.some((login) => isMe(login));
	if (!isAuthor && !facts.assignees.some(isMe)) {
		return undefined;
	}
	if (isAwaited) {
		return turn.waitsFor === 'mergers' ? 'readyToMerge' : 'toActOn';
	}
	return isStuck(turn, me.now, me.stuckDays) ? 'stuck' : isAuthor ? 'waiting' : 'assigned';
}
