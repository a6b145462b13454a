import { CancelledError } from './humanError';

/** Time, as a port: tests pass a clock of their own, so nothing has to wait for real. */
export interface Clock {
	/** Milliseconds since the Unix epoch. */
	now(): number;
	/** Milliseconds since some moment; goes on evenly where {@link now} is set to another time, but may stand still while the machine sleeps. */
	steady(): number;
	/** Resolves after `ms` milliseconds; rejects with {@link CancelledError} as soon as `signal` aborts. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
	now: () => Date.now(),
	steady: () => performance.now(),
	sleep: (ms, signal) =>
		new Promise((resolve, reject) => {
			if (signal?.aborted) {
				reject(new CancelledError());
				return;
			}
			const stop = () => {
				clearTimeout(timer);
				reject(new CancelledError());
			};
			const timer = setTimeout(() => {
				signal?.removeEventListener('abort', stop);
				resolve();
			}, ms);
			signal?.addEventListener('abort', stop, { once: true });
		}),
};

/** What a clock said at one moment. */
export type Moment = Readonly<Record<'now' | 'steady', number>>;

/** Reads a clock, for {@link msSince}. */
export function momentOf(clock: Pick<Clock, 'now' | 'steady'>): Moment {
	return { now: clock.now(), steady: clock.steady() };
}

/**
 * Milliseconds since a moment. A machine sleeps, and a clock that was wrong is set right: of what the two count, the
 * larger is believed, so that nobody waits longer than was asked for.
 */
export function msSince({ now, steady }: Moment, clock: Pick<Clock, 'now' | 'steady'>): number {
	return Math.max(clock.now() - now, clock.steady() - steady);
}

/** Throws {@link CancelledError} when the signal has been aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
	if (signal?.aborted) {
		throw new CancelledError();
	}
}

/** Milliseconds as GitHub writes times: ISO 8601 UTC with second precision. */
export function instant(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
