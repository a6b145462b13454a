import { systemClock, type Clock } from '../core/model/clock';
import type { Disposable } from '../core/model/event';

/**
 * Turns a burst of calls into few: the action runs `delayMs` after the first call of a burst, and once
 * more for calls that came meanwhile. A steady stream of calls cannot hold it up.
 */
export class Coalescer implements Disposable {
	private waiting: AbortController | undefined;

	constructor(
		private readonly delayMs: number,
		private readonly action: () => void,
		private readonly clock: Pick<Clock, 'sleep'> = systemClock,
	) {}

	schedule(): void {
		if (this.waiting === undefined) {
			this.waiting = new AbortController();
			void this.clock.sleep(this.delayMs, this.waiting.signal).then(
				() => this.run(),
				() => undefined,
			);
		}
	}

	dispose(): void {
		this.waiting?.abort();
		this.waiting = undefined;
	}

	private run(): void {
		this.waiting = undefined;
		this.action();
	}
}
