import type { JournalChange, RepositoryCache } from '../cache/repositoryCache';
import type { PullRequest } from '../model/pullRequest';
import { parseRepository } from '../model/repository';
import type { RepositoryChange, Store } from '../store/store';

/** How far the database has followed a repository's cache. */
interface Followed {
	file: string;
	size: number;
	/** {@link CacheState.catalogue} */
	catalogue: number;
	/** Rows that this journal does not know have been dropped. */
	alone: boolean;
}

/** How many pull requests go into one transaction: the thread is busy for its length. */
const BATCH = 50;

/**
 * Keeps the database's rows of one repository in step with its cache. The cache is the source of truth;
 * the database notes how far it has followed, so that a run that died between the two loses nothing.
 */
export class StoreFollower {
	private followed: Followed | undefined;
	private syncedAt: string | null | undefined;
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

	private async catchUp(): Promise<void> {
		const { state, position } = this.cache;
		if (state.id === null) {
			return;
		}
		this.followed ??= await this.stored(state.id);
		const { followed } = this;
		const sameCatalogue = followed?.catalogue === state.catalogue;
		if (sameCatalogue && followed.file === position.file && followed.size === position.size && !this.hasNews()) {
			return;
		}
		await this.apply(sameCatalogue ? {} : { labels: state.labels, milestones: state.milestones }, followed);
		let alone = followed?.file === position.file && followed.alone;
		if (!alone && state.listing.complete && state.watermark !== null) {
			await this.dropStrangers(state.id, followed);
			alone = true;
		}
		const now = { ...position, catalogue: state.catalogue, alone };
		let batch: JournalChange[] = [];
		for await (const change of this.cache.changesSince(followed, position)) {
			batch.push(change);
			if (batch.length === BATCH) {
				await this.apply(this.rowsOf(batch), followed);
				batch = [];
			}
		}
		await this.apply(this.rowsOf(batch), now);
		this.followed = now;
		this.syncedAt = state.syncedAt;
	}

	/** The first complete sync shows in the database; a later one only together with changed rows. */
	private hasNews(): boolean {
		return this.syncedAt === null && this.cache.state.syncedAt !== null;
	}

	private async stored(nodeId: string): Promise<Followed | undefined> {
		const row = (await this.store.repositories()).find((known) => known.host === this.cache.state.host && known.nodeId === nodeId);
		this.syncedAt = row?.syncedAt ?? null;
		const renamed = row !== undefined && row.nameWithOwner !== this.cache.state.nameWithOwner;
		return row?.cachePosition && !renamed ? (JSON.parse(row.cachePosition) as Followed) : undefined;
	}

	/** Rows of pull requests that a complete cache does not know. */
	private async dropStrangers(nodeId: string, followed: Followed | undefined): Promise<void> {
		const id = nodeId.replaceAll("'", "''");
		const { rows } = await this.store.query(
			`SELECT pr.number FROM pull_request AS pr JOIN repository ON repository.id = pr.repository_id WHERE repository.node_id = '${id}'`,
			{ rows: Number.MAX_SAFE_INTEGER },
		);
		const removed = rows.map(([number]) => Number(number)).filter((number) => !this.cache.entries.has(number));
		await this.apply({ removed }, followed);
	}

	private async apply(rows: Omit<RepositoryChange, 'repository'>, followed: Followed | undefined): Promise<void> {
		const { state } = this.cache;
		await this.store.apply({
			repository: {
				ref: parseRepository(state.nameWithOwner, state.host),
				nodeId: state.id ?? '',
				pushedAt: state.repo_pushed_at,
				syncedAt: state.syncedAt,
				cachePosition: followed ? JSON.stringify(followed) : null,
			},
			...rows,
		});
		// The thread belongs to others too: let them in between two transactions.
		await new Promise((resolve) => setTimeout(resolve, 0));
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
		const { labelIds, milestoneId, url } = pullRequest;
		return {
			...pullRequest,
			labelIds: labelIds.filter((id) => !dropped.has(id)),
			milestoneId: milestoneId !== null && dropped.has(milestoneId) ? null : milestoneId,
			url: url.replace(/\/[^/]+\/[^/]+\/pull\/(\d+)$/, `/${this.cache.state.nameWithOwner}/pull/$1`),
		};
	}
}
