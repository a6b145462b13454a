import { CacheFolders, sameRepository } from './cache/cacheFolders';
import { RepositoryCache } from './cache/repositoryCache';
import { memoryFiles } from './files/memoryFiles';
import { storageError } from './files/storageError';
import { GithubClient } from './github/client';
import type { Credentials } from './github/credentials';
import { Dialect } from './github/dialect';
import { isResumable, UnauthorizedError } from './github/errors';
import { RateBudget } from './github/rateBudget';
import { CancelledError } from './model/humanError';
import { nameWithOwner, parseRepository, type RepositoryRef } from './model/repository';
import type { CacheStatus, SeedService, SeedServiceOptions } from './seedService';
import { AdaptiveBatch } from './sync/adaptiveBatch';
import { Governor } from './sync/governor';
import type { Probe } from './sync/probe';
import { partialNumbers, RepositorySync, type SyncOutcome } from './sync/repositorySync';
import type { SeedOptions } from './sync/seedOptions';
import type { RepositoryReport, SeedReport } from './sync/seedReport';
import { StoreFollower } from './sync/storeFollower';
import type { SyncContext } from './sync/syncContext';
import { inWindow } from './sync/window';
import { withLease } from './sync/lease';

type SeedContext = Parameters<SeedService['seed']>[2];

const DEFAULT_MAX_WAIT_MS = 60 * 60 * 1000;
/** GitHub allows 100 nodes by id; more than 50 full pull requests ask for its 10 s limit. */
const MAX_BATCH = 50;

/** {@link SeedService} over GitHub, the PR cache and the database. */
export class Seeder implements SeedService {
	private readonly budgets = new Map<string, RateBudget>();

	constructor(private readonly options: SeedServiceOptions) {}

	async seed(refs: RepositoryRef[], options: SeedOptions, context: SeedContext): Promise<SeedReport> {
		const report: SeedReport = { repositories: [], failures: [], rateLimit: { graphql: null, rest: null } };
		for (const ref of refs) {
			try {
				const credentials = await context.credentials(ref.host);
				const budget = this.budget(credentials);
				try {
					report.repositories.push(await this.seedOne(ref, options, context, credentials));
				} finally {
					report.rateLimit = budget.current;
				}
			} catch (thrown) {
				const error = asError(storageError(thrown));
				report.failures.push({ nameWithOwner: nameWithOwner(ref), error, resumable: isResumable(error) || error instanceof CancelledError });
				this.options.log(`${nameWithOwner(ref)}: ${error.message}`);
				if (error instanceof CancelledError || error instanceof UnauthorizedError) {
					break;
				}
			}
		}
		return report;
	}

	async status(ref?: RepositoryRef): Promise<CacheStatus[]> {
		const folders = new CacheFolders(this.options.files, this.options.storage);
		const found: CacheStatus[] = [];
		for (const known of await folders.list()) {
			if (ref && !sameRepository(ref, known)) {
				continue;
			}
			const cache = await this.openCache(folders, known);
			if (cache.state.id !== null) {
				found.push({
					host: known.host,
					nameWithOwner: cache.state.nameWithOwner,
					pullRequests: cache.entries.size,
					bytes: cache.bytes,
					syncedAt: cache.state.syncedAt,
					partial: partialNumbers(cache).length,
					resumable: cache.state.pendingWatermark !== null,
				});
			}
		}
		return found.sort((a, b) => a.nameWithOwner.localeCompare(b.nameWithOwner) || a.host.localeCompare(b.host));
	}

	async clear(ref: RepositoryRef): Promise<void> {
		const { files, storage, store } = this.options;
		const folders = new CacheFolders(files, storage);
		const folder = await folders.find(ref);
		await withLease(files, folder, nameWithOwner(ref), async () => {
			await store.removeRepository(ref);
			await store.save();
		});
		await files.remove(folder);
	}

	/** Puts everything that the cache holds into the database: after a database that was lost. */
	async restore(): Promise<number> {
		const folders = new CacheFolders(this.options.files, this.options.storage);
		const refs = await folders.list();
		for (const ref of refs) {
			await new StoreFollower(await this.openCache(folders, ref), this.options.store).follow();
		}
		await this.options.store.save();
		return refs.length;
	}

	budget({ host, account }: Pick<Credentials, 'host' | 'account'>): RateBudget {
		const key = `${host} ${account}`;
		let budget = this.budgets.get(key);
		if (!budget) {
			budget = new RateBudget(() => this.options.clock.now());
			this.budgets.set(key, budget);
		}
		return budget;
	}

	private async seedOne(ref: RepositoryRef, options: SeedOptions, context: SeedContext, credentials: Credentials): Promise<RepositoryReport> {
		const files = options.noCache ? memoryFiles() : this.options.files;
		const folders = new CacheFolders(files, this.options.storage);
		const folder = await folders.find(ref);
		try {
			return await withLease(files, folder, nameWithOwner(ref), () =>
				this.run({ ref, options, context, credentials, folders, startedAt: this.options.clock.now() }),
			);
		} finally {
			// A misspelt name leaves nothing behind.
			if ((await files.list(folder)).length === 0) {
				await files.remove(folder);
			}
		}
	}

	private async run(job: Job): Promise<RepositoryReport> {
		const { ref, options, context, credentials, folders } = job;
		const { store } = this.options;
		const notes = new Set<string>();
		if (options.clear) {
			await store.removeRepository(ref);
		}
		let cache = await this.openCache(folders, ref, notes);
		const client = new GithubClient({ credentials, ref, budget: this.budget(credentials), fetch: this.options.fetch });
		const dialect = new Dialect(cache.state.missingFields);
		const governor = this.governor(job, client, dialect);
		const contextOf = (ofCache: RepositoryCache, follower: StoreFollower): SyncContext => ({
			ref,
			client,
			governor,
			dialect,
			cache: ofCache,
			options,
			batch: new AdaptiveBatch(ofCache.state.batchSize, MAX_BATCH),
			stored: () => follower.follow(),
			progress: (progress) => context.onProgress?.({ nameWithOwner: nameWithOwner(ref), ...progress }),
			note: (text) => notes.add(text),
		});
		let follower = new StoreFollower(cache, store);
		const seen = await new RepositorySync(contextOf(cache, follower)).probe();
		cache = await this.settle(job, cache, seen, notes);
		follower = new StoreFollower(cache, store);
		const syncContext = contextOf(cache, follower);
		try {
			await follower.follow();
			const outcome = await new RepositorySync(syncContext).run(seen);
			return this.report(job, cache, client, governor, outcome, notes);
		} finally {
			await this.conclude(cache, follower, dialect);
		}
	}

	/** Makes the cache that of the repository which the probe found: it may have been renamed, or be another one. */
	private async settle({ ref, options, folders }: Job, cache: RepositoryCache, seen: Probe, notes: Set<string>): Promise<RepositoryCache> {
		const found = parseRepository(seen.nameWithOwner, ref.host);
		let settled = cache;
		if (!sameRepository(ref, found)) {
			notes.add(`${nameWithOwner(ref)} is called ${seen.nameWithOwner} now.`);
			const stored = await this.openCache(folders, found, notes);
			if (stored.state.id !== seen.id && cache.state.id === seen.id) {
				await folders.move(ref, found);
			}
			settled = await this.openCache(folders, found, notes);
		}
		if (settled.state.id !== null && settled.state.id !== seen.id) {
			notes.add(`Another repository is called ${seen.nameWithOwner} now; it starts anew.`);
			await settled.reset();
		} else if (options.refresh) {
			await settled.reset();
		}
		if (settled.state.id !== seen.id || settled.state.nameWithOwner !== seen.nameWithOwner) {
			await settled.update({ id: seen.id, nameWithOwner: seen.nameWithOwner });
		}
		return settled;
	}

	/** However a run ended, what it stored is kept, and the next one opens quickly. */
	private async conclude(cache: RepositoryCache, follower: StoreFollower, dialect: Dialect): Promise<void> {
		if (dialect.missingFields.length !== cache.state.missingFields.length) {
			await cache.update({ missingFields: dialect.missingFields });
		}
		await follower.follow();
		await this.options.store.save();
		await cache.checkpoint();
	}

	private governor({ options, context, ref }: Job, client: GithubClient, dialect: Dialect): Governor {
		return new Governor({
			clock: this.options.clock,
			budget: client.budget,
			dialect,
			waitForReset: options.waitForReset ?? true,
			maxWaitMs: options.maxWaitMs ?? DEFAULT_MAX_WAIT_MS,
			random: Math.random,
			signal: context.signal,
			onWait: (wait) => {
				if (wait) {
					this.options.log(`${nameWithOwner(ref)}: waiting until ${new Date(wait.until).toISOString()} (${wait.reason})`);
					context.onProgress?.({ nameWithOwner: nameWithOwner(ref), phase: 'waiting', done: 0, total: 0, pausedUntil: wait.until, pauseReason: wait.reason });
				}
			},
		});
	}

	private report(job: Job, cache: RepositoryCache, client: GithubClient, governor: Governor, outcome: SyncOutcome, notes: Set<string>): RepositoryReport {
		const { graphql, rest, notModified, points } = client.spent;
		if (outcome.unreadable.length > 0) {
			notes.add(`${outcome.unreadable.length} pull requests could not be read this time; the next run asks for them again.`);
		}
		return {
			nameWithOwner: cache.state.nameWithOwner,
			mode: outcome.mode,
			pullRequests: inWindow(cache.entries.values(), job.options).length,
			added: outcome.added.length,
			updated: outcome.updated.length,
			removed: outcome.removed.length,
			partial: partialNumbers(cache),
			requests: { graphql, rest, notModified },
			points,
			waitedMs: governor.waitedMs,
			durationMs: this.options.clock.now() - job.startedAt,
			notes: [...notes],
		};
	}

	private async openCache(folders: CacheFolders, ref: RepositoryRef, notes?: Set<string>): Promise<RepositoryCache> {
		return RepositoryCache.open(folders.files, await folders.find(ref), { host: ref.host, nameWithOwner: nameWithOwner(ref) }, (message) => {
			this.options.log(message);
			notes?.add(message);
		});
	}
}

interface Job {
	ref: RepositoryRef;
	options: SeedOptions;
	context: SeedContext;
	credentials: Credentials;
	folders: CacheFolders;
	startedAt: number;
}

function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}
