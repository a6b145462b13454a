import type { CacheEntry } from '../cache/cacheRecord';
import type { Dialect } from '../github/dialect';
import type { CacheState } from '../cache/cacheState';
import { isWithheld } from '../github/refusals';
import type { WithheldPart } from '../model/refusal';
import type { RepositoryCache } from '../cache/repositoryCache';
import { isUnsettled } from '../github/checksFingerprint';
import { inTurn } from './rotation';
import type { Fingerprint } from './fingerprintPages';

/** Details read within so many milliseconds of an edit may miss another edit of the same second. */
const SAME_SECOND_MS = 2_000;
/** Incomplete details are asked for again in so many runs, then once a day: what is missing may be missing for good. */
export const MAX_TRIES = 3;
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;
/** How far back before the watermark changes are read, to be safe against a listing that lags. */
export const OVERLAP_MS = 120_000;
const WATCH_CLOSED_MS = 7 * 24 * 60 * 60 * 1000;
/** Of what is watched, this share is for closed ones where open ones want it too. */
const CLOSED_SHARE = 0.25;
/** So many may have been opened, or updated, since the last run and push others off the first page; looked at where there is room. */
const LIKELY_NEW = 25;

/** A pull request whose details have to be read. */
export interface Target {
	id: string;
	number: number;
	/** Nothing else of it has moved. */
	checksAlone?: boolean;
}

/** The listing shows a later state than the details were read in. */
export function isOutdated(entry: CacheEntry): boolean {
	return entry.detailsOf === null || entry.detailsOf < entry.updatedAt;
}

/**
 * What a stored pull request still lacks by itself, whatever the server shows now.
 * @param readsChecks whether this run reads checks over GraphQL
 */
export function needsDetails(entry: CacheEntry, readsChecks: boolean): boolean {
	const lacksChecks = readsChecks && entry.checks === null && entry.tries === 0 && !entry.refused.includes('checks');
	return isOutdated(entry) || readInTheSameSecond(entry) || lacksChecks;
}

/** Its details came back incomplete, and it is time to ask for them again. */
export function wantsRetry({ tries, readAt }: CacheEntry, serverNow: number): boolean {
	return tries > 0 && (tries < MAX_TRIES || readAt < serverNow - RETRY_AFTER_MS);
}

/**
 * What it lacks because the token was not allowed to read it, and may be now.
 * @param wantsChecks whether this run reads checks at all
 */
export function readableNow({ refused }: CacheEntry, dialect: Dialect, wantsChecks: boolean): WithheldPart[] {
	return refused.filter((part) => !isWithheld(dialect, part) && (wantsChecks || (part !== 'checks' && part !== 'workflowNames')));
}

/** Read so soon after the edit that another one may carry the same time: read again whatever came back. */
export function readInTheSameSecond(entry: Pick<CacheEntry, 'detailsOf' | 'readAt'>): boolean {
	return entry.detailsOf !== null && entry.readAt < Date.parse(entry.detailsOf) + SAME_SECOND_MS;
}

/** Rows of the server's listing, newest update first, that are not stored as they are shown. */
export function movedRows(cache: RepositoryCache, rows: Iterable<{ id: string; number: number; updatedAt: string }>): Target[] {
	const beyond = beyondListing(cache);
	return [...rows].filter(({ number, updatedAt }) => {
		const entry = cache.entries.get(number);
		return entry ? entry.updatedAt !== updatedAt : !beyond(number);
	});
}

/**
 * Fingerprints that differ from what is stored: another head, other checks, no longer open.
 * @param all those that are not stored too, however far back they are
 */
export function differing(cache: RepositoryCache, fingerprints: Iterable<Fingerprint>, all = false): Target[] {
	const beyond = all ? () => false : beyondListing(cache);
	return [...fingerprints].flatMap(({ id, number, ...seen }) => {
		const entry = cache.entries.get(number);
		if (!entry) {
			return beyond(number) ? [] : { id, number };
		}
		const same = entry.updatedAt === seen.updatedAt && entry.headOid === seen.headOid && entry.state === seen.state;
		const checksMoved = seen.checks !== null && entry.checks !== null && entry.checks !== seen.checks;
		return same && !checksMoved ? [] : { id, number, checksAlone: same };
	});
}

/** Tells the pull requests that the listing, cut short by a window, has not come to yet: nobody asked for them. */
function beyondListing(cache: RepositoryCache): (number: number) => boolean {
	if (cache.state.listing.complete) {
		return () => false;
	}
	let newest = 0;
	for (const number of cache.entries.keys()) {
		newest = Math.max(newest, number);
	}
	return (number) => number < newest;
}

/** Stored as open, but not in the server's complete list of open ones: closed, merged or gone. */
export function lostOpen(cache: RepositoryCache, open: Iterable<{ number: number }>): Target[] {
	const seen = new Set([...open].map(({ number }) => number));
	return openEntries(cache).filter(({ number }) => !seen.has(number));
}

export function openEntries(cache: RepositoryCache): CacheEntry[] {
	return [...cache.entries.values()].filter(({ state }) => state === 'OPEN');
}

/** Where the rotations of what a probe looks at besides its first page stand; for the state. */
export type WatchTurns = Pick<CacheState, 'watchedFrom' | 'watchedClosedFrom'>;

/** Whether the first page of open pull requests, last updated first, shows those that are stored as such: of a part it may show others. */
function showsNewest({ state: { extent, listing } }: RepositoryCache): boolean {
	return listing.complete || extent?.allOpen === true;
}

/**
 * What a probe should look at besides the first page of open pull requests: the open ones that may stand beyond that page,
 * and those closed a short while ago whose checks had not settled. Where there are more than places, they take turns: an open
 * one is looked at within a run for every 75 of them, however many checks of closed ones never settle.
 * @param size how many the first page shows, and how many are asked for besides; 100 where the server manages that
 */
export function watched(cache: RepositoryCache, serverNow: number, size: number): { targets: Target[]; turns: WatchTurns } {
	const { watchedFrom, watchedClosedFrom } = cache.state;
	const recently = new Date(serverNow - WATCH_CLOSED_MS).toISOString();
	const unsettled = [...cache.entries.values()].filter(
		({ state, closedAt, checks }) => state !== 'OPEN' && closedAt !== null && closedAt > recently && checks !== null && isUnsettled(checks),
	);
	const open = openEntries(cache);
	const shown = showsNewest(cache) ? size : 0;
	// Mostly there are few, and then nothing has to be put in order.
	const sorted = open.length > shown - LIKELY_NEW ? open.sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)) : [];
	const others = sorted.slice(shown);
	const places = size - Math.min(unsettled.length, Math.floor(size * CLOSED_SHARE));
	const inRotation = inTurn(others, watchedFrom, places);
	const room = Math.min(LIKELY_NEW, places - inRotation.length);
	const ofOpen = [...inRotation, ...sorted.slice(Math.max(0, shown - room), shown)];
	const ofClosed = inTurn(unsettled, watchedClosedFrom, size - ofOpen.length);
	return {
		targets: [...ofOpen, ...ofClosed],
		turns: {
			watchedFrom: inRotation.length < others.length ? (inRotation.at(-1)?.number ?? 0) : 0,
			watchedClosedFrom: ofClosed.length < unsettled.length ? (ofClosed.at(-1)?.number ?? 0) : 0,
		},
	};
}
