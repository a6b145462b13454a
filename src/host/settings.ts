import * as vscode from 'vscode';
import { readProjects, type ReadProjects } from '../core/projects/readProjects';
import type { SeedOptions } from '../core/sync/seedOptions';

const MINUTE_MS = 60_000;

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

	/** How a person wants to be seeded. */
	seedOptions(): SeedOptions {
		const maxPullRequests = this.number('maxPullRequests');
		return {
			checkRuns: this.boolean('checkRuns.enabled'),
			waitForReset: this.boolean('rateLimit.waitForReset'),
			maxWaitMs: this.number('rateLimit.maxWaitMinutes') * MINUTE_MS,
			...(maxPullRequests > 0 ? { maxPullRequests } : {}),
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
