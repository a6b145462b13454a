import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { AutoSaver } from '../../../src/core/store/worker/autoSaver';
import { TaskQueue } from '../../../src/core/store/worker/taskQueue';

/** A store whose save takes a while. */
function slowStore(milliseconds: number) {
	const saves: number[] = [];
	const store = {
		hasUnsaved: true,
		save: async () => {
			saves.push(performance.now());
			await delay(milliseconds);
		},
	};
	return { store, saves };
}

const unexpected = (error: unknown) => assert.fail(String(error));

describe('AutoSaver', () => {
	it('saves some time after a change, however many come', async () => {
		const { store, saves } = slowStore(0);
		const saver = new AutoSaver(store, unexpected, 30);
		for (let i = 0; i < 10; i++) saver.changed();
		assert.equal(saves.length, 0);
		await delay(80);
		assert.equal(saves.length, 1);
		saver.dispose();
	});

	it('spends no more than a tenth of the time on saving', async () => {
		const { store, saves } = slowStore(20);
		const saver = new AutoSaver(store, unexpected, 5);
		const end = performance.now() + 600;
		while (performance.now() < end) {
			saver.changed();
			await delay(2);
		}
		saver.dispose();
		assert.ok(saves.length >= 1 && saves.length <= 4, `${saves.length} saves`);
		assert.ok(saves.every((time, i) => i === 0 || time - saves[i - 1]! >= 190), String(saves));
	});

	it('does nothing when somebody has saved already, or after its end', async () => {
		const { store, saves } = slowStore(0);
		store.hasUnsaved = false;
		const saver = new AutoSaver(store, unexpected, 5);
		saver.changed();
		await delay(30);
		store.hasUnsaved = true;
		saver.changed();
		saver.dispose();
		await delay(30);
		assert.equal(saves.length, 0);
	});

	it('tells of a failure, and tries again with the next change', async () => {
		let failures = 0;
		const saver = new AutoSaver({ hasUnsaved: true, save: () => Promise.reject(new Error('disk full')) }, () => failures++, 5);
		saver.changed();
		await delay(30);
		saver.changed();
		await delay(30);
		assert.equal(failures, 2);
		saver.dispose();
	});
});

describe('TaskQueue', () => {
	it('begins in order, one in a turn, and drops what is taken back before', async () => {
		const begun: number[] = [];
		const queue = new TaskQueue(setImmediate);
		for (const id of [1, 2, 3]) queue.add(id, () => begun.push(id));
		queue.drop(2);
		assert.equal(begun.length, 0);
		await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
		assert.deepEqual(begun, [1, 3]);
		queue.add(4, () => begun.push(4));
		await delay(5);
		assert.deepEqual(begun, [1, 3, 4]);
	});
});
