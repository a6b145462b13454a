import * as vscode from 'vscode';
import type { Credentials } from '../../core/github/credentials';
import type { RateBudget } from '../../core/github/rateBudget';
import type { Clock } from '../../core/model/clock';
import { CancelledError, HumanError } from '../../core/model/humanError';
import { nameWithOwner, repositoryKey, type RepositoryRef } from '../../core/model/repository';
import type { SeedService } from '../../core/seedService';
import type { SeedOptions } from '../../core/sync/seedOptions';
import type { RepositoryReport, SeedProgress } from '../../core/sync/seedReport';
import { editorLocalizer } from '../editorLocalizer';
import type { GitHubSessions } from '../auth/gitHubSessions';
import type { Settings } from '../settings';
import { ProgressNotification } from './progressNotification';

/** What is going on right now, for the status bar and the welcome texts. */
export interface SeedActivity {
	/** The latest word of each running seed, by repository key; `undefined` before its first. */
	running: ReadonlyMap<string, SeedProgress | undefined>;
	/** The budget of the account that was used last; `undefined` before the first seed. */
	budget: RateBudget | undefined;
	/** What the last seed ended with, when it failed. */
	lastFailure: Error | undefined;
}

/**
 * Runs seeds with their notification. Inside a window a repository is seeded once at a time:
 * a second request joins the first.
 */
export class SeedRunner implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly ended = new vscode.EventEmitter<void>();
	private readonly seeds = new Map<string, Promise<RepositoryReport>>();
	private readonly progress = new Map<string, SeedProgress | undefined>();
	/** What is under way in the core, with the way to stop it. */
	private readonly working = new Map<AbortController, Promise<unknown>>();
	private budget: RateBudget | undefined;
	private budgetSubscription: { dispose(): void } | undefined;
	private lastFailure: Error | undefined;

	/** {@link activity} is another now. */
	readonly onDidChange = this.changed.event;

	/** A seed has ended, whoever asked for it. */
	readonly onDidEnd = this.ended.event;

	constructor(
		private readonly service: () => Promise<SeedService>,
		private readonly sessions: Pick<GitHubSessions, 'ask'>,
		private readonly settings: Pick<Settings, 'seedOptions'>,
		private readonly clock: Pick<Clock, 'now'>,
		/** Frees a repository that is synced without a person. */
		private readonly makeWay: (ref: RepositoryRef) => Promise<void>,
	) {}

	get activity(): SeedActivity {
		return { running: this.progress, budget: this.budget, lastFailure: this.lastFailure };
	}

	/**
	 * Brings a repository up to date. It may ask the person to sign in.
	 * @param options what the settings say when absent
	 * @throws CancelledError, a HumanError, or whatever else stopped it; what was fetched is stored.
	 *   With options of its own a run can't join one that goes on already: it fails then.
	 */
	run(ref: RepositoryRef, options?: SeedOptions): Promise<RepositoryReport> {
		const key = repositoryKey(ref);
		const running = this.seeds.get(key);
		if (running) {
			return options === undefined ? running : Promise.reject(alreadyRunning(ref));
		}
		const seed = this.seed(ref, key, options ?? this.settings.seedOptions()).finally(() => {
			this.seeds.delete(key);
			this.progress.delete(key);
			this.changed.fire();
		});
		this.seeds.set(key, seed);
		return seed;
	}

	isRunning(ref: RepositoryRef): boolean {
		return this.seeds.has(repositoryKey(ref));
	}

	/** Shows this account's budget from now on. */
	follow(budget: RateBudget): void {
		if (budget !== this.budget) {
			this.budgetSubscription?.dispose();
			this.budget = budget;
			this.budgetSubscription = budget.onDidChange(() => this.changed.fire());
		}
	}

	/** How a seed ended, whoever asked for it: with `undefined`, or with what stopped it. */
	noteEnd(failure: unknown): void {
		this.lastFailure = failure instanceof CancelledError || !(failure instanceof Error) ? undefined : failure;
		this.changed.fire();
		this.ended.fire();
	}

	/** @throws HumanError while the repository is being seeded */
	assertFree(ref: RepositoryRef): void {
		if (this.isRunning(ref)) {
			throw alreadyRunning(ref);
		}
	}

	/** Stops what is running; resolves once it has stored what it fetched. A seed that waits for a sign-in is left to itself. */
	async stop(): Promise<void> {
		const working = [...this.working];
		for (const [abort] of working) {
			abort.abort();
		}
		await Promise.allSettled(working.map(([, work]) => work));
	}

	dispose(): void {
		this.budgetSubscription?.dispose();
		this.changed.dispose();
		this.ended.dispose();
	}

	private async seed(ref: RepositoryRef, key: string, options: SeedOptions): Promise<RepositoryReport> {
		try {
			const credentials = await this.sessions.ask(ref.host);
			await this.makeWay(ref);
			const service = await this.service();
			this.follow(service.budget(credentials));
			this.progress.set(key, undefined);
			this.changed.fire();
			const report = await vscode.window.withProgress(
				{ location: vscode.ProgressLocation.Notification, title: nameWithOwner(ref), cancellable: true },
				(progress, cancellation) => this.seedWith(service, ref, options, credentials, this.notification(progress), cancellation),
			);
			this.noteEnd(undefined);
			return report;
		} catch (error) {
			this.noteEnd(error);
			throw error;
		}
	}

	private async seedWith(
		service: SeedService,
		ref: RepositoryRef,
		options: SeedOptions,
		credentials: Credentials,
		notification: ProgressNotification,
		cancellation: vscode.CancellationToken,
	): Promise<RepositoryReport> {
		const abort = new AbortController();
		const subscription = cancellation.onCancellationRequested(() => abort.abort());
		const work = service.seed([ref], options, {
			credentials: () => Promise.resolve(credentials),
			onProgress: (progress) => {
				this.progress.set(repositoryKey(ref), progress);
				notification.show(progress);
				this.changed.fire();
			},
			signal: abort.signal,
		});
		this.working.set(abort, work);
		try {
			const report = await work;
			const [failure] = report.failures;
			const [done] = report.repositories;
			if (failure) {
				throw failure.error;
			}
			if (!done) {
				throw new CancelledError();
			}
			return done;
		} finally {
			this.working.delete(abort);
			subscription.dispose();
			notification.dispose();
		}
	}

	private notification(progress: vscode.Progress<{ message?: string; increment?: number }>): ProgressNotification {
		return new ProgressNotification({
			report: (step) => progress.report(step),
			limits: () => this.budget?.current,
			clock: this.clock,
			l10n: editorLocalizer,
		});
	}
}

function alreadyRunning(ref: RepositoryRef): HumanError {
	return new HumanError(
		vscode.l10n.t('{0} is being synced right now. Wait until that is done, or cancel it, then try again.', nameWithOwner(ref)),
	);
}
