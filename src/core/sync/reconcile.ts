import { sentence } from '../model/sentence';
import { fingerprintPages, type Fingerprint } from './fingerprintPages';
import type { Probe } from './probe';
import type { Reading } from './reading';
import { differsInNames } from './seenNames';
import { differing, type Target } from './staleness';
import { adoptStandings } from './standings';
import { readsRollup, type SyncContext } from './syncContext';

export interface Reconciliation {
	/** How many pull requests the server lists and would not show. */
	withheld: number;
	/** How many stored ones were compared with the server. */
	compared: number;
}

/**
 * Finds pull requests that vanished without a trace, or never came: only when the counts say so, or when asked to,
 * because it reads every identity (a point per 100, 4 when verifying).
 * @returns `undefined` when there was no reason to
 */
export async function reconcile(context: SyncContext, reading: Reading, seen: Probe): Promise<Reconciliation | undefined> {
	const { cache, options } = context;
	const { listing } = cache.state;
	const verifies = options.verify === true;
	const missing = seen.totalCount - cache.entries.size;
	if (!verifies && (!listing.complete || missing === cache.state.unlisted)) {
		return undefined;
	}
	const { listed, stale, withheld } = await compareAll(context, reading, seen.totalCount, verifies);
	const unseen = [...cache.entries.values()].filter(({ number, createdAt }) => !listed.has(number) && isWithin(context, createdAt));
	await reading.read([...stale, ...reading.unlessVanished(unseen)]);
	if (withheld > 0) {
		context.note(
			withheld === 1
				? sentence('GitHub withholds 1 pull request this time; the next run asks again.')
				: sentence('GitHub withholds {0} pull requests this time; the next run asks again.', withheld),
		);
	}
	if (verifies) {
		// What may not be read can't be compared either.
		[...cache.entries.values()].flatMap(({ refused }) => refused).filter((part) => part !== 'teamNames').forEach((part) => context.withheld.add(part));
	}
	// What is withheld is listed all the same: it is not to be taken for what GitHub counts and never lists.
	await cache.update({ unlisted: listing.complete && withheld === 0 ? seen.totalCount - cache.entries.size : 0 });
	return { withheld, compared: [...listed].filter((number) => cache.entries.has(number)).length };
}

/** Compares every identity that the server lists with what is stored. */
async function compareAll(context: SyncContext, reading: Reading, total: number, verifies: boolean): Promise<{ listed: Set<number>; stale: Target[]; withheld: number }> {
	const { cache } = context;
	const scope = { checks: verifies && readsRollup(context), standing: verifies, names: verifies, openOnly: false, order: 'CREATED_AT' as const };
	const listed = new Set<number>();
	const stale: Target[] = [];
	let withheld = 0;
	const withinListing = (page: Fingerprint[]) => page.some(({ number }) => isWithin(context, cache.entries.get(number)?.createdAt ?? ''));
	for await (const page of fingerprintPages(context, scope, null, withinListing, (count) => (withheld += count))) {
		page.forEach(({ number }) => listed.add(number));
		reading.tookOver(await adoptStandings(context, page, { closedToo: true }));
		stale.push(...differing(cache, page), ...(verifies ? await renamed(context, page) : []));
		context.progress({ phase: 'verifying', done: listed.size, total });
	}
	return { listed, stale, withheld };
}

/** Whether the listing, which a maximum may have cut short, has come as far back; open ones may be stored from further back. */
function isWithin({ cache: { state: { listing } } }: SyncContext, createdAt: string): boolean {
	return listing.complete || (listing.oldest !== null && createdAt >= listing.oldest);
}

/** Whose people or linked issues are called something else than they are stored. */
async function renamed({ cache }: SyncContext, page: readonly Fingerprint[]): Promise<Target[]> {
	const records = await cache.readAll(page.map(({ number }) => number));
	return page.flatMap(({ id, number, names }) => {
		const record = records.get(number);
		return record !== undefined && differsInNames(names, record, cache.state.nameWithOwner) ? { id, number } : [];
	});
}
