import assert from 'node:assert/strict';
import { AutoSaver } from '../../../src/core/store/worker/autoSaver';
import { TaskQueue } from '../../../src/core/store/worker/taskQueue';
import { VirtualClock } from '../background/virtualClock';

const QUIET_MS = 15_000;

/** A store whose save takes a while. */
function slowStore(clock: VirtualClock, milliseconds = 0) {
	const saves: number[] = [];
	const store = {
		hasUnsaved: true,
		save: async () => {
			saves.push(clock.now());
			await clock.sleep(milliseconds);
		},
	};
	return { store, saves };
}

const unexpected = (error: unknown) => assert.fail(String(error));

describe('AutoSaver', () => {
	let clock: VirtualClock;
	beforeEach(() => {
		clock = new VirtualClock(0);
	});

	it('saves some time after a change, however many come', async () => {
		const { store, saves } = slowStore(clock);
		const saver = new AutoSaver(store, unexpected, clock);
		for (let i = 0; i < 10; i++) {
			saver.changed();
			await clock.advance(1_000);
		}
		assert.deepEqual(saves, []);
		await clock.advance(QUIET_MS);
		assert.deepEqual(saves, [QUIET_MS]);
		saver.dispose();
	});

	it('spends no more than a tenth of the time on saving', async () => {
		const { store, saves } = slowStore(clock, 4_000);
		const saver = new AutoSaver(store, unexpected, clock);
		for (let second = 0; second < 120; second++) {
			saver.changed();
			await clock.advance(1_000);
		}
		saver.dispose();
		// Each save takes 4 s, and nine times as long is rest.
		assert.deepEqual(saves, [15_000, 55_000, 95_000]);
	});

	it('does not save while somebody else does, and rests after that too', async () => {
		const { store, saves } = slowStore(clock, 4_000);
		const saver = new AutoSaver(store, unexpected, clock);
		saver.changed();
		await clock.advance(14_000);
		const asked = saver.save();
		await clock.advance(10_000);
		await asked;
		assert.deepEqual(saves, [14_000]);
		await clock.advance(60_000);
		assert.deepEqual(saves, [14_000, 54_000]);
		saver.dispose();
	});

	it('does nothing when somebody has saved already, or after its end', async () => {
		const { store, saves } = slowStore(clock);
		store.hasUnsaved = false;
		const saver = new AutoSaver(store, unexpected, clock);
		saver.changed();
		await clock.advance(2 * QUIET_MS);
		store.hasUnsaved = true;
		saver.changed();
		saver.dispose();
		await clock.advance(2 * QUIET_MS);
		assert.deepEqual(saves, []);
	});

	it('tells of a failure, and tries again with the next change', async () => {
		let failures = 0;
		const saver = new AutoSaver({ hasUnsaved: true, save: () => Promise.reject(new Error('disk full')) }, () => failures++, clock);
		saver.changed();
		await clock.advance(QUIET_MS);
		saver.changed();
		await clock.advance(QUIET_MS);
		assert.equal(failures, 2);
		saver.dispose();
	});
});

describe('TaskQueue', () => {
	it('begins in order, one in a turn, and drops what is taken back before', () => {
		const turns: (() => void)[] = [];
		const nextTurn = () => turns.shift()?.();
		const begun: number[] = [];
		const queue = new TaskQueue((run) => turns.push(run));
		for (const id of [1, 2, 3]) queue.add(id, () => begun.push(id));
		queue.drop(2);
		assert.equal(begun.length, 0);
		nextTurn();
		assert.deepEqual(begun, [1]);
		nextTurn();
		assert.deepEqual([begun, turns.length], [[1, 3], 0]);
		queue.add(4, () => begun.push(4));
		nextTurn();
		assert.deepEqual(begun, [1, 3, 4]);
	});
});
