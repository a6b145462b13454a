import type { RateBudget } from '../github/rateBudget';
import type { Clock } from '../model/clock';
import type { RepositoryRef } from '../model/repository';
import type { SeedProgress } from '../sync/seedReport';
import type { Lead } from './lead';

/** What a person wants to be kept up to date, and how. */
export interface BackgroundPlan {
	/** Each once; none: it is off. */
	repositories: readonly RepositoryRef[];
	/** Between two syncs of a repository; 0: it is off. */
	intervalMs: number;
	/** GraphQL points that are left to the person: with fewer, nothing is begun. */
	reserve: number;
}

/** Whoever is signed in to a host already. */
export interface BackgroundAccount {
	budget: RateBudget;
	/**
	 * Brings a repository up to date, showing nothing. It has to stop at a rate limit instead of waiting.
	 * @throws CancelledError, LeaseHeldError, or whatever else stopped it
	 */
	seed(ref: RepositoryRef, run: { signal: AbortSignal; onProgress: (progress: SeedProgress) => void }): Promise<void>;
}

/** All that background sync knows of the world. */
export interface BackgroundPorts {
	clock: Clock;
	/** Asked anew each time; {@link BackgroundSync.reconsider} says that it is another. */
	plan: () => BackgroundPlan;
	/** Until when somebody counts as present, in local milliseconds; `Infinity` while the window has the focus. */
	attendedUntil: () => number;
	/** Runs `work` while no other window leads. @throws LeadHeldError when one does */
	lead: (work: (lead: Lead) => Promise<void>) => Promise<void>;
	/** Server time of a repository's last complete sync in milliseconds, by whichever process; cheap. */
	lastSyncedAt: (ref: RepositoryRef) => Promise<number | undefined>;
	/** Never asks to sign in; `undefined` while nobody is. */
	account: (ref: RepositoryRef) => Promise<BackgroundAccount | undefined>;
	/** Told what went wrong with something that says nothing itself. */
	onDidFail: (error: unknown) => void;
}

/** Why nothing is begun on a host for a while. */
export type PauseReason = 'reserve' | 'limit' | 'offline' | 'signIn';

export interface Pause {
	/** Local milliseconds. */
	until: number;
	reason: PauseReason;
}

/** How background sync stands, for the status bar. */
export interface BackgroundStatus {
	/** `off`: nothing to do, or nobody there; `following`: another window leads. */
	role: 'off' | 'leading' | 'following';
	/** What is being synced, and how far that is. */
	syncing: { ref: RepositoryRef; progress: SeedProgress | undefined } | undefined;
	/** The pause that ends last. */
	pause: Pause | undefined;
	/** When the next repository is looked at, in local milliseconds. */
	nextAt: number | undefined;
	/** What the last attempts failed with. */
	failures: readonly BackgroundFailure[];
}

export interface BackgroundFailure {
	ref: RepositoryRef;
	error: Error;
}
