import * as vscode from 'vscode';
import type { Credentials } from '../../core/github/credentials';
import type { RateBudget } from '../../core/github/rateBudget';
import { CancelledError } from '../../core/model/humanError';
import { nameWithOwner, repositoryKey, type RepositoryRef } from '../../core/model/repository';
import type { SeedService } from '../../core/seedService';
import type { RepositoryReport, SeedProgress } from '../../core/sync/seedReport';
import { editorLocalizer } from '../editorLocalizer';
import { progressPercent, progressText } from '../format/progressText';
import type { GitHubSessions } from '../auth/gitHubSessions';
import type { Settings } from '../settings';

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
	private readonly seeds = new Map<string, Promise<RepositoryReport>>();
	private readonly progress = new Map<string, SeedProgress | undefined>();
	/** What is under way in the core, with the way to stop it. */
	private readonly working = new Map<AbortController, Promise<unknown>>();
	private budget: RateBudget | undefined;
	private budgetSubscription: { dispose(): void } | undefined;
	private lastFailure: Error | undefined;

	/** {@link activity} is another now. */
	readonly onDidChange = this.changed.event;

	constructor(
		private readonly service: () => Promise<SeedService>,
		private readonly sessions: Pick<GitHubSessions, 'ask'>,
		private readonly settings: Pick<Settings, 'seedOptions'>,
	) {}

	get activity(): SeedActivity {
		return { running: this.progress, budget: this.budget, lastFailure: this.lastFailure };
	}

	/**
	 * Brings a repository up to date. It may ask the person to sign in.
	 * @throws CancelledError, a HumanError, or whatever else stopped it; what was fetched is stored
	 */
	run(ref: RepositoryRef): Promise<RepositoryReport> {
		const key = repositoryKey(ref);
		const running = this.seeds.get(key);
		if (running) {
			return running;
		}
		const seed = this.seed(ref, key).finally(() => {
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
	}

	private async seed(ref: RepositoryRef, key: string): Promise<RepositoryReport> {
		try {
			const credentials = await this.sessions.ask(ref.host);
			const service = await this.service();
			this.follow(service.budget(credentials));
			this.progress.set(key, undefined);
			this.changed.fire();
			const report = await vscode.window.withProgress(
				{ location: vscode.ProgressLocation.Notification, title: nameWithOwner(ref), cancellable: true },
				(progress, cancellation) => this.seedWith(service, ref, credentials, new ProgressBar(progress), cancellation),
			);
			this.lastFailure = undefined;
			return report;
		} catch (error) {
			this.lastFailure = error instanceof CancelledError || !(error instanceof Error) ? undefined : error;
			throw error;
		}
	}

	private async seedWith(
		service: SeedService,
		ref: RepositoryRef,
		credentials: Credentials,
		bar: ProgressBar,
		cancellation: vscode.CancellationToken,
	): Promise<RepositoryReport> {
		const abort = new AbortController();
		const subscription = cancellation.onCancellationRequested(() => abort.abort());
		const work = service.seed([ref], this.settings.seedOptions(), {
			credentials: () => Promise.resolve(credentials),
			onProgress: (progress) => {
				this.progress.set(repositoryKey(ref), progress);
				bar.show(progress, this.budget);
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
		}
	}

	private follow(budget: RateBudget): void {
		if (budget !== this.budget) {
			this.budgetSubscription?.dispose();
			this.budget = budget;
			this.budgetSubscription = budget.onDidChange(() => this.changed.fire());
		}
	}
}

/** A notification's text and bar. The editor takes steps, so what has been shown already is remembered. */
class ProgressBar {
	private shown = 0;

	constructor(private readonly progress: vscode.Progress<{ message?: string; increment?: number }>) {}

	show(progress: SeedProgress, budget: RateBudget | undefined): void {
		const message = progressText(progress, budget?.current, editorLocalizer);
		const percent = progressPercent(progress);
		// Each phase counts from nothing again, and a bar can't go back: only the longest phase moves it.
		if (percent === undefined || progress.phase !== 'details' || percent <= this.shown) {
			this.progress.report({ message });
			return;
		}
		this.progress.report({ message, increment: percent - this.shown });
		this.shown = percent;
	}
}
