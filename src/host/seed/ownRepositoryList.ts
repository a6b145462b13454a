import type { Credentials } from '../../core/github/credentials';
import type { OwnRepositoriesPage, OwnRepository } from '../../core/github/ownRepositories';
import { CancelledError } from '../../core/model/humanError';
import { Emitter, type Disposable } from '../../core/model/event';

/** Fetches one page, counted from 1. */
export type FetchPage = (credentials: Credentials, page: number, signal: AbortSignal) => Promise<OwnRepositoriesPage>;

/**
 * A person's own repositories on every host they are signed in to, page by page as somebody asks for more.
 * It never asks to sign in, and a failure is a text to show quietly. Ends with {@link dispose}.
 */
export class OwnRepositoryList implements Disposable {
	private readonly changed = new Emitter<undefined>();
	private readonly abort = new AbortController();
	private readonly found: OwnRepository[] = [];
	/** Accounts with pages left, and the next page of each. */
	private sources: { credentials: Credentials; page: number }[] = [];
	private loading = false;
	private started = false;

	/** Why the last attempt failed. */
	problem: unknown;

	readonly onDidChange = this.changed.event;

	constructor(
		private readonly accounts: () => Promise<Credentials[]>,
		private readonly fetchPage: FetchPage,
		private readonly onDidFail: (error: unknown) => void,
	) {}

	get repositories(): readonly OwnRepository[] {
		return this.found;
	}

	get isLoading(): boolean {
		return this.loading;
	}

	/** Whether there is more than {@link repositories}, as far as is known. */
	get isPending(): boolean {
		return this.loading || !this.started || this.sources.length > 0;
	}

	/** Fetches the next page of every account. Does nothing while one is under way, none is left, or after the end. */
	async loadMore(): Promise<void> {
		if (this.loading || this.abort.signal.aborted || !this.isPending) {
			return;
		}
		this.loading = true;
		this.changed.fire(undefined);
		try {
			if (!this.started) {
				this.started = true;
				this.sources = (await this.accounts()).map((credentials) => ({ credentials, page: 1 }));
			}
			await Promise.all(this.sources.map((source) => this.loadPage(source)));
		} catch (error) {
			this.fail(error);
		} finally {
			this.loading = false;
			this.changed.fire(undefined);
		}
	}

	dispose(): void {
		this.abort.abort();
	}

	private async loadPage(source: { credentials: Credentials; page: number }): Promise<void> {
		let hasMore = false;
		try {
			const page = await this.fetchPage(source.credentials, source.page, this.abort.signal);
			this.found.push(...page.repositories);
			hasMore = page.hasMore;
		} catch (error) {
			this.fail(error);
		}
		source.page++;
		if (!hasMore) {
			this.sources = this.sources.filter((other) => other !== source);
		}
	}

	private fail(error: unknown): void {
		if (error instanceof CancelledError || this.abort.signal.aborted) {
			return;
		}
		this.problem = error;
		this.onDidFail(error);
	}
}
