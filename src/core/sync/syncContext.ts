import type { RepositoryCache } from '../cache/repositoryCache';
import type { GraphqlAnswer } from '../github/answer';
import type { GithubClient } from '../github/client';
import type { Dialect } from '../github/dialect';
import { TooHeavyError, TransientError } from '../github/errors';
import { learnRefusals } from '../github/refusals';
import type { RepositoryRef } from '../model/repository';
import type { Check } from '../model/pullRequest';
import type { WithheldPart } from '../model/refusal';
import type { Sentence } from '../model/sentence';
import type { AdaptiveBatch } from './adaptiveBatch';
import { AskAgainError, type Governor } from './governor';
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
	/** How many checks to ask for at once. */
	checksBatch: AdaptiveBatch;
	/** How many open pull requests a probe looks at. */
	probeBatch: AdaptiveBatch;
	/** Called after every write to the cache, so that the rows show up as they come: while the next request is on its way. */
	stored: () => Promise<void>;
	/** Waits until the rows are as the cache. What of that turns out to be unreadable counts as not stored from then on. */
	followed: () => Promise<void>;
	progress: (progress: Pick<SeedProgress, 'phase' | 'done' | 'total'>) => void;
	/** What the token may not read of the pull requests that were read. */
	withheld: Set<WithheldPart>;
	/** Kinds of checks of which any came. */
	seenChecks: Set<Check['kind']>;
	/** Something left out on purpose, in words for a person. Told once. */
	note: (said: Sentence) => void;
}

/** Whether this run reads checks over GraphQL. */
export function readsRollup({ options, dialect }: Pick<SyncContext, 'options' | 'dialect'>): boolean {
	return options.checkRuns !== false && dialect.rollup !== undefined;
}

/**
 * Learns from an answer what may not be asked, before anything of it is used.
 * @throws AskAgainError when asking again brings more
 */
export function heed<A extends GraphqlAnswer<object>>({ client, dialect }: Pick<SyncContext, 'client' | 'dialect'>, answer: A): A {
	if (learnRefusals(dialect, answer, client.budget.serverNow())) {
		throw new AskAgainError();
	}
	return answer;
}

/** An answer is more than the server computes, or than is taken from it: less may come. */
export function isTooMuchToAnswer(error: unknown): boolean {
	return error instanceof TooHeavyError || (error instanceof TransientError && error.reason === 'size');
}

/** The server gave up on a query, not the network on the server. */
export function isTooMuchForServer(error: unknown): boolean {
	return error instanceof TooHeavyError || (error instanceof TransientError && error.reason !== 'network');
}
