import type { CacheEntry } from '../cache/cacheRecord';
import type { RepositoryCache } from '../cache/repositoryCache';
import { TransientError } from '../github/errors';
import { adoptCatalogue, changedCatalogue, nextPages } from './catalogue';
import { awaitingRenewal } from './renewal';
import { renewIds } from './renewedIds';
import { instant } from './seedOptions';
import { fetchDetails, type DetailsOutcome } from './details';
import { listPullRequests } from './listing';
import { fingerprintPages, type Fingerprint } from './fingerprintPages';
import { probe, type Probe } from './probe';
import { fetchRestChecks } from './restChecks';
import {
	differing,
	isOutdated,
	lostOpen,
	movedRows,
	needsDetails,
	openEntries,
	MAX_TRIES,
	OVERLAP_MS,
	readableNow,
	wantsRetry,
	watched,
	type Target,
} from './staleness';
import { PAGE_SIZE } from '../github/queries';
import { extentOf } from '../model/extent';
import type { WithheldPart } from '../model/refusal';
import { sentence } from '../model/sentence';
import { differsInNames } from './seenNames';
import type { SeedMode } from './seedReport';
import { readsRollup, type SyncContext } from './syncContext';
import { confirmGone, FEW, recentlyVanished } from './vanished';
import { coversWindow, inWindow, widest } from './window';

export interface SyncOutcome {
	mode: SeedMode;
	added: number[];
	updated: number[];
	removed: number[];
	/** Numbers that the server lists but would not show; the watermark stays, so that the next run asks again. */
	unreadable: number[];
	/** See {@link RepositoryReport.withheld}. */
	withheld: number;
	/** See {@link RepositoryReport.compared}. */
	compared: number | null;
}

/** Details that went out of date while a run was reading are read again, so many times. */
const MAX_ROUNDS = 3;

/**
 * Brings one repository's cache up to date. The order is what makes it lose nothing:
 * the watermark is taken from the server before anything is read, and written only after everything is stored.
 */
export class RepositorySync {
	private readonly known: ReadonlySet<number>;
	private readonly fetched = new Set<number>();
	private readonly removed = new Set<number>();
	private readonly unreadable = new Set<number>();
	private withheld = 0;
	private compared: number | null = null;

	constructor(private readonly context: SyncContext) {
		this.known = new Set(context.cache.entries.keys());
	}

	/** @param seen the probe that found the repository; nothing has been read since */
	async run(seen: Probe): Promise<SyncOutcome> {
		const { cache, options } = this.context;
		if (seen.totalCount === 0 && cache.entries.size > FEW) {
			return this.sawNothing();
		}
		const first = cache.state.watermark === null;
		const anew = first || options.refresh === true;
		const since = cache.state.watermark ?? cache.state.pendingWatermark ?? seen.watermark;
		let latest = seen;
		let changed = await this.adopt(seen, anew || options.verify === true);

		if (first && cache.state.pendingWatermark === null) {
			await cache.update({ pendingWatermark: since, totalCount: seen.totalCount, extent: cache.state.extent ?? extentOf(options) });
		}
		if (!coversWindow(cache.state.listing, cache.entries.values(), options)) {
			changed = true;
			await listPullRequests(this.context);
		}
		if (anew) {
			await this.readDetails(this.unfinished());
			// What was edited while all that was read has a later time than the watermark.
			latest = await this.probe();
			if (!sameRepositoryId(latest, seen)) {
				// Another repository has taken the name meanwhile: the next run finds out and starts anew.
				throw new TransientError(this.context.ref.host, 'body', undefined);
			}
			await this.adopt(latest);
		}
		changed = (await this.tryRefused()) || changed;
		const stale = [...(await this.staleSince(latest, since)), ...this.unfinished()];
		changed = (await this.readDetails(stale)) || changed;
		changed = (await this.reconcile(latest)) || changed;
		await fetchRestChecks(this.context);
		await this.commit(latest);
		return this.outcome(anew, changed);
	}

	async probe(): Promise<Probe> {
		const { cache, client } = this.context;
		const { targets, turns } = watched(cache, client.budget.serverNow(), PAGE_SIZE);
		this.context.progress({ phase: 'probing', done: 0, total: 0 });
		const seen = await probe(this.context, targets);
		const probeSize = this.context.probeBatch.size;
		const { watchedFrom, watchedClosedFrom } = cache.state;
		if (turns.watchedFrom !== watchedFrom || turns.watchedClosedFrom !== watchedClosedFrom || probeSize !== cache.state.probeSize) {
			await cache.update({ ...turns, probeSize });
		}
		return seen;
	}

	/** Some servers show nothing at all to a token that has lost a permission. */
	private async sawNothing(): Promise<SyncOutcome> {
		const { cache, client } = this.context;
		this.context.note(
			sentence('GitHub no longer shows any pull requests of this repository, although {0} are stored. Nothing was removed. Check what your token may read.', cache.entries.size),
		);
		await cache.update({ syncedAt: instant(client.budget.serverNow()) });
		return this.outcome(false, false);
	}

	/** What was refused may be allowed by now: for each part one pull request tells, and the others follow only then. */
	private async tryRefused(): Promise<boolean> {
		const { cache, dialect, options } = this.context;
		const isWaiting = (entry: CacheEntry) => readableNow(entry, dialect).length > 0;
		// Mostly there are none, and then nothing has to be put in order.
		const waiting = [...cache.entries.values()].some(isWaiting) ? inWindow(cache.entries.values(), options).filter(isWaiting) : [];
		const scouts = new Map<WithheldPart, CacheEntry>();
		for (const entry of waiting) {
			readableNow(entry, dialect).filter((part) => !scouts.has(part)).forEach((part) => scouts.set(part, entry));
		}
		await this.readDetails([...scouts.values()]);
		if (scouts.size > 0) {
			await fetchRestChecks(this.context, [...scouts.values()].map(({ number }) => number));
		}
		return scouts.size > 0;
	}

	/**
	 * Takes over what the probe shows of the repository itself; `true` when labels or milestones differ.
	 * @param anew take them over whatever is known of them
	 */
	private async adopt(seen: Probe, anew = false): Promise<boolean> {
		const { cache } = this.context;
		const catalogue = await changedCatalogue(this.context, seen, anew);
		if (catalogue) {
			if (cache.state.id !== seen.id) {
				await renewIds(cache, catalogue);
			}
			const differs = await adoptCatalogue(this.context, seen.id, catalogue);
			await this.context.stored();
			return differs;
		}
		if (cache.state.id !== seen.id) {
			await cache.update({ id: seen.id });
		}
		return false;
	}

	/** Everything that the server shows in another state than it is stored in. */
	private async staleSince(seen: Probe, since: string): Promise<Target[]> {
		const { cache, options } = this.context;
		await this.forget(seen.notFound);
		const stale = [
			...movedRows(cache, seen.updated.rows),
			...differing(cache, seen.open.fingerprints, options.allOpen),
			...differing(cache, seen.watched),
		];
		const from = instant(Date.parse(since) - OVERLAP_MS);
		const last = seen.updated.rows.at(-1);
		// An earlier run may have been cut off after it had read the newest ones: only a committed watermark vouches for the rest.
		const vouched = stale.length === 0 && seen.watermark === since && this.unfinished().length === 0;
		if (!vouched && seen.updated.cursor !== null && last && last.updatedAt >= from) {
			const scope = { checks: false, openOnly: false, order: 'UPDATED_AT' as const };
			const recent = (page: Fingerprint[]) => (page.at(-1)?.updatedAt ?? '') >= from;
			for await (const page of fingerprintPages(this.context, scope, seen.updated.cursor, recent)) {
				stale.push(...movedRows(cache, page.filter(({ updatedAt }) => updatedAt >= from)));
			}
		}
		stale.push(...(await this.lostOpen(seen)));
		return stale;
	}

	/** Stored as open although the server no longer lists them so; and, where all open ones are asked for, those that are not stored. */
	private async lostOpen(seen: Probe): Promise<Target[]> {
		const { cache, options } = this.context;
		const { fingerprints, totalCount } = seen.open;
		if (fingerprints.length === totalCount) {
			return this.unlessVanished(lostOpen(cache, fingerprints));
		}
		if (openEntries(cache).length <= totalCount && !this.lacksOpen(seen)) {
			return [];
		}
		const open: Fingerprint[] = [];
		const scope = { checks: readsRollup(this.context), openOnly: true, order: 'CREATED_AT' as const };
		for await (const page of fingerprintPages(this.context, scope, null, () => true)) {
			open.push(...page);
		}
		await cache.update({ openUnlisted: totalCount - open.length });
		return [...this.unlessVanished(lostOpen(cache, open)), ...differing(cache, open, options.allOpen)];
	}

	/** Whether more open pull requests are missing than this run has seen already. */
	private lacksOpen({ open: { fingerprints, totalCount } }: Probe): boolean {
		const { cache, options } = this.context;
		const { listing, openUnlisted } = cache.state;
		const found = fingerprints.filter(({ number }) => cache.entries.get(number)?.state !== 'OPEN').length;
		return options.allOpen === true && !listing.complete && openEntries(cache).length + found < totalCount - openUnlisted;
	}

	/** What is stored without its details, or with old ones; asked for only inside the window, the open ones first, and newest first. */
	private unfinished(): CacheEntry[] {
		const { cache, client, dialect, options } = this.context;
		const now = client.budget.serverNow();
		const readsChecks = readsRollup(this.context);
		const renewed = new Set(awaitingRenewal(cache).map(({ number }) => number));
		// What came back incomplete in this run is for the next one.
		const lacking = (entry: CacheEntry) =>
			needsDetails(entry, readsChecks) ||
			(!this.fetched.has(entry.number) && (renewed.has(entry.number) || wantsRetry(entry, now) || readableNow(entry, dialect).length > 0));
		// Mostly there are none, and then nothing has to be put in order.
		const some = [...cache.entries.values()].some(lacking) ? inWindow(cache.entries.values(), options).filter(lacking) : [];
		return this.unlessVanished([...some.filter(isOpen), ...some.filter((entry) => !isOpen(entry))]);
	}

	/** Only when asked to is it looked at again what could not be found a short while ago. */
	private unlessVanished<T extends Target>(targets: T[]): T[] {
		const { refresh, verify } = this.context.options;
		const vanished = verify === true || refresh === true ? new Set<number>() : recentlyVanished(this.context);
		return vanished.size === 0 ? targets : targets.filter(({ number }) => !vanished.has(number));
	}

	/** `true` when there was anything to read. */
	private async readDetails(targets: readonly Target[]): Promise<boolean> {
		let queue = uniqueTargets(targets);
		const { cache } = this.context;
		for (let round = 0; queue.length > 0 && round < MAX_ROUNDS; round++) {
			this.take(await fetchDetails(this.context, queue));
			// Edited between two pages of the same pull request: read once more.
			queue = queue.filter(({ number }) => {
				const entry = cache.entries.get(number);
				return entry !== undefined && !this.unreadable.has(number) && isOutdated(entry);
			});
		}
		return targets.length > 0;
	}

	/**
	 * Finds pull requests that vanished without a trace, or never came: only when the counts say so, or when asked to,
	 * because it reads every identity (a point per 100, 3 when verifying).
	 */
	private async reconcile(seen: Probe): Promise<boolean> {
		const { cache, options } = this.context;
		const { listing } = cache.state;
		const missing = seen.totalCount - cache.entries.size;
		if (options.verify !== true && (!listing.complete || missing === cache.state.unlisted)) {
			return false;
		}
		const verifies = options.verify === true;
		const scope = { checks: verifies && readsRollup(this.context), names: verifies, openOnly: false, order: 'CREATED_AT' as const };
		const listed = new Set<number>();
		const stale: Target[] = [];
		const { oldest } = listing;
		// Open ones may be stored from further back.
		const isListed = (number: number) => (cache.entries.get(number)?.createdAt ?? '') >= (oldest ?? '~');
		const withinListing = (page: Fingerprint[]) => listing.complete || page.some(({ number }) => isListed(number));
		let withheld = 0;
		for await (const page of fingerprintPages(this.context, scope, null, withinListing, (count) => (withheld += count))) {
			page.forEach(({ number }) => listed.add(number));
			stale.push(...differing(cache, page), ...(verifies ? await this.renamed(page) : []));
			this.context.progress({ phase: 'verifying', done: listed.size, total: seen.totalCount });
		}
		const unseen = [...cache.entries.values()].filter(
			({ number, createdAt }) => !listed.has(number) && (listing.complete || (oldest !== null && createdAt >= oldest)),
		);
		await this.readDetails([...stale, ...this.unlessVanished(unseen)]);
		if (withheld > 0) {
			this.context.note(
				withheld === 1
					? sentence('GitHub withholds 1 pull request this time; the next run asks again.')
					: sentence('GitHub withholds {0} pull requests this time; the next run asks again.', withheld),
			);
		}
		this.withheld = withheld;
		this.compared = verifies ? [...listed].filter((number) => cache.entries.has(number)).length : null;
		if (verifies) {
			// What may not be read can't be compared either.
			[...cache.entries.values()].flatMap(({ refused }) => refused).filter((part) => part !== 'teamNames').forEach((part) => this.context.withheld.add(part));
		}
		// What is withheld is listed all the same: it is not to be taken for what GitHub counts and never lists.
		await cache.update({ unlisted: listing.complete && withheld === 0 ? seen.totalCount - cache.entries.size : 0 });
		return true;
	}

	/** Whose people or linked issues are called something else than they are stored. */
	private async renamed(page: readonly Fingerprint[]): Promise<Target[]> {
		const { cache } = this.context;
		const records = await cache.readAll(page.map(({ number }) => number));
		return page.filter(({ number, names }) => {
			const record = records.get(number);
			return record !== undefined && differsInNames(names, record, cache.state.nameWithOwner);
		});
	}

	private async forget(notFound: readonly Target[]): Promise<void> {
		if (notFound.length > 0) {
			const { gone } = await confirmGone(this.context, notFound.map(({ number }) => number));
			await this.context.cache.remove(gone);
			gone.forEach((number) => this.removed.add(number));
		}
	}

	private take(outcome: DetailsOutcome): void {
		for (const number of outcome.stored) {
			this.fetched.add(number);
			this.unreadable.delete(number);
		}
		outcome.removed.forEach((number) => this.removed.add(number));
		outcome.unreadable.forEach((number) => this.unreadable.add(number));
	}

	/** The last step: only now is everything up to the watermark stored, or durably queued in the cache. */
	private async commit(seen: Probe): Promise<void> {
		const { cache, client } = this.context;
		// An unreadable pull request that is stored is queued by its old state; one that is not would be forgotten.
		const forgotten = [...this.unreadable].some((number) => !cache.entries.has(number));
		// The pull request that was updated last may be gone: that takes nothing back.
		const watermark = seen.watermark > (cache.state.watermark ?? '') ? seen.watermark : cache.state.watermark;
		await cache.update({
			extent: widest(cache, extentOf(this.context.options)),
			...(forgotten ? {} : { watermark, pendingWatermark: null }),
			...(awaitingRenewal(cache).every(({ number }) => this.fetched.has(number)) ? { renewal: null } : {}),
			...nextPages(cache.state, seen),
			repo_pushed_at: seen.pushedAt,
			totalCount: seen.totalCount,
			syncedAt: instant(client.budget.serverNow()),
		});
		await this.context.stored();
	}

	private outcome(full: boolean, changed: boolean): SyncOutcome {
		const { cache } = this.context;
		const stored = [...cache.entries.keys()];
		return {
			mode: full ? 'full' : changed ? 'incremental' : 'unchanged',
			added: stored.filter((number) => !this.known.has(number)),
			updated: stored.filter((number) => this.known.has(number) && this.fetched.has(number)),
			removed: [...this.removed].filter((number) => this.known.has(number)),
			unreadable: [...this.unreadable],
			withheld: this.withheld,
			compared: this.compared,
		};
	}
}

/** Whether two answers are about the same repository, in whatever form its node id comes. */
export function sameRepositoryId(one: { id: string | null; databaseId: number | null }, other: { id: string | null; databaseId: number | null }): boolean {
	return one.databaseId !== null && other.databaseId !== null ? one.databaseId === other.databaseId : one.id === other.id;
}

function isOpen({ state }: CacheEntry): boolean {
	return state === 'OPEN';
}

function uniqueTargets(targets: readonly Target[]): Target[] {
	return [...new Map(targets.map((target) => [target.number, target])).values()];
}

/** Of the stored pull requests with an incomplete list, those that the next run tries to complete. */
export function pendingNumbers(cache: RepositoryCache): number[] {
	return numbersOf(cache, ({ tries }) => tries > 0 && tries < MAX_TRIES);
}

/** The numbers of the stored pull requests with an incomplete list, or without any details. */
export function partialNumbers(cache: RepositoryCache): number[] {
	return numbersOf(cache, ({ detailsOf, partial }) => detailsOf === null || partial.length > 0);
}

function numbersOf(cache: RepositoryCache, wanted: (entry: CacheEntry) => boolean): number[] {
	return [...cache.entries.values()].filter(wanted).map(({ number }) => number).sort((a, b) => a - b);
}
