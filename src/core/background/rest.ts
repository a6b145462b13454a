import type { Clock } from '../model/clock';

/** A machine may sleep while a timer runs: after it has woken, that is noticed within this time. */
const LONGEST_MS = 60_000;
/** Whatever happens, no busy loop. */
const SHORTEST_MS = 1_000;

/** Waits that anybody can cut short. One that is woken while it does not rest does not rest the next time. */
export class Rest {
	private waking = new AbortController();

	constructor(private readonly clock: Clock) {}

	wake(): void {
		this.waking.abort();
	}

	/** Waits so many milliseconds, a minute at most. */
	for(ms: number): Promise<void> {
		const bounded = Math.min(Math.max(ms, SHORTEST_MS), LONGEST_MS);
		return this.end(this.clock.sleep(bounded, this.waking.signal).catch(() => undefined));
	}

	/** Waits without a timer. */
	untilWoken(): Promise<void> {
		const { signal } = this.waking;
		return this.end(
			signal.aborted ? Promise.resolve() : new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
		);
	}

	private async end(wait: Promise<void>): Promise<void> {
		await wait;
		if (this.waking.signal.aborted) {
			this.waking = new AbortController();
		}
	}
}
