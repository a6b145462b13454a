import { backgroundAccount } from '../../core/background/backgroundAccount';
import type { BackgroundAccount } from '../../core/background/backgroundPorts';
import type { RateBudget } from '../../core/github/rateBudget';
import type { Credentials } from '../../core/github/credentials';
import { repositoryKey, type RepositoryRef } from '../../core/model/repository';
import type { SeedService } from '../../core/seedService';
import type { SeedOptions } from '../../core/sync/seedOptions';
import type { RepositoryReport } from '../../core/sync/seedReport';

export interface QuietSeederOptions {
	service: () => Promise<SeedService>;
	/** Whoever is signed in to a host already; never asks. */
	silent: (host: string) => Promise<Credentials | undefined>;
	seedOptions: () => SeedOptions;
	/** Told whose budget is used. */
	onDidUse: (budget: RateBudget) => void;
	onDidSeed: (report: RepositoryReport) => void;
	/** Told how each run ended: with `undefined`, or with what stopped it. */
	onDidEnd: (failure: unknown) => void;
}

/** Seeds without a person: no dialog, no notification, and out of the way as soon as a person wants the same repository. */
export class QuietSeeder {
	private current: { key: string; abort: AbortController; ended: Promise<void> } | undefined;

	constructor(private readonly options: QuietSeederOptions) {}

	/** For background sync; `undefined` while nobody is signed in to the repository's host. */
	async account({ host }: RepositoryRef): Promise<BackgroundAccount | undefined> {
		const { onDidSeed, onDidUse, seedOptions, service, silent } = this.options;
		const credentials = await silent(host);
		if (!credentials) {
			return undefined;
		}
		const account = backgroundAccount(await service(), credentials, { options: seedOptions, onDidSeed });
		onDidUse(account.budget);
		return { ...account, seed: (ref, run) => this.seed(account, ref, run) };
	}

	/** Stops what goes on with a repository; resolves once it is free. */
	async makeWay(ref: RepositoryRef): Promise<void> {
		const { current } = this;
		if (current?.key === repositoryKey(ref)) {
			current.abort.abort();
			await current.ended;
		}
	}

	private async seed(account: BackgroundAccount, ref: RepositoryRef, { signal, onProgress }: Parameters<BackgroundAccount['seed']>[1]): Promise<void> {
		const abort = new AbortController();
		const work = account.seed(ref, { signal: AbortSignal.any([signal, abort.signal]), onProgress });
		const ended = work.then(
			() => this.options.onDidEnd(undefined),
			(error: unknown) => this.options.onDidEnd(error),
		);
		this.current = { key: repositoryKey(ref), abort, ended };
		try {
			await work;
		} finally {
			this.current = undefined;
		}
	}
}
