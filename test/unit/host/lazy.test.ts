import assert from 'node:assert/strict';
import { Lazy } from '../../../src/host/lazy';

describe('Lazy', () => {
	it('makes its thing once, on first use', async () => {
		let made = 0;
		const lazy = new Lazy(() => Promise.resolve(++made));
		assert.equal(lazy.peek(), undefined);
		assert.deepEqual(await Promise.all([lazy.get(), lazy.get()]), [1, 1]);
		assert.equal(lazy.peek(), 1);
	});

	it('tries again after a failure', async () => {
		let tries = 0;
		const lazy = new Lazy(() => (++tries === 1 ? Promise.reject(new Error('no')) : Promise.resolve(tries)));
		await assert.rejects(lazy.get());
		assert.equal(await lazy.get(), 2);
	});

	it('hands over what it made and starts afresh', async () => {
		let made = 0;
		const lazy = new Lazy(() => Promise.resolve(++made));
		assert.equal(await lazy.take(), undefined);
		void lazy.get();
		assert.equal(await lazy.take(), 1);
		assert.equal(lazy.peek(), undefined);
		assert.equal(await lazy.get(), 2);
	});
});
