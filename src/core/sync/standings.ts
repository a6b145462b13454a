import type { CacheEntry } from '../cache/cacheRecord';
import { UNKNOWN, type Standing } from '../model/pullRequest';
import type { Fingerprint } from './fingerprintPages';
import type { SyncContext } from './syncContext';

export interface StandingSource {
	/** Whether the pull request is open. */
	isOpen: boolean;
	/** Whether it has the head that it was known with. */
	isSameHead: boolean;
	/** That GitHub does not know is what there is to know: it was asked often enough. */
	believesUnknown?: boolean;
}

/**
 * Where a pull request stands by what came and what is known of the rest. While GitHub computes what can be merged, what was
 * known of the same head stays; of another one nothing is known.
 * @param read `null`: not asked for
 */
export function standingNow(read: Standing | null, known: Standing | null, { isOpen, isSameHead, believesUnknown = false }: StandingSource): Standing | null {
	const { mergeable, mergeState, ...lasting } = known ?? {};
	const ofHead = isSameHead ? { ...(mergeable !== undefined && { mergeable }), ...(mergeState !== undefined && { mergeState }) } : {};
	const told = Object.fromEntries(Object.entries(read ?? {}).filter(([, value]) => believesUnknown || value !== UNKNOWN));
	const now: Standing = { ...lasting, ...ofHead, ...told };
	if (!isOpen) {
		// GitHub says nothing of them any more.
		delete now.mergeable;
		delete now.mergeState;
	}
	return Object.keys(now).length === 0 ? null : now;
}

/** Whether something of it is being computed, as far as it was asked for. */
export function isComputing({ standing }: Fingerprint): boolean {
	return standing?.mergeable === UNKNOWN || standing?.mergeState === UNKNOWN;
}

/** For comparing; whatever order it came in. */
function textOf(standing: Standing | null): string {
	return JSON.stringify(Object.entries(standing ?? {}).sort(([one], [other]) => (one < other ? -1 : 1)));
}

export interface Adopting {
	/** Closed ones too, which takes reading their records. */
	closedToo?: boolean;
	believesUnknown?: boolean;
}

/**
 * Takes over where pull requests stand, of which nothing else has moved: the fingerprint says all of it, and most of it moves no date.
 * To be done before anything is read, for what is read is newer.
 * @returns numbers of those that stood elsewhere
 */
export async function adoptStandings(context: SyncContext, fingerprints: readonly Fingerprint[], { closedToo = false, believesUnknown = false }: Adopting = {}): Promise<number[]> {
	const { cache, client } = context;
	const seenAt = client.budget.serverNow();
	const now = (seen: Fingerprint, known: Standing | null) => standingNow(seen.standing, known, { isOpen: seen.state === 'OPEN', isSameHead: true, believesUnknown });
	const isMoved = (seen: Fingerprint, known: Standing | null) => textOf(now(seen, known)) !== textOf(known);
	const moved = fingerprints.filter((seen) => {
		const entry = cache.entries.get(seen.number);
		return entry !== undefined && seen.standing !== null && isSame(entry, seen) && (entry.state === 'OPEN' ? isMoved(seen, entry.standing) : closedToo);
	});
	const records = await cache.readAll(moved.map(({ number }) => number));
	const changed = moved.flatMap((seen) => {
		const record = records.get(seen.number);
		const details = record?.pullRequest.details;
		return record && details && isMoved(seen, details.standing) ? { ...record, seenAt, pullRequest: { ...record.pullRequest, details: { ...details, standing: now(seen, details.standing) } } } : [];
	});
	await cache.put(changed);
	if (changed.length > 0) {
		await context.stored();
	}
	return changed.map(({ pullRequest }) => pullRequest.number);
}

/** Whether the details that are stored are of what the fingerprint shows. */
function isSame(entry: CacheEntry, seen: Fingerprint): boolean {
	return entry.detailsOf === seen.updatedAt && entry.updatedAt === seen.updatedAt && entry.headOid === seen.headOid && entry.state === seen.state;
}
