import { setTimeout as delay } from 'node:timers/promises';

/**
 * Tries until it does not throw: what a window shows comes in its own time.
 * @throws what the last attempt threw, after `withinMs`
 */
export async function eventually<T>(attempt: () => Promise<T> | T, withinMs = 10_000): Promise<T> {
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
