import * as vscode from 'vscode';
import type { BackgroundPlan, BackgroundPorts, BackgroundStatus } from '../../core/background/backgroundPorts';
import { BackgroundSync } from '../../core/background/backgroundSync';
import { lastSyncedAt } from '../../core/cache/storedState';
import type { Disposable } from '../../core/model/event';
import { repositoryKey, type RepositoryRef } from '../../core/model/repository';
import type { SeedService } from '../../core/seedService';
import type { GitHubSessions } from '../auth/gitHubSessions';
import type { CoreAccess } from '../coreAccess';
import { DisposableStore } from '../disposableStore';
import { editorLocalizer } from '../editorLocalizer';
import { errorText } from '../format/errorText';
import { reportText } from '../format/progressText';
import type { SeedRunner } from '../seed/seedRunner';
import type { Settings } from '../settings';
import { Attendance } from './attendance';
import { namedRepositories, withoutRepositories } from './backgroundNames';
import { QuietSeeder } from './quietSeeder';

/** A window that has just opened has other things to do first. */
const START_DELAY_MS = 5_000;

export interface RepositoryKeeperOptions extends Pick<BackgroundPorts, 'clock' | 'onDidFail'> {
	core: Pick<CoreAccess, 'lead' | 'storedState'>;
	service: () => Promise<SeedService>;
	/** Told of budgets and failures, which are shown in the same place as those of a person's seeds. */
	runner: Pick<SeedRunner, 'follow' | 'noteEnd'>;
	sessions: Pick<GitHubSessions, 'silent' | 'onDidChange'>;
	settings: Settings;
	log: vscode.LogOutputChannel;
}

/** Keeps the repositories of the settings up to date: background sync, with the editor behind its ports. */
export class RepositoryKeeper implements vscode.Disposable {
	private readonly disposables = new DisposableStore();
	private readonly sync: BackgroundSync;
	private readonly quiet: QuietSeeder;
	private plan: BackgroundPlan;
	/** Names that have been complained of. */
	private readonly complained = new Set<string>();
	private readonly began = this.disposables.add(new vscode.EventEmitter<void>());

	/** There is something to keep up to date, and this window begins to look after it. */
	readonly onDidBegin = this.began.event;

	constructor(private readonly options: RepositoryKeeperOptions) {
		const { clock, core, log, onDidFail, runner, service, sessions, settings } = options;
		const attendance = this.disposables.add(new Attendance(clock));
		this.quiet = new QuietSeeder({
			service,
			silent: (host) => sessions.silent(host),
			seedOptions: () => settings.seedOptions(),
			onDidUse: (budget) => runner.follow(budget),
			onDidSeed: (report) => report.mode !== 'unchanged' && log.info(reportText(report, editorLocalizer)),
			onDidEnd: (failure) => runner.noteEnd(failure),
		});
		this.plan = this.readPlan();
		this.sync = new BackgroundSync({
			clock,
			plan: () => this.plan,
			attendedUntil: () => attendance.until,
			lead: core.lead,
			lastSyncedAt: async (ref) => lastSyncedAt(await core.storedState(ref)),
			account: (ref) => this.quiet.account(ref),
			onDidFail,
		});
		this.disposables.add(attendance.onDidCome(() => this.sync.wake()));
		this.disposables.add(settings.onDidChange(() => this.followSettings()));
		this.disposables.add(sessions.onDidChange(() => this.sync.reconsider()));
		const timer = setTimeout(() => this.begin(), START_DELAY_MS);
		this.disposables.add({ dispose: () => clearTimeout(timer) });
	}

	get status(): BackgroundStatus & { plan: BackgroundPlan } {
		return { ...this.sync.status, plan: this.plan };
	}

	/** {@link status} may be another now. */
	onDidChange(listener: () => void): Disposable {
		return this.sync.onDidChange(listener);
	}

	isChosen(ref: RepositoryRef): boolean {
		return this.plan.repositories.some((one) => repositoryKey(one) === repositoryKey(ref));
	}

	/** Takes repositories out of the settings, and stops what goes on with them. */
	async drop(refs: readonly RepositoryRef[]): Promise<void> {
		const { settings } = this.options;
		if (refs.some((ref) => this.isChosen(ref))) {
			await settings.setBackgroundRepositories(withoutRepositories(settings.backgroundRepositories, refs));
		}
		for (const ref of refs) {
			await this.makeWay(ref);
		}
	}

	/** Stops what goes on with a repository, because a person wants it; resolves once it is free. */
	makeWay(ref: RepositoryRef): Promise<void> {
		return this.quiet.makeWay(ref);
	}

	/** Resolves once what was fetched is stored. */
	async stop(): Promise<void> {
		this.dispose();
		await this.sync.stop();
	}

	dispose(): void {
		this.disposables.dispose();
	}

	private begin(): void {
		this.sync.start();
		this.tellIfWanted();
	}

	private followSettings(): void {
		const plan = this.readPlan();
		if (JSON.stringify(plan) !== JSON.stringify(this.plan)) {
			this.plan = plan;
			this.sync.reconsider();
			this.tellIfWanted();
		}
	}

	private tellIfWanted(): void {
		if (this.plan.repositories.length > 0 && this.plan.intervalMs > 0) {
			this.began.fire();
		}
	}

	/** A name that is none is left out, and complained of once. */
	private readPlan(): BackgroundPlan {
		const { log, settings } = this.options;
		const { repositories, wrong } = namedRepositories(settings.backgroundRepositories);
		for (const { name, error } of wrong.filter((one) => !this.complained.has(one.name))) {
			this.complained.add(name);
			log.warn(`prSeeder.backgroundSync.repositories: ${errorText(error, editorLocalizer)}`);
		}
		return { repositories, intervalMs: settings.backgroundIntervalMs, reserve: settings.budgetReserve };
	}
}
