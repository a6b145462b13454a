import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { Emitter } from '../../../src/core/model/event';
import type { Store, StoreChange } from '../../../src/core/store/store';
import { Coalescer } from '../../../src/host/coalescer';
import { StoreAccess } from '../../../src/host/storeAccess';

function fakeStore() {
	const changes = new Emitter<StoreChange>();
	const calls: string[] = [];
	const store = {
		onDidChange: changes.event,
		refresh: () => Promise.resolve(calls.push('refresh') > 0),
		close: () => {
			calls.push('close');
			return Promise.resolve();
		},
	} as unknown as Store;
	return { store, calls, change: () => changes.fire({ repositoryId: undefined }) };
}

describe('StoreAccess', () => {
	it('opens on first use, and again after a failure', async () => {
		let opens = 0;
		const { store } = fakeStore();
		const access = new StoreAccess(
			() => (++opens === 1 ? Promise.reject(new Error('no disk')) : Promise.resolve(store)),
			() => undefined,
		);
		await assert.rejects(access.get(), /no disk/);
		assert.equal(await access.get(), store);
		assert.equal(await access.get(), store);
		assert.equal(opens, 2);
		await access.close();
	});

	it('tells a burst of changes once', async () => {
		const { store, change } = fakeStore();
		const access = new StoreAccess(() => Promise.resolve(store), () => undefined);
		let told = 0;
		access.onDidChange(() => told++);
		await access.get();
		for (let i = 0; i < 50; i++) change();
		assert.equal(told, 0);
		await delay(260);
		assert.equal(told, 1);
		await access.close();
	});

	it('does not open the database to take up changes, and closes only what is open', async () => {
		const { store, calls } = fakeStore();
		const closed = new StoreAccess(() => Promise.resolve(store), () => undefined);
		closed.refresh();
		await delay(350);
		await closed.close();
		assert.deepEqual(calls, []);

		const open = new StoreAccess(() => Promise.resolve(store), () => undefined);
		await open.get();
		open.refresh();
		open.refresh();
		await delay(350);
		await open.close();
		assert.deepEqual(calls, ['refresh', 'close']);
	});
});

describe('Coalescer', () => {
	it('is not held up by a steady stream', async () => {
		let runs = 0;
		const coalescer = new Coalescer(20, () => runs++);
		for (let i = 0; i < 20; i++) {
			coalescer.schedule();
			await delay(5);
		}
		coalescer.dispose();
		assert.ok(runs >= 2, `${runs} runs`);
	});

	it('does nothing after its end', async () => {
		let runs = 0;
		const coalescer = new Coalescer(5, () => runs++);
		coalescer.schedule();
		coalescer.dispose();
		await delay(20);
		assert.equal(runs, 0);
	});
});
