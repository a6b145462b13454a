import * as vscode from 'vscode';
import { HumanError } from '../core/model/humanError';
import type { RepositoryRow } from '../core/store/read/repositories';
import type { GitHubSessions } from './auth/gitHubSessions';
import { DisposableStore } from './disposableStore';
import { editorLocalizer } from './editorLocalizer';
import { errorText } from './format/errorText';
import type { SeedRunner } from './seed/seedRunner';
import type { StoreAccess } from './storeAccess';

/** Which welcome text the empty trees show; `undefined` means that it is not known yet. */
export type ViewStateName = 'signedOut' | 'empty' | 'seeding' | 'ready' | 'failed';

/**
 * Keeps the context keys that welcome texts, menus and enablement look at:
 * `prSeeder.state`, `prSeeder.hasStored` and `prSeeder.signedIn`. Finds out nothing before {@link start}.
 */
export class ViewState implements vscode.Disposable {
	private readonly disposables = new DisposableStore();
	private readonly changed = new vscode.EventEmitter<void>();
	private started: Promise<void> | undefined;
	private stored = false;
	private rows: readonly RepositoryRow[] = [];
	private failure: unknown;
	private signed: boolean | undefined;
	private readonly keys = new Map<string, unknown>();

	readonly onDidChange = this.changed.event;

	constructor(
		private readonly options: {
			store: Pick<StoreAccess, 'get' | 'onDidChange'>;
			sessions: Pick<GitHubSessions, 'silentAll' | 'onDidChange'>;
			runner: Pick<SeedRunner, 'activity' | 'onDidChange'>;
			onDidFail: (error: unknown) => void;
		},
	) {
		this.disposables.add(options.store.onDidChange(() => void this.readStore()));
		this.disposables.add(options.runner.onDidChange(() => this.publish()));
		this.disposables.add(
			options.sessions.onDidChange(() => {
				if (this.started) {
					void this.readSessions();
				}
			}),
		);
	}

	/** Whether anything of a repository is stored, as far as is known; a complete sync that found no pull request counts. */
	get hasStored(): boolean {
		return this.stored;
	}

	/** When the newest of what is stored was brought up to date; `undefined` while that is not known, or has never ended. */
	get lastSyncedAt(): string | undefined {
		// ISO 8601 in UTC: text sorts as time does.
		return this.rows.flatMap(({ syncedAt }) => syncedAt ?? []).sort().at(-1);
	}

	/** What is stored, as far as is known. */
	get repositories(): readonly RepositoryRow[] {
		return this.rows;
	}

	/** `undefined` while that is not known yet. */
	get signedIn(): boolean | undefined {
		return this.signed;
	}

	/** Why the store can't be read and what to do about it; `undefined` when it can, or when only the log can say. */
	get problem(): string | undefined {
		return this.failure instanceof HumanError ? errorText(this.failure, editorLocalizer) : undefined;
	}

	/** Finds out, once; from then on it follows what changes. */
	start(): Promise<void> {
		this.started ??= Promise.all([this.readStore(), this.readSessions()]).then(() => undefined);
		return this.started;
	}

	/** Looks at the store again. */
	async readStore(): Promise<void> {
		try {
			this.rows = await (await this.options.store.get()).read.repositories();
			// A first seed that ended before anything came leaves the repository's name alone: nothing to show or refresh.
			this.stored = this.rows.some(({ pullRequests, syncedAt }) => pullRequests > 0 || syncedAt !== null);
			this.failure = undefined;
		} catch (error) {
			this.fail(error);
		}
		this.publish();
	}

	/** The store can't be read. Told once until it can be read again. */
	fail(error: unknown): void {
		if (this.failure === undefined) {
			this.failure = error ?? new Error('unknown');
			this.options.onDidFail(error);
			this.publish();
		}
	}

	dispose(): void {
		this.disposables.dispose();
		this.changed.dispose();
	}

	private async readSessions(): Promise<void> {
		this.signed = (await this.options.sessions.silentAll()).length > 0;
		this.publish();
	}

	private publish(): void {
		this.setKey('prSeeder.state', this.state());
		this.setKey('prSeeder.hasStored', this.stored);
		this.setKey('prSeeder.signedIn', this.signed === true);
		this.changed.fire();
	}

	private setKey(key: string, value: unknown): void {
		if (this.keys.get(key) !== value) {
			this.keys.set(key, value);
			void vscode.commands.executeCommand('setContext', key, value);
		}
	}

	private state(): ViewStateName | undefined {
		if (this.failure !== undefined) {
			return 'failed';
		}
		if (this.options.runner.activity.running.size > 0) {
			return 'seeding';
		}
		if (this.stored) {
			return 'ready';
		}
		if (this.signed === undefined) {
			return undefined;
		}
		return this.signed ? 'empty' : 'signedOut';
	}
}
