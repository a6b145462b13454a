import type { RateLimits } from '../model/rateLimit';
import type { Sentence } from '../model/sentence';

/**
 * How a repository was brought up to date: `full` read all of it, `incremental` what changed,
 * `unchanged` found nothing new, `cache` answered from the cache alone.
 */
export type SeedMode = 'full' | 'incremental' | 'unchanged' | 'cache';

/** What a run cost. */
export interface SyncCost {
	requests: { graphql: number; rest: number; notModified: number };
	/** GraphQL points, as the server counted them (or its formula, where it tells no rate limit). */
	points: number;
	/** Milliseconds spent waiting for limits to pass. */
	waitedMs: number;
}

/** Something that was left out or happened besides, for a person. */
export interface SeedNote {
	said: Sentence;
	/** What a person can do about it: let the sign-in read the names of teams. */
	action?: 'grantTeamAccess';
}

export interface RepositoryReport extends SyncCost {
	nameWithOwner: string;
	mode: SeedMode;
	/** Inside the asked window, after the run. */
	pullRequests: number;
	/** How many GitHub counts, where what is stored is a part of them; `null` where it is all. */
	totalCount: number | null;
	/** Of these, how many are new. */
	added: number;
	/** Of these, how many were read again. */
	updated: number;
	/** Gone from GitHub, wherever they were. */
	removed: number;
	/** Numbers of the pull requests with an incomplete list. */
	partial: number[];
	/** Of these, those that the next run tries to complete; the others lack what may not be read, or does not come. */
	pending: number[];
	/** Numbers that GitHub lists but would not show this time; the next run asks again. */
	unreadable: number[];
	/** How many more GitHub counts but did not show at all, so that not even their numbers are known. */
	withheld: number;
	/** How many of GitHub's were compared with what is stored; `null` where that was not asked for, or not come to. */
	compared: number | null;
	/** Numbers of the pull requests whose rows in the database were not as they had been stored, and are again; only a run that verifies looks. */
	mended: number[];
	durationMs: number;
	/** Empty when there is nothing to say. */
	notes: SeedNote[];
}

/** A repository that could not be brought up to date. */
export interface RepositoryFailure {
	nameWithOwner: string;
	error: Error;
	/** What was fetched is stored and the next run goes on from there. */
	resumable: boolean;
}

export interface SeedReport {
	repositories: RepositoryReport[];
	failures: RepositoryFailure[];
	rateLimit: RateLimits;
}

/** Where a run stands; told after every request. */
export interface SeedProgress {
	nameWithOwner: string;
	phase: 'probing' | 'listing' | 'details' | 'checks' | 'verifying' | 'waiting';
	/** Pull requests finished in this phase. */
	done: number;
	/** Of how many; 0 while unknown. */
	total: number;
	/** While waiting: until when, in milliseconds since the epoch by the local clock, and why. */
	pausedUntil?: number;
	pauseReason?: string;
}
