import { systemClock, type Clock } from '../../model/clock';
import type { SqlStore } from '../sqlStore';

/** A change waits at least so long: most seeds are over by then, and save at their end. */
const QUIET_MS = 15_000;
/** How many times as long as a save takes passes until the next: a tenth of the time at most goes into saving. */
const REST_FACTOR = 9;

/** Saves a store that is being written to, as often as it can afford. */
export class AutoSaver {
	private waiting: AbortController | undefined;
	private restUntil = 0;
	private saving = 0;

	constructor(
		private readonly store: Pick<SqlStore, 'save' | 'hasUnsaved'>,
		private readonly onDidFail: (error: unknown) => void,
		private readonly clock: Pick<Clock, 'steady' | 'sleep'> = systemClock,
	) {}

	/** Something was written: it will be saved in time. */
	changed(): void {
		if (this.waiting === undefined) {
			this.waiting = new AbortController();
			void this.clock.sleep(Math.max(QUIET_MS, this.restUntil - this.clock.steady()), this.waiting.signal).then(
				() => this.onTime(),
				() => undefined,
			);
		}
	}

	/** Saves at once, because somebody asked. */
	async save(): Promise<void> {
		const start = this.clock.steady();
		this.saving++;
		try {
			await this.store.save();
		} finally {
			this.saving--;
			const end = this.clock.steady();
			this.restUntil = end + REST_FACTOR * (end - start);
		}
	}

	dispose(): void {
		this.waiting?.abort();
		this.waiting = undefined;
	}

	private async onTime(): Promise<void> {
		this.waiting = undefined;
		if (!this.store.hasUnsaved) {
			return;
		}
		if (this.saving > 0 || this.clock.steady() < this.restUntil) {
			this.changed();
			return;
		}
		try {
			await this.save();
		} catch (error) {
			// Whoever writes hears of it when saving itself; until then it is tried again.
			this.onDidFail(error);
		}
	}
}
