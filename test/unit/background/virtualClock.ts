import type { Clock } from '../../../src/core/model/clock';
import { CancelledError } from '../../../src/core/model/humanError';

interface Sleeper {
	at: number;
	wake: () => void;
}

/**
 * Time that passes only when a test says so, for real work: it stands still while any of that goes on, and from one
 * sleeper to the next it jumps.
 */
export class VirtualClock implements Clock {
	private time: number;
	private readonly sleepers = new Set<Sleeper>();
	/** Pieces of real work that are under way and do not sleep. */
	private busy = 0;
	private whenIdle: (() => void) | undefined;

	constructor(start: number | string) {
		this.time = new Date(start).getTime();
	}

	now(): number {
		return this.time;
	}

	steady(): number {
		return this.time;
	}

	sleep(ms: number, signal?: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			if (signal?.aborted) {
				reject(new CancelledError());
				return;
			}
			const end = (settle: () => void) => () => {
				this.sleepers.delete(sleeper);
				signal?.removeEventListener('abort', stop);
				settle();
			};
			const stop = end(() => reject(new CancelledError()));
			const sleeper = { at: this.time + ms, wake: end(resolve) };
			this.sleepers.add(sleeper);
			signal?.addEventListener('abort', stop, { once: true });
		});
	}

	/** Lets no time pass before the work is done, but for what it {@link inside} sleeps. */
	async track<T>(work: Promise<T>): Promise<T> {
		this.busy++;
		try {
			return await work;
		} finally {
			this.worked();
		}
	}

	/** The clock of tracked work: while it sleeps, time may pass. */
	get inside(): Clock {
		return {
			now: () => this.time,
			steady: () => this.time,
			sleep: async (ms, signal) => {
				this.worked();
				try {
					await this.sleep(ms, signal);
				} finally {
					this.busy++;
				}
			},
		};
	}

	/** Lets time pass, with all that happens in it. */
	async advance(ms: number): Promise<void> {
		const end = this.time + ms;
		for (;;) {
			await this.settle();
			const next = Math.min(...[...this.sleepers].map(({ at }) => at));
			if (next > end) {
				break;
			}
			this.time = Math.max(this.time, next);
			[...this.sleepers].filter(({ at }) => at === next).forEach(({ wake }) => wake());
		}
		this.time = end;
	}

	/** Lets time pass in which nothing runs, as when a machine sleeps. */
	jump(ms: number): void {
		this.time += ms;
	}

	/** Waits until nothing goes on any more. */
	async settle(): Promise<void> {
		// What follows on finished work begins within the same turn of the event loop.
		for (let quiet = 0; quiet < 2; quiet++) {
			if (this.busy > 0) {
				quiet = 0;
				await new Promise<void>((resolve) => (this.whenIdle = resolve));
			}
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	private worked(): void {
		if (--this.busy === 0) {
			this.whenIdle?.();
		}
	}
}
