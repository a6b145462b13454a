import type { CacheEntry } from '../cache/cacheRecord';
import { TransientError } from '../github/errors';
import { extentOf } from '../model/extent';
import type { WithheldPart } from '../model/refusal';
import { sentence } from '../model/sentence';
import { adoptCatalogue, changedCatalogue, nextPages, noteUnread } from './catalogue';
import { listPullRequests } from './listing';
import { askForMergeability } from './mergeability';
import { movedSince, openElsewhere } from './moved';
import { completeOlder, olderRecords } from './olderRecords';
import { probe, sameRepositoryId, type Probe } from './probe';
import { Reading } from './reading';
import { reconcile, type Reconciliation } from './reconcile';
import { awaitingRenewal } from './renewal';
import { renewIds } from './renewedIds';
import { fetchRestChecks } from './restChecks';
import { instant } from '../model/clock';
import type { SeedMode } from './seedReport';
import { readableNow, watched } from './staleness';
import { adoptStandings } from './standings';
import type { SyncContext } from './syncContext';
import { adoptThreads, threadsInTurn } from './threads';
import { readViewerTeams } from './viewerTeams';
import { FEW } from './vanished';
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

/** More than another tool changes by accident: then it is the database that is wrong. */
const MOST_DOUBTED = 200;

/**
 * Brings one repository's cache up to date. The order is what makes it lose nothing:
 * the watermark is taken from the server before anything is read, and written only after everything is stored.
 */
export class RepositorySync {
	private readonly known: ReadonlySet<number>;
	private readonly reading: Reading;

	/** @param doubted numbers of which cache and database said different things: the server decides, where they are few */
	constructor(
		private readonly context: SyncContext,
		private readonly doubted: readonly number[] = [],
	) {
		this.known = new Set(context.cache.entries.keys());
		this.reading = new Reading(context);
	}

	/** @param seen the probe that found the repository; nothing has been read since */
	async run(seen: Probe): Promise<SyncOutcome> {
		const { reading } = this;
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
			await reading.read(reading.unfinished());
			// What was edited while all that was read has a later time than the watermark.
			latest = await this.probe();
			if (!sameRepositoryId(latest, seen)) {
				// Another repository has taken the name meanwhile: the next run finds out and starts anew.
				throw new TransientError(this.context.ref.host, 'body', undefined);
			}
			await this.adopt(latest);
		}
		changed = (await this.tryRefused()) || changed;
		changed = reading.tookOver(await adoptStandings(this.context, [...latest.open.fingerprints, ...latest.watched])) || changed;
		const threads = await adoptThreads(this.context, latest.threads);
		changed = reading.tookOver(threads.stored) || changed;
		const moved = await movedSince(this.context, reading, latest, since);
		changed = (await reading.read([...moved, ...threads.others, ...reading.unfinished(), ...this.doubtedEntries()])) || changed;
		changed = (await reading.read(await openElsewhere(this.context, reading, latest))) || changed;
		changed = (await this.completeOlder()) || changed;
		const reconciliation = await reconcile(this.context, reading, latest);
		changed = (await this.fillUp()) || changed;
		changed = reading.tookOver(await askForMergeability(this.context, latest)) || changed;
		await fetchRestChecks(this.context);
		if (changed) {
			await readViewerTeams(this.context);
		}
		await this.commit(latest);
		noteUnread(this.context, latest);
		return this.outcome(anew ? 'full' : changed || reconciliation ? 'incremental' : 'unchanged', reconciliation);
	}

	/** What turned out to be gone leaves a place in the newest so many. */
	private async fillUp(): Promise<boolean> {
		const { cache, options } = this.context;
		if (coversWindow(cache.state.listing, cache.entries.values(), options)) {
			return false;
		}
		await listPullRequests(this.context);
		return this.reading.read(this.reading.unfinished());
	}

	/** What an earlier release did not ask for. */
	private async completeOlder(): Promise<boolean> {
		const older = this.reading.unlessVanished(olderRecords(this.context.cache, this.context.options));
		await this.reading.read(await completeOlder(this.context, older));
		return older.length > 0;
	}

	private doubtedEntries(): CacheEntry[] {
		const { entries } = this.context.cache;
		return this.doubted.length > MOST_DOUBTED ? [] : this.doubted.flatMap((number) => entries.get(number) ?? []);
	}

	async probe(): Promise<Probe> {
		const { cache, client } = this.context;
		this.context.progress({ phase: 'probing', done: 0, total: 0 });
		// Where fewer can be asked for at a time, the first page shows fewer too.
		const { targets, threadsFrom } = threadsInTurn(cache, this.context.dialect);
		const { turns, ...seen } = await probe(this.context, (size) => watched(cache, client.budget.serverNow(), size), targets);
		const probeSize = this.context.probeBatch.size;
		const { state } = cache;
		const viewer = seen.viewer === null || seen.viewer === state.viewer?.login ? state.viewer : { login: seen.viewer, teams: null };
		const next = { ...turns, threadsFrom, probeSize, viewer, teamsReadAt: viewer?.login === state.viewer?.login ? state.teamsReadAt : 0 };
		if ((Object.keys(next) as (keyof typeof next)[]).some((name) => next[name] !== state[name])) {
			await cache.update(next);
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
		return this.outcome('unchanged');
	}

	/** What was refused may be allowed by now: for each part one pull request tells, and the others follow only then. */
	private async tryRefused(): Promise<boolean> {
		const { cache, dialect, options } = this.context;
		const isWaiting = (entry: CacheEntry) => readableNow(entry, dialect, options.checkRuns !== false).length > 0;
		// Mostly there are none, and then nothing has to be put in order.
		const waiting = [...cache.entries.values()].some(isWaiting) ? inWindow(cache.entries.values(), options).filter(isWaiting) : [];
		const scouts = new Map<WithheldPart, CacheEntry>();
		for (const entry of waiting) {
			readableNow(entry, dialect, options.checkRuns !== false).filter((part) => !scouts.has(part)).forEach((part) => scouts.set(part, entry));
		}
		await this.reading.read([...scouts.values()]);
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
			// The rows need records anew that waited for a label: which of these can't be read has to show before it is asked what is missing.
			await this.context.followed();
			return differs;
		}
		if (cache.state.id !== seen.id) {
			await cache.update({ id: seen.id });
		}
		return false;
	}

	/** The last step: only now is everything up to the watermark stored, or durably queued in the cache. */
	private async commit(seen: Probe): Promise<void> {
		const { cache, client } = this.context;
		// An unreadable pull request that is stored is queued by its old state; one that is not would be forgotten.
		const forgotten = [...this.reading.unreadable].some((number) => !cache.entries.has(number));
		// The pull request that was updated last may be gone: that takes nothing back.
		const watermark = seen.watermark > (cache.state.watermark ?? '') ? seen.watermark : cache.state.watermark;
		await cache.update({
			extent: widest(cache, extentOf(this.context.options)),
			...(forgotten ? {} : { watermark, pendingWatermark: null }),
			...(awaitingRenewal(cache).every(({ number }) => this.reading.fetched.has(number)) ? { renewal: null } : {}),
			...nextPages(cache.state, seen),
			repo_pushed_at: seen.pushedAt,
			totalCount: seen.totalCount,
			syncedAt: instant(client.budget.serverNow()),
		});
		await this.context.stored();
	}

	private outcome(mode: SeedMode, reconciliation?: Reconciliation): SyncOutcome {
		const { cache, options } = this.context;
		const { fetched, rechecked, removed, unreadable } = this.reading;
		const stored = [...cache.entries.keys()];
		return {
			mode,
			added: stored.filter((number) => !this.known.has(number)),
			updated: stored.filter((number) => this.known.has(number) && (fetched.has(number) || rechecked.has(number))),
			removed: [...removed].filter((number) => this.known.has(number)),
			unreadable: [...unreadable],
			withheld: reconciliation?.withheld ?? 0,
			compared: options.verify === true && reconciliation ? reconciliation.compared : null,
		};
	}
}
