import assert from 'node:assert/strict';
import { daysUntil, isComplete, isOverdue } from '../../../src/core/insights/due';

/** By the machine's clock, wherever the test runs. */
const at = (hour: number, minute = 0) => new Date(2026, 0, 10, hour, minute).getTime();

/** Some are left. */
const some = { open: 1, closed: 3, unfinished: false };

describe('a milestone that is due', () => {
	for (const dueOn of ['2026-01-10T00:00:00Z', '2026-01-10T07:00:00Z', '2026-01-10T08:00:00Z', '2026-01-10T23:59:59Z']) {
		it(`${dueOn} is late once that day has passed, not on it`, () => {
			for (const now of [at(0), at(0, 1), at(7, 30), at(12), at(23, 59)]) {
				assert.deepEqual([daysUntil(dueOn, now), isOverdue({ state: 'OPEN', dueOn, ...some }, now)], [0, false]);
			}
			assert.deepEqual([daysUntil(dueOn, at(24)), isOverdue({ state: 'OPEN', dueOn, ...some }, at(24))], [-1, true]);
		});
	}

	it('is counted in days, not in spans of 24 hours', () => {
		assert.equal(daysUntil('2026-01-11T00:00:00Z', at(0, 1)), 1);
		assert.equal(daysUntil('2026-01-11T00:00:00Z', at(23, 59)), 1);
	});

	it('is never late when it is closed, has no date, or one that is none', () => {
		for (const milestone of [{ state: 'CLOSED', dueOn: '2020-01-01T08:00:00Z' }, { state: 'OPEN', dueOn: null }, { state: 'OPEN', dueOn: 'soon' }] as const) {
			assert.equal(isOverdue({ ...milestone, ...some }, at(12)), false);
		}
		assert.equal(daysUntil('soon', at(12)), undefined);
	});

	it('is never late once it is complete, which it is not while nothing is in it or not all of that is known', () => {
		const late = { state: 'OPEN', dueOn: '2020-01-01T08:00:00Z', unfinished: false } as const;
		const judged = (counts: { open: number; closed: number; unfinished?: boolean }) => [isComplete({ ...late, ...counts }), isOverdue({ ...late, ...counts }, at(12))];
		assert.deepEqual(judged({ open: 0, closed: 3 }), [true, false]);
		assert.deepEqual(judged({ open: 1, closed: 3 }), [false, true]);
		assert.deepEqual(judged({ open: 0, closed: 0 }), [false, true]);
		assert.deepEqual(judged({ open: 0, closed: 3, unfinished: true }), [false, true]);
	});
});
