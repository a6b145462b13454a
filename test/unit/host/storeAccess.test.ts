import assert from 'node:assert/strict';
import { Emitter } from '../../../src/core/model/event';
import type { Store, StoreChange } from '../../../src/core/store/store';
import { Coalescer } from '../../../src/host/coalescer';
import { StoreAccess } from '../../../src/host/storeAccess';
import { VirtualClock } from '../background/virtualClock';
import { repositoryRow } from './rows';

function fakeStore() {
	const changes = new Emitter<StoreChange>();
	const calls: string[] = [];
	const rows = [repositoryRow()];
	const store = {
		read: { repositories: () => Promise.resolve(rows) },
		onDidChange: changes.event,
		refresh: () => Promise.resolve(calls.push('refresh') > 0),
		close: () => {
			calls.push('close');
			return Promise.resolve();
		},
	} as unknown as Store;
	return { store, calls, rows, change: () => changes.fire({ repositoryId: undefined }) };
}

describe('StoreAccess', () => {
	let clock: VirtualClock;
	beforeEach(() => {
		clock = new VirtualClock(0);
	});

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
		const access = new StoreAccess(() => Promise.resolve(store), () => undefined, clock);
		let told = 0;
		access.onDidChange(() => told++);
		await access.get();
		for (let i = 0; i < 50; i++) change();
		await clock.advance(199);
		assert.equal(told, 0);
		await clock.advance(1);
		assert.equal(told, 1);
		await access.close();
	});

	it('does not open the database to take up changes, and closes only what is open', async () => {
		const { store, calls } = fakeStore();
		const closed = new StoreAccess(() => Promise.resolve(store), () => undefined, clock);
		closed.refresh();
		closed.lookedAt();
		await clock.advance(1_000);
		await closed.close();
		assert.deepEqual(calls, []);

		const open = new StoreAccess(() => Promise.resolve(store), () => undefined, clock);
		await open.get();
		open.refresh();
		open.refresh();
		await clock.advance(1_000);
		await open.close();
		assert.deepEqual(calls, ['refresh', 'close']);
	});

	it('tells when a repository was looked at, once for each time', async () => {
		const { store, rows } = fakeStore();
		const access = new StoreAccess(() => Promise.resolve(store), () => undefined, clock);
		let told = 0;
		access.onDidChange(() => told++);
		await access.get();
		const look = async (syncedAt: string) => {
			rows[0] = { ...rows[0]!, syncedAt };
			access.lookedAt();
			access.lookedAt();
			await clock.advance(1_000);
			return told;
		};
		assert.equal(await look('2026-01-01T00:00:00Z'), 1);
		assert.equal(await look('2026-01-01T00:00:00Z'), 1);
		assert.equal(await look('2026-01-01T00:15:00Z'), 2);
		await access.close();
	});
});

describe('Coalescer', () => {
	let clock: VirtualClock;
	beforeEach(() => {
		clock = new VirtualClock(0);
	});

	it('is not held up by a steady stream', async () => {
		const runs: number[] = [];
		const coalescer = new Coalescer(20, () => runs.push(clock.now()), clock);
		for (let i = 0; i < 10; i++) {
			coalescer.schedule();
			await clock.advance(5);
		}
		coalescer.dispose();
		assert.deepEqual(runs, [20, 40]);
	});

	it('does nothing after its end', async () => {
		let runs = 0;
		const coalescer = new Coalescer(5, () => runs++, clock);
		coalescer.schedule();
		coalescer.dispose();
		await clock.advance(20);
		assert.equal(runs, 0);
	});
});
