import type { PullRequest } from './model';

/** Of `files`: its total goes no further either, while `changedFiles` says more. */
export const MAXIMUM_FILES = 3_000;

/** No total of `commits` goes further. */
export const MAXIMUM_COMMITS = 10_000;

/** What `totalCommentsCount` says. */
export function shownComments({ commentCount, hidesCommentCount }: PullRequest): number | null {
	return hidesCommentCount ? null : commentCount;
}

/** How much of a pull request's changes is served, and what a client can tell of the rest. */
export function shownChanges(row: PullRequest): { files: number | null; additions: number; deletions: number; changedFiles: number; commitTotal: number; commits: number } {
	const { commits } = row.repository.rowsOf(row);
	return {
		commitTotal: Math.min(commits.length, MAXIMUM_COMMITS),
		commits: Math.min(commits.length, MAXIMUM_COMMITS, row.givenCommits ?? Infinity),
		...(row.isHuge
			// The comparison is never made: no list, and noughts that mean nothing (anthropics/claude-code-action#1587, DefinitelyTyped/dt-mergebot#420).
			? { files: null, additions: 0, deletions: 0, changedFiles: 0 }
			: { files: MAXIMUM_FILES, additions: row.additions, deletions: row.deletions, changedFiles: row.changedFiles }),
	};
}
