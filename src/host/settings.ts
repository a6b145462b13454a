import * as vscode from 'vscode';
import { readProjects, type ReadProjects } from '../core/projects/readProjects';
import type { SeedOptions } from '../core/sync/seedOptions';

const MINUTE_MS = 60_000;
/** A shorter interval would spend points on what nobody can read so fast. */
const SHORTEST_INTERVAL_MINUTES = 5;
const BACKGROUND_REPOSITORIES = 'backgroundSync.repositories';

/**
 * The settings, typed. Their defaults stand in package.json alone. All are of application scope,
 * so that opening a workspace cannot spend somebody's budget.
 */
export class Settings implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<void>();
	private readonly subscription = vscode.workspace.onDidChangeConfiguration((event) => {
		if (event.affectsConfiguration('prSeeder')) {
			this.changed.fire();
		}
	});

	readonly onDidChange = this.changed.event;

	/** Remaining GraphQL points under which the status bar warns. */
	get warnBelow(): number {
		return this.number('budget.warnBelow');
	}

	/** Days without an update after which an open pull request is stale; at least 1. */
	get staleDays(): number {
		return Math.max(1, this.number('workload.staleDays'));
	}

	/** Days after which what waits for the same is stuck; at least 1. */
	get stuckDays(): number {
		return Math.max(1, this.number('stuckDays'));
	}

	/** Names of the repositories to keep up to date, as they were written. */
	get backgroundRepositories(): string[] {
		const value = this.value(BACKGROUND_REPOSITORIES);
		return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
	}

	/** @throws Error when the editor can't write its settings */
	async setBackgroundRepositories(names: readonly string[]): Promise<void> {
		const value = names.length > 0 ? names : undefined;
		await vscode.workspace.getConfiguration('prSeeder').update(BACKGROUND_REPOSITORIES, value, vscode.ConfigurationTarget.Global);
	}

	/** Between two background syncs of a repository; 0: they are off. */
	get backgroundIntervalMs(): number {
		const minutes = this.number('backgroundSync.intervalMinutes');
		return minutes === 0 ? 0 : Math.max(SHORTEST_INTERVAL_MINUTES, minutes) * MINUTE_MS;
	}

	/** GraphQL points that background sync leaves to the person. */
	get budgetReserve(): number {
		return this.number('backgroundSync.budgetReserve');
	}

	/** How a person wants to be seeded. */
	seedOptions(): SeedOptions {
		const maxPullRequests = this.number('maxPullRequests');
		return {
			checkRuns: this.boolean('checkRuns.enabled'),
			waitForReset: this.boolean('rateLimit.waitForReset'),
			maxWaitMs: this.number('rateLimit.maxWaitMinutes') * MINUTE_MS,
			...(maxPullRequests > 0 ? { maxPullRequests } : {}),
			...(this.boolean('allOpen') ? { allOpen: true } : {}),
		};
	}

	/** The named groups of repositories, with how each of them is seeded from now on. */
	projects(): ReadProjects {
		return readProjects(this.value('projects') ?? {}, { now: Date.now(), options: this.seedOptions() });
	}

	dispose(): void {
		this.subscription.dispose();
		this.changed.dispose();
	}

	// A settings file can hold anything, so a value of another type counts as absent.
	private number(name: string): number {
		const value = this.value(name);
		return typeof value === 'number' && Number.isFinite(value) ? Math.max(0, Math.trunc(value)) : Number(this.fallback(name));
	}

	private boolean(name: string): boolean {
		const value = this.value(name);
		return typeof value === 'boolean' ? value : Boolean(this.fallback(name));
	}

	private value(name: string): unknown {
		return vscode.workspace.getConfiguration('prSeeder').get<unknown>(name);
	}

	private fallback(name: string): unknown {
		return vscode.workspace.getConfiguration('prSeeder').inspect<unknown>(name)?.defaultValue;
	}
}
