import assert from 'node:assert/strict';
import { DueTimes } from '../../../src/core/background/dueTimes';
import { parseRepository } from '../../../src/core/model/repository';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const INTERVAL_MS = 15 * MINUTE_MS;

describe('due times', () => {
	const ref = parseRepository('octo/harbor');

	it('put nothing off by more than an interval, also when the clock is set back', async () => {
		const syncedAt = Date.UTC(2026, 2, 2, 9);
		let now = syncedAt + DAY_MS;
		const due = new DueTimes({ now: () => now, lastSyncedAt: () => Promise.resolve(syncedAt) });
		await due.postpone(ref, now + INTERVAL_MS);
		now = syncedAt + 5 * MINUTE_MS;
		assert.equal(await due.of(ref, INTERVAL_MS), syncedAt + INTERVAL_MS);
	});
});
