import assert from 'node:assert/strict';
import { dueText } from '../../../src/host/format/dueText';
import { english } from './english';

// Noon by the machine's clock, so that the day is the same wherever the test runs.
const noon = new Date(2026, 0, 10, 12).getTime();

describe('due text', () => {
	const cases: [string, string][] = [
		['2026-01-10T00:00:00Z', 'due today'],
		['2026-01-10T23:59:59Z', 'due today'],
		['2026-01-11T08:00:00Z', 'due tomorrow'],
		['2026-01-13T07:00:00Z', 'due in 3 days'],
		['2026-01-09T07:00:00Z', '1 day overdue'],
		['2026-01-08T07:00:00Z', '2 days overdue'],
		['2026-06-01T07:00:00Z', 'due Jun 1, 2026'],
		['not a date', ''],
	];
	const some = { state: 'OPEN', open: 1, closed: 3, unfinished: false } as const;
	for (const [dueOn, expected] of cases) {
		it(`${dueOn}: ${expected || 'nothing'}`, () => assert.equal(dueText({ ...some, dueOn }, noon, english), expected));
	}

	it('of what is complete: no longer late, and until its day when that is', () => {
		assert.equal(dueText({ ...some, open: 0, dueOn: '2025-10-18T07:00:00Z' }, noon, english), 'complete');
		assert.equal(dueText({ ...some, open: 0, dueOn: '2026-01-13T07:00:00Z' }, noon, english), 'due in 3 days');
		assert.equal(dueText({ ...some, dueOn: null }, noon, english), '');
	});
});
