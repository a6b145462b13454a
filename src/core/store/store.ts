import type { Disposable } from '../model/event';
import type { RepositoryRef } from '../model/repository';
import type { QueryLimits, QueryResult } from './read/readOnlyQuery';
import type { StoreReads } from './read/reads';
import type { Mended } from './write/mendRows';
import type { RepositoryChange } from './write/repositoryChange';

/**
 * The database as the shells see it. Every call is asynchronous, whether or not the
 * implementation needs it to be, so that it can move to another thread unnoticed.
 */
export interface Store {
	/** Every query that the views ask; see `read/reads.ts`. */
	readonly read: StoreReads;
	/** Fires after rows changed: here, or in another process whose file this one has taken up. */
	readonly onDidChange: (listener: (change: StoreChange) => void) => Disposable;

	/**
	 * Writes into the open database, in one transaction. Visible to every read at once; on disk after {@link save}.
	 * @returns the repository's new revision
	 * @throws OutOfStepError when the rows are not those that the change builds on; nothing is written then
	 * @throws BrokenRowsError when the rows that are there forbid it; nothing is written then
	 */
	apply(change: RepositoryChange): Promise<string>;
	/**
	 * Makes rows that something else has changed what they should be. Nothing is written where nothing has.
	 * @param change its pull requests and lists as a whole; with `removed`, what belongs to no pull request goes too
	 * @throws OutOfStepError also when the repository is not stored; nothing is written then
	 */
	mend(change: RepositoryChange): Promise<Mended>;
	/** Drops every row of a repository. */
	removeRepository(ref: RepositoryRef): Promise<void>;
	/** Puts the whole database on disk. Rows that other processes saved meanwhile are kept. */
	save(): Promise<void>;
	/** Takes up what another process has saved since; `true` when there was something. */
	refresh(): Promise<boolean>;
	/** Runs one statement that only reads. @throws QueryRefusedError when it is not that or not SQL, HumanError when it takes too much */
	query(sql: string, limits: QueryLimits): Promise<QueryResult>;
	/** Saves what is unsaved and lets go of the memory. */
	close(): Promise<void>;
}

export interface StoreChange {
	/** `undefined`: more than one repository, or not known which. */
	repositoryId: number | undefined;
}
