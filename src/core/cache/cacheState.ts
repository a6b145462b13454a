import { isBoolean, isCount, isInstant, isName, isNumber, isText, isTime, listOfEach, nullOr, optional, shaped, type Shape } from '../model/guards';
import type { Extent } from '../model/extent';
import type { Label, Milestone } from '../model/pullRequest';
import { parseJson } from '../model/json';
import { isRefusals, type Refusals } from '../model/refusal';
import { isViewer, type Viewer } from '../model/viewer';
import { isNameWithOwner } from '../model/repository';
import { inEnglish, sentence, type Sentence } from '../model/sentence';
import { isLabel, isMilestone } from '../model/shape';

/** The newest layout this code writes. */
export const CACHE_VERSION = 2;
/** All that there are. Which journal is in use, each of them says. */
const VERSIONS: readonly number[] = [1, CACHE_VERSION];

export const STATE_FILE = 'state.json';
/** Bytes: some hundred make a label or a milestone. */
export const LARGEST_STATE = 64 * 1024 * 1024;

/** What the cache knows of a repository besides its pull requests: `state.json`, small and always whole. */
export interface CacheState {
	version: number;
	host: string;
	nameWithOwner: string;
	/** GraphQL node id; `null` before the first answer. GitHub has changed the form of its ids, so it names the repository only where {@link databaseId} can't. */
	id: string | null;
	/** The number that stays the same whatever the node id looks like; `null` where the host does not tell it. */
	databaseId: number | null;
	/** The first change detector there was; caches of version 1 may lack it. */
	repo_pushed_at: string | null;
	/** The journal in use, and how long it was when this state was written. */
	journal: JournalPosition;
	/** Everything updated before this server time is stored; `null` until the first sync is complete. */
	watermark: string | null;
	/** The watermark to be, of a first sync that is under way. */
	pendingWatermark: string | null;
	/** Server time of the last complete sync. */
	syncedAt: string | null;
	/** How many pull requests the server had then. */
	totalCount: number | null;
	/** How far back, by creation, the listing has come: its cursor, and the oldest pull request it reached. */
	listing: { cursor: string | null; complete: boolean; oldest: string | null };
	/** How many more pull requests the server counts than it lists; found by a reconciliation. */
	unlisted: number;
	labels: Label[];
	milestones: Milestone[];
	/** Node ids of labels and milestones that there were: records read before may still name them. */
	dropped: string[];
	/** Counts how often a dropped one came back, so that the database can tell whether its rows have it. */
	restored: number;
	/** How the labels were read; `null` while they never were, whatever {@link labels} holds. */
	labelsRead: ListRead | null;
	milestonesRead: ListRead | null;
	/** What the host, or the token that was used last, does not allow to ask; `null` before the first answer. */
	refusals: Refusals | null;
	/** Whom the token that was used last signs in; `null` where the host did not say. */
	viewer: Viewer | null;
	/** Server time in milliseconds at which their teams were asked for; 0: not yet. */
	teamsReadAt: number;
	/** The number of pull requests per details request that has proved right. */
	batchSize: number;
	/** The number of checks per request that has. */
	checksBatchSize: number;
	/** The number of open pull requests per probe that has. */
	probeSize: number;
	/** Stored pull requests that GitHub does not find any more, too many at once to be believed; and when that was. */
	vanished: { numbers: number[]; at: string } | null;
	/** Somebody asked to read everything anew, and some of it may still have been read before. */
	renewal: Renewal | null;
	/** The widest that was asked for so far, or all once all have been read; `null` before the first run, and where an earlier release did not note it. */
	extent: Extent | null;
	/** How many more open pull requests the server counts than it lists; found when all of them were read. */
	openUnlisted: number;
	/** The last number whose checks were looked at in turn over REST. */
	restChecksFrom: number;
	/** The last number of an open pull request beyond the first page that was looked at in turn; 0 where all are. */
	watchedFrom: number;
	/** The same of closed ones whose checks have not settled. */
	watchedClosedFrom: number;
	/** The last number of an open one whose review threads were looked at in turn; 0 where all are. */
	threadsFrom: number;
}

/** How a list was read. */
export interface ListRead {
	/** How many the server counted. */
	count: number;
	/** Where the page begins that a probe looks at next besides the first; `null` when there is none. */
	next: string | null;
}

/** Asks to read anew what was read before a moment, as far as it is in a window of creation times. */
export interface Renewal extends Extent {
	/** Server time in milliseconds. */
	readBefore: number;
}

export interface JournalPosition {
	file: string;
	/** Bytes. */
	size: number;
}

/** As many pull requests as GitHub gives by id in one request. */
const MAX_BATCH = 100;
export const INITIAL_BATCH = 20;
const INITIAL_CHECKS_BATCH = 300;

export function emptyState(host: string, nameWithOwner: string): CacheState {
	return {
		version: CACHE_VERSION,
		host,
		nameWithOwner,
		id: null,
		databaseId: null,
		repo_pushed_at: null,
		journal: { file: journalName(), size: 0 },
		watermark: null,
		pendingWatermark: null,
		syncedAt: null,
		totalCount: null,
		listing: { cursor: null, complete: false, oldest: null },
		unlisted: 0,
		labels: [],
		milestones: [],
		dropped: [],
		restored: 0,
		labelsRead: null,
		milestonesRead: null,
		refusals: null,
		viewer: null,
		teamsReadAt: 0,
		batchSize: INITIAL_BATCH,
		checksBatchSize: INITIAL_CHECKS_BATCH,
		probeSize: MAX_BATCH,
		vanished: null,
		renewal: null,
		extent: null,
		openUnlisted: 0,
		restChecksFrom: 0,
		watchedFrom: 0,
		watchedClosedFrom: 0,
		threadsFrom: 0,
	};
}

/** A name no earlier journal of the repository has had. */
export function journalName(): string {
	return `pulls-${Date.now().toString(36)}-${Math.floor(Math.random() * 36 ** 4).toString(36)}.ndjson`;
}

/** Why a stored cache can't be used; it is set aside, not deleted. */
export class UnreadableCacheError extends Error {
	override readonly name = 'UnreadableCacheError';

	constructor(readonly reason: Sentence) {
		super(inEnglish(reason));
	}
}

const EXTENT: Shape<Extent> = { maxPullRequests: optional(isNumber), since: optional(isInstant), until: optional(isInstant), allOpen: optional(isBoolean) };

const isListRead = shaped<ListRead>({ count: isCount, next: nullOr(isText) });

const SHAPE: Shape<CacheState> = {
	version: isNumber,
	host: isName,
	nameWithOwner: isNameWithOwner,
	id: nullOr(isName),
	databaseId: nullOr(isCount),
	repo_pushed_at: nullOr(isInstant),
	journal: shaped<JournalPosition>({ file: isJournalName, size: isCount }),
	watermark: nullOr(isInstant),
	pendingWatermark: nullOr(isInstant),
	syncedAt: nullOr(isInstant),
	totalCount: nullOr(isCount),
	listing: shaped<CacheState['listing']>({ cursor: nullOr(isText), complete: isBoolean, oldest: nullOr(isInstant) }),
	unlisted: (value): value is number => Number.isSafeInteger(value),
	labels: listOfEach(isLabel),
	milestones: listOfEach(isMilestone),
	dropped: listOfEach(isName),
	restored: isCount,
	labelsRead: nullOr(isListRead),
	milestonesRead: nullOr(isListRead),
	refusals: nullOr(isRefusals),
	viewer: nullOr(isViewer),
	teamsReadAt: isTime,
	batchSize: (value): value is number => isCount(value) && value <= MAX_BATCH,
	checksBatchSize: isCount,
	probeSize: (value): value is number => isNumber(value) && value <= MAX_BATCH,
	vanished: nullOr(shaped<NonNullable<CacheState['vanished']>>({ numbers: listOfEach(isNumber), at: isInstant })),
	renewal: nullOr(shaped<Renewal>({ readBefore: isTime, ...EXTENT })),
	extent: nullOr(shaped<Extent>(EXTENT)),
	openUnlisted: (value): value is number => Number.isSafeInteger(value),
	restChecksFrom: isCount,
	watchedFrom: isCount,
	watchedClosedFrom: isCount,
	threadsFrom: isCount,
};

function isJournalName(value: unknown): value is string {
	return typeof value === 'string' && /^[\w-][\w.-]{0,200}\.ndjson$/.test(value);
}

/**
 * Reads `state.json`. Older versions lack fields, which take their first values.
 * @throws UnreadableCacheError
 */
export function parseState(text: string, host: string, nameWithOwner: string): CacheState {
	let stored: unknown;
	try {
		stored = parseJson(text);
	} catch {
		throw new UnreadableCacheError(sentence('its state is not JSON'));
	}
	if (typeof stored !== 'object' || stored === null || !('version' in stored) || typeof stored.version !== 'number') {
		throw new UnreadableCacheError(sentence('its state has no version'));
	}
	if (stored.version > CACHE_VERSION) {
		throw new UnreadableCacheError(sentence('it was written by a newer PR Seeder (cache version {0})', stored.version));
	}
	if (!VERSIONS.includes(stored.version)) {
		throw new UnreadableCacheError(sentence('its state has no version'));
	}
	if (!('journal' in stored)) {
		throw new UnreadableCacheError(sentence('its state does not name its journal'));
	}
	const initial = emptyState(host, nameWithOwner);
	const given = new Map(Object.entries({ ...stored, version: CACHE_VERSION }));
	const state = { ...initial };
	for (const [name, is] of Object.entries<(value: unknown) => boolean>(SHAPE)) {
		const value: unknown = given.has(name) ? given.get(name) : initial[name as keyof CacheState];
		if (!is(value)) {
			throw new UnreadableCacheError(sentence('its state holds something else as {0}', name));
		}
		Object.assign(state, { [name]: value });
	}
	if (state.host !== host) {
		throw new UnreadableCacheError(sentence('it is of {0}, not of {1}', state.host, host));
	}
	return state;
}
