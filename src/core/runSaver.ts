import type { Clock } from './model/clock';
import type { Store } from './store/store';
import { StoreStoppedError } from './store/storeErrors';

/** As many times as long as a save takes passes before another one is waited for: a tenth of the time at most goes into saving. */
const REST_FACTOR = 9;
const MAX_REST_MS = 30_000;
/** How often rows that were lost before they were saved are taken in again. */
const ATTEMPTS = 3;

/**
 * Puts the database on disk for those who bring repositories up to date. To save is to write all of it, so that is done once
 * for a run over many, and seldom where runs follow each other closely: then the store saves in time by itself, as one in a
 * worker does. Whatever it has not saved the caches hold.
 */
export class RunSaver {
	/** By the clock, which may be set back or on meanwhile: then there is no rest. */
	private savedAt = -Infinity;
	private restMs = 0;

	constructor(
		private readonly store: Pick<Store, 'save'>,
		private readonly clock: Clock,
	) {}

	/**
	 * Saves at the end of a run.
	 * @param followAgain puts what the caches hold into the database again, of which the thread has ended meanwhile
	 * @throws StorageError
	 */
	async save(followAgain: () => Promise<void>): Promise<void> {
		const start = this.clock.now();
		if (start >= this.savedAt && start < this.savedAt + this.restMs) {
			return;
		}
		for (let attempt = 1; ; attempt++) {
			try {
				await this.store.save();
				break;
			} catch (error) {
				if (!(error instanceof StoreStoppedError) || attempt === ATTEMPTS) {
					throw error;
				}
				await followAgain();
			}
		}
		this.savedAt = this.clock.now();
		this.restMs = Math.min(MAX_REST_MS, REST_FACTOR * (this.savedAt - start));
	}
}
