import assert from 'node:assert/strict';
import { RateBudget } from '../../../src/core/github/rateBudget';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SERVER_NOW = Date.UTC(2026, 2, 2, 9);

describe('rate budget', () => {
	const time = { now: 0, steady: 0 };
	let budget: RateBudget;

	function pass(ms: number): void {
		time.now += ms;
		time.steady += ms;
	}

	/** An answer with nothing left and half an hour until the reset. */
	function observe(): void {
		const resetAt = (SERVER_NOW + 30 * MINUTE_MS) / 1000;
		const headers = { date: new Date(SERVER_NOW).toUTCString(), 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(resetAt) };
		budget.observe('graphql', new Headers(headers));
	}

	beforeEach(() => {
		time.now = SERVER_NOW + 2 * DAY_MS;
		time.steady = 5_000;
		budget = new RateBudget({ now: () => time.now, steady: () => time.steady });
	});

	it('counts by the server\'s time, whatever the local clock says', () => {
		observe();
		pass(10 * MINUTE_MS);
		assert.equal(budget.serverNow(), SERVER_NOW + 10 * MINUTE_MS);
		assert.equal(budget.msUntilReset('graphql'), 20 * MINUTE_MS);
	});

	it('waits no longer when the clock is set back meanwhile', () => {
		observe();
		budget.slowDown(5_000);
		time.now -= DAY_MS;
		pass(2_000);
		assert.equal(budget.msUntilReset('graphql'), 30 * MINUTE_MS - 2_000);
		assert.equal(budget.msUntilWelcome, 3_000);
	});

	it('counts the time that the machine slept', () => {
		observe();
		budget.slowDown(5_000);
		time.now += 45 * MINUTE_MS;
		assert.equal(budget.msUntilReset('graphql'), 0);
		assert.equal(budget.msUntilWelcome, 0);
	});

	it('keeps the longest of the waits that the host asked for', () => {
		budget.slowDown(60_000);
		pass(10_000);
		budget.slowDown(5_000);
		assert.equal(budget.msUntilWelcome, 50_000);
		budget.slowDown(90_000);
		assert.equal(budget.msUntilWelcome, 90_000);
	});
});
