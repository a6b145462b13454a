import type { Disposable } from '../core/model/event';

/**
 * Turns a burst of calls into few: the action runs `delayMs` after the first call of a burst, and once
 * more for calls that came meanwhile. A steady stream of calls cannot hold it up.
 */
export class Coalescer implements Disposable {
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(
		private readonly delayMs: number,
		private readonly action: () => void,
	) {}

	schedule(): void {
		this.timer ??= setTimeout(() => {
			this.timer = undefined;
			this.action();
		}, this.delayMs);
	}

	dispose(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
	}
}
