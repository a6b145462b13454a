const FAST_MS = 2_000;
const GROWTH = 1.25;

/**
 * How many items to ask for at once, so that a request takes 2–4 s: GitHub gives up at about 10 s,
 * and the time a query needs can't be told in advance. Grows by a quarter while answers are quick,
 * halves when one fails for its weight.
 */
export class AdaptiveBatch {
	private current: number;

	constructor(
		initial: number,
		private readonly max: number,
	) {
		this.current = Math.min(Math.max(1, initial), max);
	}

	get size(): number {
		return Math.floor(this.current);
	}

	/** Notes an answer; only a full batch tells whether a larger one would do. */
	succeeded(elapsedMs: number, items: number): void {
		if (elapsedMs < FAST_MS && items >= this.size) {
			this.current = Math.min(this.max, this.current * GROWTH);
		}
	}

	/** `false` when it can't get any smaller. */
	shrink(): boolean {
		if (this.size <= 1) {
			return false;
		}
		this.current = Math.max(1, Math.floor(this.current / 2));
		return true;
	}
}
