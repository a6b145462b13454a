import { setTimeout as delay } from 'node:timers/promises';

/** For a test of several steps, each of which waits a minute at most. */
export const LONGEST_TEST_MS = 240_000;

/**
 * Tries until it does not throw: what a window shows comes in its own time.
 * @throws what the last attempt threw, after `withinMs`
 */
export async function eventually<T>(attempt: () => Promise<T> | T, withinMs = 30_000): Promise<T> {
	const deadline = Date.now() + withinMs;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (Date.now() > deadline) throw error;
		}
		await delay(100);
	}
}
