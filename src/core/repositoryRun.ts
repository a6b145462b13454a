import { sameRepository, type CacheFolders } from './cache/cacheFolders';
import { openCache } from './cache/openRepositoryCache';
import type { RepositoryCache } from './cache/repositoryCache';
import { storedState } from './cache/storedState';
import type { GithubClient } from './github/client';
import { Dialect } from './github/dialect';
import { PAGE_SIZE } from './github/selections';
import type { Clock } from './model/clock';
import { HumanError } from './model/humanError';
import type { Check } from './model/pullRequest';
import type { Refusals, WithheldPart } from './model/refusal';
import { nameWithOwner, parseRepository, type RepositoryRef } from './model/repository';
import { inEnglish, sentence, type Sentence } from './model/sentence';
import type { Store } from './store/store';
import { AdaptiveBatch } from './sync/adaptiveBatch';
import { Governor } from './sync/governor';
import { withLease } from './sync/lease';
import { partialNumbers, pendingNumbers } from './sync/incomplete';
import { sameRepositoryId, type Probe } from './sync/probe';
import { RepositorySync, type SyncOutcome } from './sync/repositorySync';
import type { SeedOptions } from './sync/seedOptions';
import { renewalFor } from './sync/renewal';
import { mendedNotes } from './sync/mendedNotes';
import { refusalNotes } from './sync/refusalNotes';
import type { RepositoryReport, SeedNote, SeedProgress } from './sync/seedReport';
import { StoreFollower } from './sync/storeFollower';
import type { SyncContext } from './sync/syncContext';
import { inWindow, optionsFor } from './sync/window';

export interface RepositoryRunOptions {
	ref: RepositoryRef;
	options: SeedOptions;
	client: GithubClient;
	/** Of the cache to use. */
	folders: CacheFolders;
	/** Of the lease, which is on disk whatever the cache is in. */
	leases: CacheFolders;
	store: Store;
	/** What other runs have learned of the host, by token; this one adds to it. */
	hostRefusals: Map<string, Refusals>;
	clock: Clock;
	log: (line: string) => void;
	onProgress?: (progress: SeedProgress) => void;
	signal?: AbortSignal;
	/** See {@link SeedService.seed}. */
	ready?: Promise<unknown>;
}

const DEFAULT_MAX_WAIT_MS = 60 * 60 * 1000;
/** GitHub allows 100 nodes by id; more than 50 full pull requests are likely to run into its 10 s limit. */
const MAX_BATCH = 50;
/** As many as 100 pull requests with a page of checks each. */
const MAX_CHECKS = 10_000;
/** A repository is renamed now and then, not each time that somebody looks. */
const MAX_RENAMES = 3;

/** One run over one repository: lease, cache, sync, database, report. */
export class RepositoryRun {
	/** By their English words, so that each is told once. */
	private readonly notes = new Map<string, SeedNote>();
	private readonly withheld = new Set<WithheldPart>();
	private readonly seenChecks = new Set<Check['kind']>();
	private mended: number[] = [];
	/** What it was asked to do, with the extent that holds. */
	private options: SeedOptions;
	private readonly startedAt: number;
	private readonly governor: Governor;
	/** Where it stands, waits aside. */
	private progress: SeedProgress;

	private constructor(
		private readonly job: RepositoryRunOptions,
		private readonly dialect: Dialect,
	) {
		this.options = job.options;
		this.startedAt = job.clock.steady();
		this.progress = { nameWithOwner: nameWithOwner(job.ref), phase: 'probing', done: 0, total: 0 };
		this.governor = this.makeGovernor();
	}

	/** @throws LeaseHeldError, StorageError, CancelledError, or one of the errors of `github/errors.ts` */
	static async run(job: RepositoryRunOptions): Promise<RepositoryReport> {
		return new RepositoryRun(job, new Dialect(await job.client.tokenKey())).run();
	}

	private async run(): Promise<RepositoryReport> {
		let { ref } = this.job;
		for (let renames = 0; renames <= MAX_RENAMES; renames++) {
			const outcome = await this.underLease(ref);
			if ('mode' in outcome) {
				return outcome;
			}
			ref = outcome;
		}
		throw new HumanError(
			sentence('{0} names another repository each time it is asked for {1}. Use the name that its page shows.', ref.host, nameWithOwner(this.job.ref)),
		);
	}

	/** The report; or the repository's present name, under which to try again. */
	private async underLease(ref: RepositoryRef): Promise<RepositoryReport | RepositoryRef> {
		const { folders, leases, options } = this.job;
		try {
			return await withLease(leases, ref, this.job.log, (files) =>
				this.runUnder(ref, options.noCache === true ? folders : folders.with(files)),
			);
		} finally {
			// Neither a misspelt name nor a former one leaves anything behind.
			await leases.tidy(ref);
		}
	}

	private async runUnder(ref: RepositoryRef, folders: CacheFolders): Promise<RepositoryReport | RepositoryRef> {
		const { store } = this.job;
		const cache = await openCache(folders, ref, this.job.log, (said) => this.note(said));
		const options = (this.options = optionsFor(this.job.options, cache));
		if (options.refresh !== true) {
			const now = this.job.client.budget.serverNow();
			this.dialect.recall(cache.state.refusals, now);
			this.dialect.recall(this.job.hostRefusals.get(this.dialect.token) ?? null, now);
		}
		const follower = new StoreFollower(cache, store);
		const sync = new RepositorySync(this.context(ref, cache, follower));
		const seen = await sync.probe();
		await this.job.ready;
		const found = parseRepository(seen.nameWithOwner, ref.host);
		if (!sameRepository(ref, found)) {
			await this.moveCache(ref, found, cache, seen);
			return found;
		}
		if (!sameRepositoryId(cache.state, seen) && (await this.takeFormerCache(ref, seen))) {
			return found;
		}
		if (options.clear) {
			await store.removeRepository(found);
		}
		await this.adopt(cache, seen);
		try {
			await (options.verify === true ? this.compare(follower) : follower.follow());
			return this.report(cache, await new RepositorySync(this.context(ref, cache, follower), this.mended).run(seen));
		} finally {
			await this.conclude(cache, follower);
		}
	}

	/** Undoes what other tools have done to the database, and tells of it. */
	private async compare(follower: StoreFollower): Promise<void> {
		const compared = await follower.compare();
		this.mended = compared.numbers;
		mendedNotes(compared).forEach((said) => this.note(said));
	}

	/** A renamed repository takes its cache along, unless there is one under the new name already. */
	private async moveCache(from: RepositoryRef, to: RepositoryRef, cache: RepositoryCache, seen: Probe): Promise<void> {
		const { folders } = this.job;
		this.note(sentence('{0} is called {1} now.', nameWithOwner(from), seen.nameWithOwner));
		if (!sameRepositoryId(cache.state, seen)) {
			return;
		}
		await withLease(folders, to, this.job.log, async () => {
			const there = await openCache(folders, to, this.job.log);
			if (!sameRepositoryId(there.state, seen)) {
				await folders.move(from, to);
			}
		});
	}

	/** Finds the cache of a repository that was stored under another name; `true` when it lies under this one now. */
	private async takeFormerCache(ref: RepositoryRef, seen: Probe): Promise<boolean> {
		const { folders } = this.job;
		for (const former of await folders.list()) {
			const state = former.host === ref.host && !sameRepository(former, ref) ? await storedState(folders, former) : undefined;
			if (state && state.id !== null && sameRepositoryId(state, seen)) {
				this.note(sentence('{0} is called {1} now.', nameWithOwner(former), seen.nameWithOwner));
				await withLease(folders, former, this.job.log, () => folders.move(former, ref));
				await folders.tidy(former);
				return true;
			}
		}
		return false;
	}

	/** Makes the cache that of the repository which the probe found; another one under the same name starts anew. */
	private async adopt(cache: RepositoryCache, seen: Probe): Promise<void> {
		const another = cache.state.id !== null && !sameRepositoryId(cache.state, seen);
		if (another) {
			this.note(sentence('Another repository is called {0} now; it starts anew.', seen.nameWithOwner));
		}
		if (another) {
			await cache.reset();
		} else if (this.options.refresh === true && cache.entries.size > 0) {
			await cache.update({ renewal: renewalFor(this.options, this.job.client.budget.serverNow()) });
		}
		const { id, databaseId, nameWithOwner: name } = cache.state;
		if (id === null || databaseId !== (seen.databaseId ?? databaseId) || name !== seen.nameWithOwner) {
			// An id in another form waits for the labels and milestones that go with it.
			await cache.update({ id: id ?? seen.id, databaseId: seen.databaseId ?? databaseId, nameWithOwner: seen.nameWithOwner });
		}
	}

	/** However a run ended, what it stored is kept, and the next one opens quickly. */
	private async conclude(cache: RepositoryCache, follower: StoreFollower): Promise<void> {
		const { refusals } = this.dialect;
		this.job.hostRefusals.set(this.dialect.token, ofHost(refusals));
		if (JSON.stringify(refusals) !== JSON.stringify(cache.state.refusals)) {
			await cache.update({ refusals });
		}
		// First the cache: it refuses when somebody else has taken over, and then the rows are theirs to save.
		await cache.checkpoint();
		// What is in no cache on disk is lost if it is not saved; the rest follows from there, and is saved with other repositories.
		await (this.job.options.noCache === true ? follower.save() : follower.follow());
	}

	private context(ref: RepositoryRef, cache: RepositoryCache, follower: StoreFollower): SyncContext {
		const { client, onProgress } = this.job;
		const { options } = this;
		return {
			ref,
			client,
			governor: this.governor,
			dialect: this.dialect,
			cache,
			options,
			batch: new AdaptiveBatch(cache.state.batchSize, MAX_BATCH),
			checksBatch: new AdaptiveBatch(cache.state.checksBatchSize, MAX_CHECKS),
			probeBatch: new AdaptiveBatch(cache.state.probeSize, PAGE_SIZE),
			stored: () => follower.followBehind(),
			followed: () => follower.follow(),
			progress: (progress) => {
				this.progress = { nameWithOwner: nameWithOwner(ref), ...progress };
				onProgress?.(this.progress);
			},
			withheld: this.withheld,
			seenChecks: this.seenChecks,
			note: (said) => this.note(said),
		};
	}

	private note(said: Sentence, action?: SeedNote['action']): void {
		this.notes.set(inEnglish(said), { said, ...(action === undefined ? {} : { action }) });
	}

	private makeGovernor(): Governor {
		const { client, clock, log, onProgress, options, ref, signal } = this.job;
		return new Governor({
			clock,
			budget: client.budget,
			dialect: this.dialect,
			waitForReset: options.waitForReset ?? true,
			maxWaitMs: options.maxWaitMs ?? DEFAULT_MAX_WAIT_MS,
			random: Math.random,
			signal,
			onWait: (wait) => {
				if (wait) {
					log(`${nameWithOwner(ref)}: waiting until ${new Date(wait.until).toISOString()} (${wait.reason})`);
					onProgress?.({ nameWithOwner: nameWithOwner(ref), phase: 'waiting', done: 0, total: 0, pausedUntil: wait.until, pauseReason: wait.reason });
				} else {
					// The next word comes with the next answer only: until then it would look paused.
					onProgress?.(this.progress);
				}
			},
		});
	}

	private report(cache: RepositoryCache, outcome: SyncOutcome): RepositoryReport {
		const { graphql, rest, notModified, points } = this.job.client.spent;
		if (outcome.unreadable.length > 0) {
			const { length } = outcome.unreadable;
			this.note(
				length === 1
					? sentence('1 pull request could not be read this time; the next run asks again.')
					: sentence('{0} pull requests could not be read this time; the next run asks again.', length),
			);
		}
		const { client, ref } = this.job;
		refusalNotes({ dialect: this.dialect, host: ref.host, isFineGrained: client.isFineGrained, withheld: this.withheld, seenChecks: this.seenChecks }).forEach(({ said, action }) => this.note(said, action));
		const window = new Set(inWindow(cache.entries.values(), this.options).map(({ number }) => number));
		return {
			nameWithOwner: cache.state.nameWithOwner,
			mode: outcome.mode,
			pullRequests: window.size,
			totalCount: cache.state.listing.complete ? null : cache.state.totalCount,
			added: outcome.added.filter((number) => window.has(number)).length,
			updated: outcome.updated.filter((number) => window.has(number)).length,
			removed: outcome.removed.length,
			partial: partialNumbers(cache).filter((number) => window.has(number)),
			pending: pendingNumbers(cache),
			unreadable: outcome.unreadable,
			withheld: outcome.withheld,
			compared: outcome.compared,
			mended: this.mended,
			requests: { graphql, rest, notModified },
			points,
			waitedMs: this.governor.waitedMs,
			durationMs: this.job.clock.steady() - this.startedAt,
			notes: [...this.notes.values()],
		};
	}
}

/** Schema and scopes are the same for all of a host's repositories; permissions are given for each. */
function ofHost({ token, items }: Refusals): Refusals {
	return { token, items: items.filter(({ why }) => why !== 'permission') };
}
