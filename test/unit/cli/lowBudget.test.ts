import assert from 'node:assert/strict';
import { lowText, watchBudget } from '../../../src/cli/lowBudget';
import { RateBudget } from '../../../src/core/github/rateBudget';

describe('a budget that runs low', () => {
	const reset = Date.UTC(2026, 0, 10, 12) / 1000;
	const headers = (remaining: number, resetAt = reset, limit = 5_000) =>
		new Headers({ 'x-ratelimit-limit': String(limit), 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-used': String(limit - remaining), 'x-ratelimit-reset': String(resetAt) });

	it('is told once an hour, for each kind of request', () => {
		const budget = new RateBudget({ now: () => reset * 1000 - 60_000, steady: () => 0 });
		const told: [string, number][] = [];
		const watch = watchBudget(budget, ({ resource, limit }) => told.push([resource, limit.remaining]));
		for (const remaining of [101, 100, 99, 98]) budget.observe('graphql', headers(remaining));
		budget.observe('rest', headers(50));
		for (const remaining of [4_900, 99]) budget.observe('graphql', headers(remaining, reset + 3_600));
		assert.deepEqual(told, [['graphql', 99], ['rest', 50], ['graphql', 99]]);
		watch.dispose();
		budget.observe('graphql', headers(1, reset + 7_200));
		assert.equal(told.length, 3);
	});

	it('is not told of one that never was larger', () => {
		const budget = new RateBudget({ now: () => 0, steady: () => 0 });
		watchBudget(budget, () => assert.fail('there is nothing to tell'));
		budget.observe('rest', headers(59, reset, 60));
	});

	it('says how much is left, and until when', () => {
		const limit = { remaining: 99, limit: 5_000, used: 4_901, resetAt: '2026-01-10T12:00:00Z' };
		assert.match(lowText({ resource: 'graphql', limit, threshold: 100 }), /^Fewer than 100 points are left of the 5,000 that GraphQL has an hour: 99 points\. The budget is whole again at \d\d:\d\d:\d\d\.$/);
		assert.match(lowText({ resource: 'rest', limit: { ...limit, remaining: 1 }, threshold: 100 }), /^Fewer than 100 requests are left of the 5,000 that REST has an hour: 1 request\./);
	});
});
