import { threadsFingerprint, type PartName, type PullRequest, type PullRequestState, type Standing } from '../model/pullRequest';
import type { WithheldPart } from '../model/refusal';

/**
 * What a record of each version lacks, the present one nothing. Records say their version since the third.
 * - 1, of the first release: what all checks come to, whose they are, and whose the linked issues are; all is read anew.
 * - 2: who merged it.
 * - 3: where it stands, which commits its reviews are about, and of an open one review threads and events.
 */
export const RECORD_VERSION = 4;
/** Of an older one than this all is read anew. */
export const COMPLETABLE_VERSION = 2;

/** A pull request as the cache keeps it, with what the sync must know to tell whether it is up to date. */
export interface CacheRecord {
	/** An older one than {@link RECORD_VERSION} lacks something: the next sync asks for it. */
	version: number;
	pullRequest: PullRequest;
	/** `updatedAt` of the pull request when its details were read; `null` while there are none. */
	detailsOf: string | null;
	/** Server time in milliseconds at which they were asked for; 0 while there are none. */
	readAt: number;
	/** The same of what of it was seen, or read, after that; absent where nothing was. */
	seenAt?: number;
	/** Fingerprint of the checks that were read; `null` while none were. */
	checks: string | null;
	/** How often in a row its details came back incomplete, although nothing forbids reading them whole. */
	tries: number;
	/** What the token may not read of it: asked for again once it may. */
	refused: WithheldPart[];
	/** ETags of the REST lists that the checks came from. */
	etags?: Record<string, string>;
}

/** What of a record stays in memory: enough to compare with a probe, and where the rest lies. */
export interface CacheEntry {
	version: number;
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
	/** Of an open one; a probe shows all of it. */
	standing: Standing | null;
	/** Fingerprint of the review threads of an open one; `null` where they are not known. */
	threads: string | null;
	partial: PartName[];
	tries: number;
	refused: WithheldPart[];
	/** Place of the record's line in the journal, in bytes. */
	offset: number;
	length: number;
}

export function entryOf(record: CacheRecord, offset: number, length: number): CacheEntry {
	const { pullRequest } = record;
	return {
		version: record.version,
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
		standing: pullRequest.state === 'OPEN' ? (pullRequest.details?.standing ?? null) : null,
		threads: pullRequest.state === 'OPEN' && pullRequest.details?.reviewThreads ? threadsFingerprint(pullRequest.details.reviewThreads) : null,
		partial: pullRequest.partial,
		tries: record.tries,
		refused: record.refused,
		offset,
		length,
	};
}
