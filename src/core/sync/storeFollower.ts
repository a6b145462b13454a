import type { CacheState } from '../cache/cacheState';
import type { JournalChange } from '../cache/journalEntry';
import type { RepositoryCache } from '../cache/repositoryCache';
import { parseRepository, type RepositoryRef } from '../model/repository';
import type { RepositoryChange } from '../store/write/repositoryChange';
import type { Viewer } from '../model/viewer';
import type { Store } from '../store/store';
import { BrokenRowsError, OutOfStepError, StoreStoppedError } from '../store/storeErrors';
import { catalogueDigest, incompleteLists } from './catalogueDigest';
import { followedOf, type Followed } from './followed';
import { awaitsLabel, batches, rowsOf } from './rowBatches';

/** What a comparison found to be other than in the cache; it is as there by now. */
export interface RowsCompared {
	/** Its own row was missing, and all of its rows were written again; what else is named was wrong even so. */
	repository: boolean;
	/** Numbers of pull requests, in their order. */
	numbers: number[];
	/** Labels, milestones or people. */
	catalogue: boolean;
}

/** Numbers read at once. */
const NUMBERS = 5_000;
/** How often it begins anew when the rows turn out to be others than it left. */
const ATTEMPTS = 3;

/** How much older the database may call itself than it is. */
const AGE_MAY_BE_OFF_MS = 60 * 60 * 1000;

/**
 * Keeps the database's rows of one repository in step with its cache. The cache is the source of truth;
 * the database notes how far it has followed, so that a run that died between the two loses nothing.
 */
export class StoreFollower {
	private followed: Followed | undefined;
	private syncedAt: string | null | undefined;
	/** Who signs in by what the database was told, or knows from before. */
	private viewer: Viewer | null;
	/** Of the rows as they were left here; `undefined` before there are any. */
	private revision: string | undefined;
	/** The step that {@link followBehind} left running. */
	private behind = Promise.resolve();

	constructor(
		private readonly cache: RepositoryCache,
		private readonly store: Store,
	) {
		this.viewer = cache.state.viewer;
	}

	/**
	 * Lets the database follow while the next request is on its way. Only the step before is waited for,
	 * so that the database is never more than one step behind; what that one failed with is thrown here.
	 */
	async followBehind(): Promise<void> {
		await this.behind;
		this.behind = this.catchUp();
		// Whoever comes next is told.
		this.behind.catch(() => undefined);
	}

	/** Applies what the cache has and the database has not. Quick when there is nothing. */
	async follow(): Promise<void> {
		// What was left running may have failed; here it is tried again.
		await this.behind.catch(() => undefined);
		await this.catchUp();
	}

	/** Follows, and puts on disk what the database has followed to. */
	async save(): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			await this.follow();
			try {
				await this.store.save();
				return;
			} catch (error) {
				if (!(error instanceof StoreStoppedError) || attempt === ATTEMPTS) {
					throw error;
				}
				this.followed = undefined;
			}
		}
	}

	/**
	 * Follows, then makes the rows what the cache holds wherever something else has changed them: slow, for every one is looked at.
	 * @returns what differed
	 */
	async compare(): Promise<RowsCompared> {
		const numbers = new Set<number>();
		let catalogue = false;
		const repository = await this.isMissing();
		await this.follow();
		await this.inStep(async () => {
			await this.step();
			const { state } = this.cache;
			if (state.id === null) {
				return;
			}
			const mend = async (rows: Omit<RepositoryChange, 'repository'>) => {
				const mended = await this.store.mend(this.changeOf(rows, this.followed));
				this.revision = mended.revision;
				mended.pullRequests.forEach((number) => numbers.add(number));
				catalogue ||= mended.catalogue;
			};
			await mend({ ...(state.labelsRead ? { labels: state.labels } : {}), ...(state.milestonesRead ? { milestones: state.milestones } : {}) });
			for await (const batch of batches(this.cache.changesSince(undefined))) {
				await mend({ pullRequests: rowsOf(batch, this.cache.state).pullRequests });
			}
			const strangers = this.knowsAll ? await this.strangers(state.id) : [];
			await mend({ removed: strangers });
			this.distrustUnread(state);
		});
		return { repository, numbers: [...numbers].sort((a, b) => a - b), catalogue };
	}

	/** Whether the database has nothing of what the cache holds. */
	private async isMissing(): Promise<boolean> {
		const { entries, state } = this.cache;
		return state.id !== null && entries.size > 0 && (await this.store.read.standing({ host: state.host, nodeId: state.id })) === undefined;
	}

	/** What the cache has not read yet could not be compared: it is written once it has been, whatever the database says that it holds. */
	private distrustUnread({ labelsRead, milestonesRead }: CacheState): void {
		this.followed &&= { ...this.followed, ...(labelsRead ? {} : { labels: null }), ...(milestonesRead ? {} : { milestones: null }) };
	}

	private catchUp(): Promise<void> {
		return this.inStep(() => this.step());
	}

	/**
	 * Begins anew, from what the database says of itself, when rows that were taken in are gone again; without any, when those
	 * that are there forbid what is to be written.
	 */
	private async inStep(work: () => Promise<void>): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				await work();
				return;
			} catch (error) {
				const passes = error instanceof OutOfStepError || error instanceof StoreStoppedError || error instanceof BrokenRowsError;
				if (!passes || attempt === ATTEMPTS) {
					throw error;
				}
				if (error instanceof BrokenRowsError) {
					await this.store.removeRepository(this.ref);
				}
				this.followed = undefined;
				this.revision = undefined;
			}
		}
	}

	private get ref(): RepositoryRef {
		const { nameWithOwner, host } = this.cache.state;
		return parseRepository(nameWithOwner, host);
	}

	/** Whether a pull request that the cache does not know is none. */
	private get knowsAll(): boolean {
		const { listing, watermark } = this.cache.state;
		return listing.complete && watermark !== null;
	}

	private async step(): Promise<void> {
		const { state, position } = this.cache;
		if (state.id === null) {
			return;
		}
		this.followed ??= await this.stored(state.id);
		const { followed } = this;
		const read = catalogueDigest(state);
		const changed = {
			...(read.labels === null || read.labels === followed?.labels ? {} : { labels: state.labels }),
			...(read.milestones === null || read.milestones === followed?.milestones ? {} : { milestones: state.milestones }),
		};
		const catalogue = { labels: read.labels ?? followed?.labels ?? null, milestones: read.milestones ?? followed?.milestones ?? null };
		// What was dropped from the rows and came back is in the records alone.
		const since = followed?.restored === state.restored ? followed : undefined;
		if (Object.keys(changed).length === 0 && since?.file === position.file && since.size === position.size && !this.hasNews()) {
			return;
		}
		if (Object.keys(changed).length > 0) {
			await this.apply(changed, followed);
		}
		const sameJournal = followed?.file === position.file;
		const waiting = sameJournal ? followed.waiting : [];
		if (changed.labels && waiting.length > 0) {
			const records = await this.cache.readAll(waiting);
			await this.apply(rowsOf([...records.values()].map((record) => ({ record })), this.cache.state), followed);
		}
		let alone = sameJournal && followed.alone;
		if (!alone && this.knowsAll) {
			await this.apply({ removed: await this.strangers(state.id) }, followed);
			alone = true;
		}
		this.followed = await this.applyChanges(since, { ...position, ...catalogue, restored: state.restored, alone, waiting }, state);
		this.syncedAt = state.syncedAt;
		this.viewer = state.viewer;
	}

	/**
	 * The first complete sync shows in the database; a later one together with changed rows, or once what it says of
	 * its age is too far from the truth, and who signs in: with every one the whole file would be written for a time alone.
	 */
	private hasNews(): boolean {
		const { syncedAt, viewer } = this.cache.state;
		const isOld = this.syncedAt === null || this.syncedAt === undefined || Date.parse(syncedAt ?? '') - Date.parse(this.syncedAt) > AGE_MAY_BE_OFF_MS;
		return viewer !== this.viewer || (syncedAt !== null && isOld);
	}

	/**
	 * What was added to the journal; the next batch is read while the database takes in the one before.
	 * @param catalogue the one that the database has
	 * @returns how far it is then
	 */
	private async applyChanges(followed: Followed | undefined, until: Followed, catalogue: Pick<CacheState, 'labels' | 'dropped'>): Promise<Followed> {
		const waiting = new Set(until.waiting);
		let applying = Promise.resolve();
		let last: JournalChange[] = [];
		for await (const batch of batches(this.cache.changesSince(followed, until))) {
			await applying;
			applying = last.length === 0 ? applying : this.apply(rowsOf(last, this.cache.state), followed);
			// Awaited above, or below.
			applying.catch(() => undefined);
			last = batch;
			for (const { record, removed } of batch) {
				if (record && awaitsLabel(record.pullRequest, catalogue)) {
					waiting.add(record.pullRequest.number);
				} else {
					waiting.delete(record?.pullRequest.number ?? removed ?? 0);
				}
			}
		}
		await applying;
		const now = { ...until, waiting: [...waiting] };
		await this.apply(rowsOf(last, this.cache.state), now);
		return now;
	}

	private async stored(nodeId: string): Promise<Followed | undefined> {
		const row = await this.store.read.standing({ host: this.cache.state.host, nodeId });
		this.syncedAt = row?.syncedAt ?? null;
		this.revision = row?.revision;
		const renamed = row !== undefined && row.nameWithOwner !== this.cache.state.nameWithOwner;
		return row?.cachePosition && !renamed ? followedOf(row.cachePosition) : undefined;
	}

	/** Pull requests with rows that the cache does not know. */
	private async strangers(nodeId: string): Promise<number[]> {
		const { entries, state } = this.cache;
		const found: number[] = [];
		let page: number[];
		let after = 0;
		do {
			page = await this.store.read.pullRequestNumbers({ host: state.host, nodeId }, { after, limit: NUMBERS });
			found.push(...page.filter((number) => !entries.has(number)));
			after = page.at(-1) ?? after;
		} while (page.length === NUMBERS);
		return found;
	}

	private async apply(rows: Omit<RepositoryChange, 'repository'>, followed: Followed | undefined): Promise<void> {
		this.revision = await this.store.apply(this.changeOf(rows, followed));
	}

	private changeOf(rows: Omit<RepositoryChange, 'repository'>, followed: Followed | undefined): RepositoryChange {
		const { state } = this.cache;
		return {
			...(this.revision === undefined ? {} : { basis: this.revision }),
			repository: {
				ref: this.ref,
				nodeId: state.id ?? '',
				pushedAt: state.repo_pushed_at,
				syncedAt: state.syncedAt,
				totalCount: state.listing.complete ? null : state.totalCount,
				cachePosition: followed ? JSON.stringify(followed) : null,
			},
			...(state.viewer && { viewer: state.viewer }),
			incomplete: incompleteLists(state),
			...rows,
		};
	}
}
