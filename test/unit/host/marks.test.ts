import assert from 'node:assert/strict';
import { Marks } from '../../../src/host/myWork/marks';

const NOW = Date.parse('2026-06-03T10:00:00Z');
const DAY_MS = 86_400_000;
const one = { name: 'github.com/octo/harbor#1', fingerprint: 'a' };

function marksOver(kept: Record<string, unknown> = {}) {
	const make = () => new Marks({ get: (key) => kept[key], update: (key, value) => Promise.resolve(void (kept[key] = value)) });
	return { marks: make(), make, kept };
}

describe('what a person pinned and snoozed', () => {
	it('stays over windows, until it is let go', async () => {
		const { marks, make } = marksOver();
		await marks.pin([one.name], true);
		await marks.setSnooze([one], NOW + DAY_MS, NOW);
		assert.ok(make().isPinned(one.name));
		assert.deepEqual(make().snooze(one.name, 'b', NOW), { fingerprint: 'a', until: NOW + DAY_MS });
		await marks.pin([one.name], false);
		await marks.setSnooze([one], undefined, NOW);
		assert.ok(!make().isPinned(one.name));
		assert.equal(make().snooze(one.name, 'a', NOW), undefined);
	});

	it('comes back on its day, whatever changed before; or with the first change, whenever that is', async () => {
		const { marks } = marksOver();
		const other = { name: 'github.com/octo/harbor#2', fingerprint: 'a' };
		await marks.setSnooze([one], NOW + DAY_MS, NOW);
		await marks.setSnooze([other], 'change', NOW);
		assert.ok(marks.snooze(one.name, 'b', NOW + DAY_MS - 1));
		assert.equal(marks.snooze(one.name, 'a', NOW + DAY_MS), undefined);
		assert.ok(marks.snooze(other.name, 'a', NOW + 100 * DAY_MS));
		assert.equal(marks.snooze(other.name, 'b', NOW), undefined);
	});

	it('leaves out what is not understood, and forgets days that are over', async () => {
		const { marks, kept } = marksOver({ pinnedPullRequests: 3, snoozedPullRequests: { x: { until: 'soon' }, y: { fingerprint: 'a', until: NOW - 1 } } });
		assert.ok(!marks.isPinned('x'));
		assert.equal(marks.snooze('x', 'a', NOW), undefined);
		await marks.setSnooze([one], 'change', NOW);
		assert.deepEqual(Object.keys(kept['snoozedPullRequests'] as object), [one.name]);
	});
});
