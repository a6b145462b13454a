import { HIDDEN_TEAM, type ListName, type PullRequest, type PullRequestState } from '../model/pullRequest';

/** Stands in the place of {@link CacheRecord.checks}: checks that came over REST can't be compared with a probe. */
export const OVER_REST = 'rest';

/** A pull request as the cache keeps it, with what the sync must know to tell whether it is up to date. */
export interface CacheRecord {
	pullRequest: PullRequest;
	/** `updatedAt` of the pull request when its details were read; `null` while there are none. */
	detailsOf: string | null;
	/** Server time in milliseconds at which they were asked for; 0 while there are none. */
	readAt: number;
	/** Fingerprint of the checks that were read; `null` while none were. */
	checks: string | null;
	/** How often in a row its details came back incomplete, although nothing forbids reading them whole. */
	tries: number;
	/** Of the incomplete lists, those that the token may not read: they are asked for again once it may. */
	refused: ListName[];
	/** ETags of the REST lists that the checks came from. */
	etags?: Record<string, string>;
}

/** What of a record stays in memory: enough to compare with a probe, and where the rest lies. */
export interface CacheEntry {
	number: number;
	id: string;
	state: PullRequestState;
	createdAt: string;
	updatedAt: string;
	closedAt: string | null;
	headOid: string;
	detailsOf: string | null;
	readAt: number;
	checks: string | null;
	partial: ListName[];
	tries: number;
	refused: ListName[];
	/** See {@link concealedLists}. */
	concealed: ListName[];
	/** Place of the record's line in the journal, in bytes. */
	offset: number;
	length: number;
}

export function entryOf(record: CacheRecord, offset: number, length: number): CacheEntry {
	const { pullRequest } = record;
	return {
		number: pullRequest.number,
		id: pullRequest.id,
		state: pullRequest.state,
		createdAt: pullRequest.createdAt,
		updatedAt: pullRequest.updatedAt,
		closedAt: pullRequest.closedAt,
		headOid: pullRequest.headOid,
		detailsOf: record.detailsOf,
		readAt: record.readAt,
		checks: record.checks,
		partial: pullRequest.partial,
		tries: record.tries,
		refused: record.refused,
		concealed: concealedLists(record),
		offset,
		length,
	};
}

/**
 * Lists that the token was shown, but not all of what is in them: teams without their names, linked issues without those of some
 * other repository, check runs without their workflow.
 */
export function concealedLists({ checks, pullRequest: { details, partial }, refused }: CacheRecord): ListName[] {
	if (details === null) {
		return [];
	}
	const lacksName = details.reviewRequests.some(({ login }) => login === HIDDEN_TEAM);
	const lacksIssue = partial.includes('linkedIssues') && !refused.includes('linkedIssues');
	// The REST API tells no workflow to anybody.
	const lacksWorkflow = checks !== OVER_REST && details.checks.some(({ app, workflow }) => app === 'github-actions' && workflow === null);
	return [
		...(lacksName ? (['reviewRequests'] as const) : []),
		...(lacksWorkflow ? (['checks'] as const) : []),
		...(lacksIssue ? (['linkedIssues'] as const) : []),
	];
}
