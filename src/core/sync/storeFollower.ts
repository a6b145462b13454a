import { createHash } from 'node:crypto';
import type { JournalChange, RepositoryCache } from '../cache/repositoryCache';
import { isBoolean, isCount, isText, nullOr, shaped } from '../model/guards';
import type { PullRequest } from '../model/pullRequest';
import { parseRepository } from '../model/repository';
import type { RepositoryChange, Store } from '../store/store';
import { OutOfStepError, StoreStoppedError } from '../store/storeErrors';

/** How far the database has followed a repository's cache. */
export interface Followed {
	file: string;
	size: number;
	/** What tells the labels in the database from others; `null` before there are any. */
	labels: string | null;
	milestones: string | null;
	/** {@link CacheState.restored} */
	restored: number;
	/** Rows that this journal does not know have been dropped. */
	alone: boolean;
}

/** What goes into one transaction: to parse it and hand it over takes some milliseconds of the thread. */
const BATCH = { pullRequests: 50, bytes: 512 * 1024 };
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
	/** Of the rows as they were left here; `undefined` before there are any. */
	private revision: string | undefined;
	private readonly digests = new WeakMap<object, string>();
	/** The step that {@link followBehind} left running. */
	private behind = Promise.resolve();

	constructor(
		private readonly cache: RepositoryCache,
		private readonly store: Store,
	) {}

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

	/** Begins anew, from what the database says of itself, when rows that were taken in are gone again. */
	private async catchUp(): Promise<void> {
		for (let attempt = 1; ; attempt++) {
			try {
				await this.step();
				return;
			} catch (error) {
				if (!(error instanceof OutOfStepError || error instanceof StoreStoppedError) || attempt === ATTEMPTS) {
					throw error;
				}
				this.followed = undefined;
				this.revision = undefined;
			}
		}
	}

	private async step(): Promise<void> {
		const { state, position } = this.cache;
		if (state.id === null) {
			return;
		}
		this.followed ??= await this.stored(state.id);
		const { followed } = this;
		const labels = state.labelsRead === null ? (followed?.labels ?? null) : this.digestOf(state.labels);
		const milestones = state.milestonesRead === null ? (followed?.milestones ?? null) : this.digestOf(state.milestones);
		const changed = {
			...(labels === null || labels === followed?.labels ? {} : { labels: state.labels }),
			...(milestones === null || milestones === followed?.milestones ? {} : { milestones: state.milestones }),
		};
		// What was dropped from the rows and came back is in the records alone.
		const since = followed?.restored === state.restored ? followed : undefined;
		if (Object.keys(changed).length === 0 && since?.file === position.file && since.size === position.size && !this.hasNews()) {
			return;
		}
		await this.apply(changed, followed);
		let alone = followed?.file === position.file && followed.alone;
		if (!alone && state.listing.complete && state.watermark !== null) {
			await this.dropStrangers(state.id, followed);
			alone = true;
		}
		const now = { ...position, labels, milestones, restored: state.restored, alone };
		await this.applyChanges(since, now);
		this.followed = now;
		this.syncedAt = state.syncedAt;
	}

	/**
	 * The first complete sync shows in the database; a later one together with changed rows, or once what it says of
	 * its age is too far from the truth: with every one the whole file would be written for a time alone.
	 */
	private hasNews(): boolean {
		const { syncedAt } = this.cache.state;
		return syncedAt !== null && (this.syncedAt === null || this.syncedAt === undefined || Date.parse(syncedAt) - Date.parse(this.syncedAt) > AGE_MAY_BE_OFF_MS);
	}

	/** What was added to the journal; the next batch is read while the database takes in the one before. */
	private async applyChanges(followed: Followed | undefined, now: Followed): Promise<void> {
		let applying = Promise.resolve();
		let batch: JournalChange[] = [];
		let bytes = 0;
		for await (const change of this.cache.changesSince(followed, now)) {
			batch.push(change);
			bytes += change.bytes;
			if (batch.length === BATCH.pullRequests || bytes >= BATCH.bytes) {
				await applying;
				applying = this.apply(this.rowsOf(batch), followed);
				// Awaited above, or below.
				applying.catch(() => undefined);
				batch = [];
				bytes = 0;
			}
		}
		await applying;
		await this.apply(this.rowsOf(batch), now);
	}

	private async stored(nodeId: string): Promise<Followed | undefined> {
		const row = await this.store.standing({ host: this.cache.state.host, nodeId });
		this.syncedAt = row?.syncedAt ?? null;
		this.revision = row?.revision;
		const renamed = row !== undefined && row.nameWithOwner !== this.cache.state.nameWithOwner;
		return row?.cachePosition && !renamed ? followedOf(row.cachePosition) : undefined;
	}

	/** Of labels or milestones: the same for the same ones, whichever cache they were read into. */
	private digestOf(list: readonly object[]): string {
		const digest = this.digests.get(list) ?? createHash('sha256').update(JSON.stringify(list)).digest('base64url');
		this.digests.set(list, digest);
		return digest;
	}

	/** Rows of pull requests that a complete cache does not know. */
	private async dropStrangers(nodeId: string, followed: Followed | undefined): Promise<void> {
		const { entries, state } = this.cache;
		const removed: number[] = [];
		let page: number[];
		let after = 0;
		do {
			page = await this.store.pullRequestNumbers({ host: state.host, nodeId }, { after, limit: NUMBERS });
			removed.push(...page.filter((number) => !entries.has(number)));
			after = page.at(-1) ?? after;
		} while (page.length === NUMBERS);
		await this.apply({ removed }, followed);
	}

	private async apply(rows: Omit<RepositoryChange, 'repository'>, followed: Followed | undefined): Promise<void> {
		const { state } = this.cache;
		this.revision = await this.store.apply({
			...(this.revision === undefined ? {} : { basis: this.revision }),
			repository: {
				ref: parseRepository(state.nameWithOwner, state.host),
				nodeId: state.id ?? '',
				pushedAt: state.repo_pushed_at,
				syncedAt: state.syncedAt,
				cachePosition: followed ? JSON.stringify(followed) : null,
			},
			...rows,
		});
	}

	private rowsOf(changes: readonly JournalChange[]): Omit<RepositoryChange, 'repository'> {
		const dropped = new Set(this.cache.state.dropped);
		return {
			pullRequests: changes.flatMap(({ record }) => (record ? [this.asOfNow(record.pullRequest, dropped)] : [])),
			removed: changes.flatMap(({ removed }) => (removed === undefined ? [] : [removed])),
		};
	}

	/** A record is as it was read; since then the repository may have been renamed, and labels or milestones deleted. */
	private asOfNow(pullRequest: PullRequest, dropped: ReadonlySet<string>): PullRequest {
		const { details, labelIds, milestoneId, url } = pullRequest;
		const { nameWithOwner } = this.cache.state;
		return {
			...pullRequest,
			details: details && { ...details, linkedIssues: details.linkedIssues.map((issue) => ({ ...issue, repository: issue.repository ?? nameWithOwner })) },
			labelIds: labelIds.filter((id) => !dropped.has(id)),
			milestoneId: milestoneId !== null && dropped.has(milestoneId) ? null : milestoneId,
			url: url.replace(/\/[^/]+\/[^/]+\/pull\/(\d+)$/, `/${nameWithOwner}/pull/$1`),
		};
	}
}

const isFollowed = shaped<Followed>({ file: isText, size: isCount, labels: nullOr(isText), milestones: nullOr(isText), restored: isCount, alone: isBoolean });

/** Reads a repository's {@link RepositoryRow.cachePosition}; `undefined` for what was not written here: then everything is applied again. */
export function followedOf(text: string): Followed | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isFollowed(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
