import type { RepositoryCache } from '../cache/repositoryCache';
import type { GithubClient } from '../github/client';
import type { Dialect } from '../github/dialect';
import type { RepositoryRef } from '../model/repository';
import type { Sentence } from '../model/sentence';
import type { AdaptiveBatch } from './adaptiveBatch';
import type { Governor } from './governor';
import type { SeedOptions } from './seedOptions';
import type { SeedProgress } from './seedReport';

/** What every step of one repository's sync works with. */
export interface SyncContext {
	ref: RepositoryRef;
	client: GithubClient;
	governor: Governor;
	dialect: Dialect;
	cache: RepositoryCache;
	options: SeedOptions;
	/** How many pull requests to ask details of at once. */
	batch: AdaptiveBatch;
	/** Called after every write to the cache, so that the rows show up as they come: while the next request is on its way. */
	stored: () => Promise<void>;
	progress: (progress: Pick<SeedProgress, 'phase' | 'done' | 'total'>) => void;
	/** Something left out on purpose, in words for a person. Told once. */
	note: (said: Sentence) => void;
}

/** Whether this run reads checks over GraphQL. */
export function readsRollup({ options, cache }: SyncContext): boolean {
	return options.checkRuns !== false && !cache.state.rollupRefused;
}
