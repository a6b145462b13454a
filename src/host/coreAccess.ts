import { join } from 'node:path';
import * as vscode from 'vscode';
import { systemClock } from '../core/model/clock';
import { messageOf } from '../core/model/humanError';
import type { Lead } from '../core/background/lead';
import type { CacheState } from '../core/cache/cacheState';
import type { RepositoryRef } from '../core/model/repository';
import type { SeedService } from '../core/seedService';
import type { Store } from '../core/store/store';
import { editorLocalizer } from './editorLocalizer';
import { prepareFormats } from './format/localizer';
import { Lazy } from './lazy';
import type { FetchPage } from './seed/ownRepositoryList';

/**
 * Makes the parts of the core, with the editor's file system, network and log behind their ports.
 * SQLite runs in a thread of its own; neither it nor Octokit is loaded before one of these functions is called.
 */
export class CoreAccess {
	private readonly storage: string;
	private readonly write = (line: string) => this.log.info(line);
	private readonly fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);

	private readonly times = new Lazy(async () => {
		const [{ CacheFolders }, { SyncTimes }, { nodeFiles }] = await Promise.all([
			import('../core/cache/cacheFolders'),
			import('../core/sync/syncTimes'),
			import('../core/files/nodeFiles'),
		]);
		return new SyncTimes(new CacheFolders(nodeFiles, this.storage));
	});

	constructor(
		private readonly context: vscode.ExtensionContext,
		private readonly log: vscode.LogOutputChannel,
	) {
		this.storage = context.globalStorageUri.fsPath;
	}

	async openStore(): Promise<Store> {
		const [{ openWorkerStore }, { startNodeWorker }, { protectStorage }, { nodeFiles }] = await Promise.all([
			import('../core/store/worker/workerStore'),
			import('../core/store/worker/nodeWorker'),
			import('../core/files/protectStorage'),
			import('../core/files/nodeFiles'),
		]);
		await protectStorage(nodeFiles, this.storage);
		const built = (name: string) => vscode.Uri.joinPath(this.context.extensionUri, 'dist', name).fsPath;
		const opening = openWorkerStore({
			folder: this.storage,
			wasm: built('sql-wasm.wasm'),
			startThread: () => startNodeWorker(built('storeWorker.js')),
			log: this.write,
			onDidLoseFile: (reopened) => this.restore(reopened),
			withTimes: async (rows) => (await this.times.get()).applied(rows),
		});
		// The thread is on its way, and rows will need them.
		prepareFormats(editorLocalizer);
		const store = await opening;
		if (store.recovered || store.isNew) {
			await this.restore(store);
		}
		return store;
	}

	async makeService(store: Store): Promise<SeedService> {
		const [{ Seeder }, { nodeFiles }] = await Promise.all([import('../core/seeder'), import('../core/files/nodeFiles')]);
		return new Seeder({ storage: this.storage, files: nodeFiles, clock: systemClock, store, fetch: this.fetch, log: this.write });
	}

	/** Fills a database that was lost from the PR cache. A first start has none, and loads nothing. */
	private async restore(store: Store): Promise<void> {
		const { nodeFiles } = await import('../core/files/nodeFiles');
		if ((await nodeFiles.list(join(this.storage, 'cache'))).length === 0) {
			return;
		}
		try {
			const restored = await (await this.makeService(store)).restore();
			if (restored > 0) {
				this.log.warn(`The database was missing or damaged: ${restored} repositories were taken from the cache.`);
				void vscode.window.showInformationMessage(
					vscode.l10n.t('The database of PR Seeder was missing or damaged. It was made again from the cache.'),
				);
			}
		} catch (error) {
			// What could not be restored is fetched again by the next seed.
			this.log.warn(`The database could not be filled from the cache: ${messageOf(error)}`);
		}
	}

	/** Runs `work` while no other window keeps repositories up to date. @throws LeadHeldError when one does */
	readonly lead = async (work: (lead: Lead) => Promise<void>): Promise<void> => {
		const [{ withLead }, { nodeFiles }] = await Promise.all([import('../core/background/lead'), import('../core/files/nodeFiles')]);
		await withLead({ files: nodeFiles, storage: this.storage, clock: systemClock, log: this.write }, work);
	};

	/** What a repository's cache says of itself. Opens neither cache nor database. */
	readonly storedState = async (ref: RepositoryRef): Promise<CacheState | undefined> => {
		const [{ CacheFolders }, { storedState }, { nodeFiles }] = await Promise.all([
			import('../core/cache/cacheFolders'),
			import('../core/cache/storedState'),
			import('../core/files/nodeFiles'),
		]);
		return storedState(new CacheFolders(nodeFiles, this.storage), ref);
	};

	/** @param service whose budget the request counts against */
	fetchOwn(service: () => Promise<SeedService>): FetchPage {
		return async (credentials, page, signal) => {
			const [{ ownRepositories }, { budget }] = await Promise.all([
				import('../core/github/ownRepositories'),
				service().then((made) => ({ budget: made.budget(credentials) })),
			]);
			return ownRepositories(credentials, page, { fetch: this.fetch, budget, signal });
		};
	}
}
