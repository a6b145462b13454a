import { UNKNOWN, type PullRequestState, type Standing } from '../model/pullRequest';

/**
 * Where a pull request stands by what came and what is known of the rest. That GitHub is still computing something is no reason
 * to forget what it was.
 * @param read `null`: not asked for
 */
export function standingNow(read: Standing | null, known: Standing | null, state: PullRequestState): Standing | null {
	const told = Object.entries(read ?? {}).filter(([, value]) => value !== UNKNOWN);
	const now: Standing = { ...known, ...Object.fromEntries(told) };
	if (state !== 'OPEN') {
		// GitHub says nothing of them any more.
		delete now.mergeable;
		delete now.mergeState;
	}
	return Object.keys(now).length === 0 ? null : now;
}
