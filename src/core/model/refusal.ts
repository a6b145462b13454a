import { isInstant, isName, listOfEach, oneOf, shaped } from './guards';
import { LIST_NAMES, type ListName } from './pullRequest';

/**
 * Why something is left out of the queries: the host's schema lacks it, the token's scopes do not cover it,
 * or the token was refused it while a query ran.
 */
export type RefusalReason = 'schema' | 'scope' | 'permission';

/** Something that was refused once. */
export interface Refusal {
	/** Mostly a field of GitHub's schema that the sync can do without; another release may know others. */
	what: string;
	why: RefusalReason;
	/** Server time, ISO 8601 UTC. */
	at: string;
}

/** What is remembered of one token's refusals. */
export interface Refusals {
	/** Tells tokens apart without holding one: another token may be allowed more. */
	token: string;
	items: Refusal[];
}

/**
 * What of a pull request a token may not read. Without the names of teams and workflows all reviewers and checks are there, and
 * not all told apart; without the commits of reviews, all reviews.
 */
export type WithheldPart = ListName | 'mergedBy' | 'standing' | 'teamNames' | 'workflowNames' | 'reviewCommits';

export const isWithheldPart = oneOf<WithheldPart>(...LIST_NAMES, 'mergedBy', 'standing', 'teamNames', 'workflowNames', 'reviewCommits');

export const isRefusals = shaped<Refusals>({
	token: isName,
	items: listOfEach(shaped<Refusal>({ what: isName, why: oneOf<RefusalReason>('schema', 'scope', 'permission'), at: isInstant })),
});
