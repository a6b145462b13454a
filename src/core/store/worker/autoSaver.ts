import type { SqlStore } from '../sqlStore';

/** A change waits at least so long: most seeds are over by then, and save at their end. */
const QUIET_MS = 15_000;
/** How many times as long as a save takes passes until the next: a tenth of the time at most goes into saving. */
const REST_FACTOR = 9;

/** Saves a store that is being written to, as often as it can afford. */
export class AutoSaver {
	private timer: ReturnType<typeof setTimeout> | undefined;
	private restUntil = 0;
	private saving = 0;

	constructor(
		private readonly store: Pick<SqlStore, 'save' | 'hasUnsaved'>,
		private readonly onDidFail: (error: unknown) => void,
		private readonly quietMs = QUIET_MS,
	) {}

	/** Something was written: it will be saved in time. */
	changed(): void {
		this.timer ??= setTimeout(() => void this.onTime(), Math.max(this.quietMs, this.restUntil - performance.now()));
	}

	/** Saves at once, because somebody asked. */
	async save(): Promise<void> {
		const start = performance.now();
		this.saving++;
		try {
			await this.store.save();
		} finally {
			this.saving--;
			const end = performance.now();
			this.restUntil = end + REST_FACTOR * (end - start);
		}
	}

	dispose(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
	}

	private async onTime(): Promise<void> {
		this.timer = undefined;
		if (!this.store.hasUnsaved) {
			return;
		}
		if (this.saving > 0 || performance.now() < this.restUntil) {
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
