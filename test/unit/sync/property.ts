import fc from 'fast-check';
import { assertEqualsServer } from './equality';
import { history, play } from './histories';
import { SyncHarness } from './syncHarness';

/** Whatever happened, and whenever: after a clean sync the storage folder equals the server. */
export async function checkHistories(numRuns: number, seed?: number): Promise<void> {
	await fc.assert(
		fc.asyncProperty(history, async (events) => {
			const h = await SyncHarness.start();
			try {
				await assertEqualsServer(h, await play(h, events));
			} finally {
				await h.stop();
			}
		}),
		{ numRuns, ...(seed === undefined ? {} : { seed }), interruptAfterTimeLimit: 3_000_000, markInterruptAsFailure: true },
	);
}
