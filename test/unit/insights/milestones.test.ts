import assert from 'node:assert/strict';
import { burnUpModel, burnUpTable } from '../../../src/core/insights/burnUpModel';
import { leftByLabel, milestoneProgress } from '../../../src/core/insights/milestoneModel';
import type { BurnUpRow } from '../../../src/core/store/read/burnUp';

const DAY_MS = 86_400_000;
const today = '2026-06-01';

/** So many pull requests, fifty opened a day and closed a week later. */
function rowsOf(count: number): BurnUpRow[] {
	const days = Math.ceil(count / 50);
	return Array.from({ length: days === 0 ? 0 : days + 7 }, (_, index) => ({
		day: new Date(Date.parse('2020-01-01') + index * DAY_MS).toISOString().slice(0, 10),
		opened: Math.max(0, Math.min(50, count - index * 50)),
		closed: index < 7 ? 0 : Math.max(0, Math.min(50, count - (index - 7) * 50)),
	}));
}

describe('the burn-up of a milestone', () => {
	for (const count of [0, 1, 300, 100_000]) {
		it(`adds up for ${count} pull requests, never falls and never closes more than is there`, () => {
			const { points } = burnUpModel(rowsOf(count), today);
			assert.equal(points.at(-1)?.opened ?? 0, count);
			assert.equal(points.at(-1)?.closed ?? 0, count);
			for (const [index, point] of points.entries()) {
				const before = points[index - 1];
				assert.ok(point.closed <= point.opened);
				assert.ok(!before || (before.day < point.day && before.opened <= point.opened && before.closed <= point.closed));
			}
			const table = burnUpTable(points, 40);
			assert.ok(table.length <= 120, String(table.length));
			assert.deepEqual(table.at(-1), points.at(-1));
		});
	}

	it('begins at nothing the day before, and runs until today', () => {
		assert.deepEqual(burnUpModel([{ day: '2026-03-01', opened: 2, closed: 1 }], today).points, [
			{ day: '2026-02-28', opened: 0, closed: 0 },
			{ day: '2026-03-01', opened: 2, closed: 1 },
			{ day: '2026-06-01', opened: 2, closed: 1 },
		]);
		assert.equal(burnUpModel([{ day: today, opened: 2, closed: 1 }], today).points.length, 2);
		assert.equal(burnUpModel([{ day: '2026-06-02', opened: 1, closed: 0 }], today).points.at(-1)?.day, '2026-06-02');
	});

	it('is a row a month where there are many days, each as at its end', () => {
		const points = burnUpModel([
			{ day: '2026-01-05', opened: 1, closed: 0 },
			{ day: '2026-01-20', opened: 2, closed: 1 },
			{ day: '2026-02-03', opened: 1, closed: 1 },
		], '2026-02-20').points;
		assert.deepEqual(burnUpTable(points, 3), [
			{ day: '2026-01-20', opened: 3, closed: 1 },
			{ day: '2026-02-20', opened: 4, closed: 2 },
		]);
		assert.equal(burnUpTable(points, 10).length, 5);
	});
});

describe('the progress of a milestone', () => {
	it('is not 100% before nothing is left', () => {
		assert.deepEqual(milestoneProgress({ open: 1, closed: 999, unfinished: false }), { total: 1000, done: 999, left: 1, percent: 99 });
		assert.equal(milestoneProgress({ open: 0, closed: 3, unfinished: false }).percent, 100);
		assert.equal(milestoneProgress({ open: 0, closed: 0, unfinished: false }).percent, null);
		assert.equal(milestoneProgress({ open: 0, closed: 3, unfinished: true }).percent, null);
	});

	it('says what is left by label, those without one last', () => {
		const group = { repositoryId: 1, count: 1 };
		assert.deepEqual(
			leftByLabel([
				{ ...group, key: 'L_a', title: 'area', color: 'ff0000' },
				{ ...group, key: 'L_b', title: 'bug', color: '00ff00', count: 5 },
				{ ...group, key: null, title: '', count: 9 },
			]),
			[
				{ name: 'bug', color: '00ff00', count: 5 },
				{ name: 'area', color: 'ff0000', count: 1 },
				{ name: null, color: null, count: 9 },
			],
		);
		assert.deepEqual(leftByLabel([]), []);
	});
});
