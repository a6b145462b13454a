import { fingerprintPages, type Fingerprint } from './fingerprintPages';
import type { Probe } from './probe';
import type { Reading } from './reading';
import { instant } from '../model/clock';
import { adoptStandings } from './standings';
import { differing, lostOpen, movedRows, openEntries, OVERLAP_MS, type Target } from './staleness';
import { readsRollup, type SyncContext } from './syncContext';

/**
 * Everything that the server shows in another state than it is stored in.
 * @param since the watermark up to which everything is stored
 */
export async function movedSince(context: SyncContext, reading: Reading, seen: Probe, since: string): Promise<Target[]> {
	const { cache, options } = context;
	await reading.forget(seen.notFound);
	const moved = [
		...movedRows(cache, seen.updated.rows),
		...differing(cache, seen.open.fingerprints, options.allOpen),
		...differing(cache, seen.watched),
	];
	const from = instant(Date.parse(since) - OVERLAP_MS);
	const last = seen.updated.rows.at(-1);
	// An earlier run may have been cut off after it had read the newest ones: only a committed watermark vouches for the rest.
	const vouched = moved.length === 0 && seen.watermark === since && reading.unfinished().length === 0;
	if (!vouched && seen.updated.cursor !== null && last && last.updatedAt >= from) {
		const scope = { checks: false, openOnly: false, order: 'UPDATED_AT' as const };
		const recent = (page: Fingerprint[]) => (page.at(-1)?.updatedAt ?? '') >= from;
		for await (const page of fingerprintPages(context, scope, seen.updated.cursor, recent)) {
			moved.push(...movedRows(cache, page.filter(({ updatedAt }) => updatedAt >= from)));
		}
	}
	return moved;
}

/**
 * Stored as open although the server no longer lists them so; and, where all open ones are asked for, those that are not
 * stored. To be asked once what has moved is stored: after a merge the counts agree then, and no list has to be read.
 */
export async function openElsewhere(context: SyncContext, reading: Reading, seen: Probe): Promise<Target[]> {
	const { cache, options } = context;
	const { fingerprints, totalCount } = seen.open;
	if (fingerprints.length === totalCount) {
		return reading.unlessVanished(lostOpen(cache, fingerprints));
	}
	if (openEntries(cache).length <= totalCount && !lacksOpen(context, seen)) {
		return [];
	}
	const open: Fingerprint[] = [];
	const scope = { checks: readsRollup(context), standing: true, openOnly: true, order: 'CREATED_AT' as const };
	for await (const page of fingerprintPages(context, scope, null, () => true)) {
		open.push(...page);
	}
	reading.tookOver(await adoptStandings(context, open));
	await cache.update({ openUnlisted: totalCount - open.length });
	return [...reading.unlessVanished(lostOpen(cache, open)), ...differing(cache, open, options.allOpen)];
}

/** Whether more open pull requests are missing than the probe has shown. */
function lacksOpen({ cache, options }: SyncContext, { open: { fingerprints, totalCount } }: Probe): boolean {
	const { listing, openUnlisted } = cache.state;
	const found = fingerprints.filter(({ number }) => cache.entries.get(number)?.state !== 'OPEN').length;
	return options.allOpen === true && !listing.complete && openEntries(cache).length + found < totalCount - openUnlisted;
}
