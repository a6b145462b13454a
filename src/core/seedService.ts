import type { Credentials } from './github/credentials';
import type { RateBudget } from './github/rateBudget';
import type { Clock } from './model/clock';
import type { RepositoryRef } from './model/repository';
import type { FilePort } from './files/filePort';
import type { Store } from './store/store';
import type { SeedOptions } from './sync/seedOptions';
import type { RepositoryFailure, RepositoryReport, SeedProgress, SeedReport } from './sync/seedReport';

export interface SeedServiceOptions {
	/** The storage folder of shared contracts: `prs.sqlite` and `cache/` go inside. Absolute. */
	storage: string;
	files: FilePort;
	clock: Clock;
	store: Store;
	/** The platform's fetch; replaced in tests and counted by the client. */
	fetch: typeof globalThis.fetch;
	/** One line for the log channel or standard error. Never holds a token. */
	log: (line: string) => void;
}

/** One stored repository, for `status`. */
export interface CacheStatus {
	host: string;
	nameWithOwner: string;
	pullRequests: number;
	/** How many GitHub counts, where what is stored is a part of them; `null` where it is all, or not known. */
	totalCount: number | null;
	/** Bytes of its cache on disk. */
	bytes: number;
	/** ISO time of the last complete sync, server clock; `null` before the first one. */
	syncedAt: string | null;
	partial: number;
	/** A run stopped early; the next one goes on from there. */
	resumable: boolean;
}

/** What became of everything that was stored. */
export interface ClearReport {
	/** As in `owner/name`. */
	cleared: string[];
	failures: RepositoryFailure[];
}

/**
 * Brings repositories up to date: GitHub → cache → database. The one entry that the editor and
 * the command line share.
 */
export interface SeedService {
	/**
	 * Seeds the repositories in turn; one that fails does not stop the others.
	 * A cancelled run, and one whose account is refused, ends at once; the report says what was done.
	 * The database is on disk once it ends, or, where another run has just ended, once the store saves by itself.
	 */
	seed(
		refs: RepositoryRef[],
		options: SeedOptions,
		context: {
			credentials: (host: string) => Promise<Credentials>;
			onProgress?: (progress: SeedProgress) => void;
			/** Told of each repository as soon as it is over. */
			onEnd?: (end: RepositoryReport | RepositoryFailure) => void;
			signal?: AbortSignal;
			/**
			 * What else has to be there before anything is stored, such as the database, which may be opened while GitHub
			 * is asked already. When it fails, so does every repository.
			 */
			ready?: Promise<unknown>;
		},
	): Promise<SeedReport>;

	/** What is in the cache, by name; of one repository when given. */
	status(ref?: RepositoryRef): Promise<CacheStatus[]>;

	/** Forgets a repository: cache and rows. @throws LeaseHeldError while somebody seeds it */
	clear(ref: RepositoryRef): Promise<void>;

	/** Forgets everything that is stored, what was kept aside as damaged too. One that can't be forgotten keeps none of the others. */
	clearAll(): Promise<ClearReport>;

	/**
	 * Puts everything that the cache holds into the database: for a database that is new or was lost.
	 * Resolves with the number of repositories.
	 * @param except those that a seed is putting there anyway
	 */
	restore(except?: RepositoryRef[]): Promise<number>;

	/** The budget of an account on a host, shared by everything that talks to it. */
	budget(credentials: Pick<Credentials, 'host' | 'account'>): RateBudget;
}
