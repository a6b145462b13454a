import assert from 'node:assert/strict';
import { HumanError } from '../../../src/core/model/humanError';
import { dateWindow } from '../../../src/core/sync/seedOptions';

const NOW = Date.parse('2026-03-10T12:00:00Z');

describe('dateWindow', () => {
	it('takes the last day in', () => {
		assert.deepEqual(dateWindow({ since: '2026-02-01', until: '2026-02-28' }, NOW), { since: '2026-02-01T00:00:00Z', until: '2026-03-01T00:00:00Z' });
	});

	it('counts days back from now', () => {
		assert.deepEqual(dateWindow({ daysBack: 7 }, NOW), { since: '2026-03-03T12:00:00Z' });
	});

	it('is open where nothing is given', () => {
		assert.deepEqual(dateWindow({}, NOW), {});
	});

	for (const [given, message] of [
		[{ since: '2026-2-1' }, /since.*YYYY-MM-DD/],
		[{ until: '2026-02-30' }, /until.*YYYY-MM-DD/],
		[{ since: '2026-03-02', until: '2026-03-01' }, /swap/],
		[{ since: '2026-03-02', daysBack: 3 }, /not both/],
		[{ daysBack: 0 }, /at least 1/],
		[{ daysBack: 1.5 }, /whole number/],
	] as const) {
		it(`says what is wrong with ${JSON.stringify(given)}`, () => {
			assert.throws(() => dateWindow(given, NOW), (error) => error instanceof HumanError && message.test(error.message));
		});
	}
});
