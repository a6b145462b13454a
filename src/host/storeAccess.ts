import { systemClock, type Clock } from '../core/model/clock';
import { Emitter, type Disposable } from '../core/model/event';
import type { Store } from '../core/store/store';
import { Coalescer } from './coalescer';
import { DisposableStore } from './disposableStore';
import { Lazy } from './lazy';

/** Often enough to look live, seldom enough not to flicker. */
const CHANGE_DELAY_MS = 200;
/** A save is several file events. */
const REFRESH_DELAY_MS = 300;

/**
 * The database, opened on first use. An open that failed is tried again on the next use.
 * Changes are told in batches.
 */
export class StoreAccess implements Disposable {
	private readonly changed = new Emitter<undefined>();
	private readonly disposables = new DisposableStore();
	private readonly notify: Coalescer;
	private readonly takeUp: Coalescer;
	private readonly compareAges: Coalescer;
	private readonly store: Lazy<Store>;
	/** When each repository was last looked at, as it was told. */
	private ages = '';

	/** Rows changed, or when they were last looked at; here or in another process. */
	readonly onDidChange = this.changed.event;

	constructor(
		open: () => Promise<Store>,
		private readonly onDidFail: (error: unknown) => void,
		clock: Pick<Clock, 'sleep'> = systemClock,
	) {
		const coalesced = (delayMs: number, action: () => void) => this.disposables.add(new Coalescer(delayMs, action, clock));
		this.notify = coalesced(CHANGE_DELAY_MS, () => this.changed.fire(undefined));
		this.takeUp = coalesced(REFRESH_DELAY_MS, () => void this.refreshNow());
		this.compareAges = coalesced(REFRESH_DELAY_MS, () => void this.tellAges());
		this.store = new Lazy(async () => {
			const store = await open();
			this.disposables.add(store.onDidChange(() => this.notify.schedule()));
			return store;
		});
	}

	readonly get = (): Promise<Store> => this.store.get();

	/** Whether somebody has asked for it already, with success. */
	get isOpen(): boolean {
		return this.store.peek() !== undefined;
	}

	/** Takes up what other windows or the command line have saved. Does nothing while the database is not open. */
	refresh(): void {
		if (this.store.peek()) {
			this.takeUp.schedule();
		}
	}

	/** A repository may have been looked at, which changes no row where nothing was new: tells when it was. */
	lookedAt(): void {
		if (this.store.peek()) {
			this.compareAges.schedule();
		}
	}

	/** Saves what is unsaved and lets go of the database. */
	async close(): Promise<void> {
		this.dispose();
		await (await this.store.take())?.close();
	}

	dispose(): void {
		this.disposables.dispose();
	}

	private async tellAges(): Promise<void> {
		try {
			const rows = (await this.store.peek()?.read.repositories()) ?? [];
			const ages = JSON.stringify(rows.map(({ id, syncedAt }) => [id, syncedAt]));
			if (ages !== this.ages) {
				this.ages = ages;
				this.notify.schedule();
			}
		} catch (error) {
			this.onDidFail(error);
		}
	}

	private async refreshNow(): Promise<void> {
		try {
			await this.store.peek()?.refresh();
		} catch (error) {
			this.onDidFail(error);
		}
	}
}
