import { join } from 'node:path';
import { CacheFolders, sameRepository } from './cache/cacheFolders';
import { memoryFiles } from './files/memoryFiles';
import { storageError } from './files/storageError';
import { GithubClient } from './github/client';
import type { Credentials } from './github/credentials';
import { isResumable, UnauthorizedError } from './github/errors';
import { RateBudget } from './github/rateBudget';
import { asError, CancelledError, messageOf } from './model/humanError';
import type { Refusals } from './model/refusal';
import { nameWithOwner, parseRepository, repositoryKey, type RepositoryRef } from './model/repository';
import type { CacheStatus, ClearReport, SeedService, SeedServiceOptions } from './seedService';
import { RepositoryRun } from './repositoryRun';
import { openCache } from './cache/openRepositoryCache';
import { RunSaver } from './runSaver';
import { isDatabaseKeptAside } from './store/file/keptAside';
import { partialNumbers } from './sync/incomplete';
import type { SeedOptions } from './sync/seedOptions';
import type { RepositoryFailure, RepositoryReport, SeedReport } from './sync/seedReport';
import { StoreFollower } from './sync/storeFollower';
import { LeaseHeldError, withLease } from './sync/lease';

type SeedContext = Parameters<SeedService['seed']>[2];

/** {@link SeedService} over GitHub, the PR cache and the database. */
export class Seeder implements SeedService {
	private readonly budgets = new Map<string, RateBudget>();
	private readonly hostRefusals = new Map<string, Refusals>();

	private readonly saver: RunSaver;

	constructor(private readonly options: SeedServiceOptions) {
		this.saver = new RunSaver(options.store, options.clock);
	}

	async seed(refs: RepositoryRef[], options: SeedOptions, context: SeedContext): Promise<SeedReport> {
		const report: SeedReport = { repositories: [], failures: [], rateLimit: { graphql: null, rest: null } };
		// Each repository is told of a failure when it comes to that.
		context.ready?.catch(() => undefined);
		let saving: Promise<void> | undefined;
		const save = () => (saving ??= this.saver.save(() => this.followAgain(refs)));
		for (const ref of refs) {
			try {
				const credentials = await context.credentials(ref.host);
				const budget = this.budget(credentials);
				try {
					const done = await this.seedOne(ref, options, context, credentials);
					if (ref === refs.at(-1)) {
						await save();
					}
					report.repositories.push(done);
					context.onEnd?.(done);
				} finally {
					report.rateLimit = budget.current;
				}
			} catch (thrown) {
				const failure = this.failure(ref, thrown);
				report.failures.push(failure);
				context.onEnd?.(failure);
				const { error } = failure;
				if (error instanceof CancelledError || error instanceof UnauthorizedError) {
					break;
				}
			}
		}
		// Where the last one failed, that is what is told; the others are in the cache, from which the next run follows.
		await save().catch((error: unknown) => this.options.log(messageOf(storageError(error))));
		return report;
	}

	async status(ref?: RepositoryRef): Promise<CacheStatus[]> {
		const folders = new CacheFolders(this.options.files, this.options.storage);
		const found: CacheStatus[] = [];
		for (const known of await folders.list()) {
			if (ref && !sameRepository(ref, known)) {
				continue;
			}
			const cache = await openCache(folders, known, this.options.log);
			if (cache.state.id !== null) {
				found.push({
					host: known.host,
					nameWithOwner: cache.state.nameWithOwner,
					pullRequests: cache.entries.size,
					totalCount: cache.state.listing.complete ? null : cache.state.totalCount,
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
		const { files, log, storage, store } = this.options;
		const folders = new CacheFolders(files, storage);
		await withLease(folders, ref, log, async () => {
			await store.removeRepository(ref);
			await store.save();
			await folders.empty(ref);
		});
		await folders.tidy(ref);
	}

	async clearAll(): Promise<ClearReport> {
		const { files, storage, store, log } = this.options;
		const rows = (await store.read.repositories()).map(({ host, nameWithOwner: name }) => parseRepository(name, host));
		const all = new Map([...(await new CacheFolders(files, storage).list()), ...rows].map((ref) => [repositoryKey(ref), ref]));
		const report: ClearReport = { cleared: [], failures: [] };
		for (const ref of all.values()) {
			try {
				await this.clear(ref);
				report.cleared.push(nameWithOwner(ref));
			} catch (thrown) {
				report.failures.push(this.failure(ref, thrown));
			}
		}
		for (const name of (await files.list(storage)).filter(isDatabaseKeptAside)) {
			await files.remove(join(storage, name));
			log(`${name} was removed.`);
		}
		return report;
	}

	/** Puts everything that the cache holds into the database: after a database that was lost. */
	async restore(except: RepositoryRef[] = []): Promise<number> {
		const { files, storage, store } = this.options;
		const folders = new CacheFolders(files, storage);
		let restored = 0;
		for (const ref of await folders.list()) {
			if (!except.some((one) => sameRepository(one, ref))) {
				restored += Number(await this.follow(folders, ref));
			}
		}
		await store.save();
		return restored;
	}

	/** Puts what a repository's cache holds into the database, unless somebody is at it. Resolves with whether it holds anything. */
	private async follow(folders: CacheFolders, ref: RepositoryRef): Promise<boolean> {
		const { log, store } = this.options;
		try {
			return await withLease(folders, ref, log, async (leased) => {
				const cache = await openCache(folders.with(leased), ref, log);
				await new StoreFollower(cache, store).follow();
				if (cache.unreadable.size > 0) {
					await cache.checkpoint();
					log(`${nameWithOwner(ref)}: ${cache.unreadable.size} of the stored pull requests could not be read from the cache. The next run fetches them again.`);
				}
				return cache.state.id !== null;
			});
		} catch (error) {
			if (!(error instanceof LeaseHeldError)) {
				throw error;
			}
			// Whoever syncs it puts it into the database too.
			log(error.message);
			return false;
		}
	}

	private async followAgain(refs: readonly RepositoryRef[]): Promise<void> {
		const folders = new CacheFolders(this.options.files, this.options.storage);
		for (const ref of refs) {
			await this.follow(folders, ref);
			await folders.tidy(ref);
		}
	}

	budget({ host, account }: Pick<Credentials, 'host' | 'account'>): RateBudget {
		const key = `${host} ${account}`;
		let budget = this.budgets.get(key);
		if (!budget) {
			budget = new RateBudget(this.options.clock);
			this.budgets.set(key, budget);
		}
		return budget;
	}

	private failure(ref: RepositoryRef, thrown: unknown): RepositoryFailure {
		const error = asError(storageError(thrown));
		this.options.log(`${nameWithOwner(ref)}: ${error.message}`);
		const passes = isResumable(error) || error instanceof CancelledError || error instanceof LeaseHeldError;
		return { nameWithOwner: nameWithOwner(ref), error, resumable: passes };
	}

	private async seedOne(ref: RepositoryRef, options: SeedOptions, context: SeedContext, credentials: Credentials): Promise<RepositoryReport> {
		const { clock, fetch, log, store } = this.options;
		const files = options.noCache ? memoryFiles() : this.options.files;
		const folders = new CacheFolders(files, this.options.storage);
		const leases = new CacheFolders(this.options.files, this.options.storage);
		const client = new GithubClient({ credentials, ref, budget: this.budget(credentials), fetch });
		const { hostRefusals } = this;
		return RepositoryRun.run({ ref, options, client, folders, leases, store, hostRefusals, clock, log, ...context });
	}
}
