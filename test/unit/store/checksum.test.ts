import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { isSealed, seal } from '../../../src/core/store/file/checksum';
import { Connection } from '../../../src/core/store/sqlite/connection';
import { Bench, pullRequest, repository, sqlite3, sqlJs } from './fixtures';

const someBytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 37) % 251);

describe('the seal of a database', () => {
	it('tells every changed byte, and another length', () => {
		const bytes = someBytes(4_096);
		assert.equal(isSealed(bytes), false);
		seal(bytes);
		assert.equal(isSealed(bytes), true);
		for (let i = 0; i < bytes.length; i += 3) {
			const one = bytes.slice();
			one[i] = (one[i] ?? 0) ^ (1 << i % 8);
			assert.equal(isSealed(one), false, `byte ${i}`);
		}
		const two = bytes.slice();
		for (const i of [1_003, 2_007]) two[i] = (two[i] ?? 0) ^ 0x80;
		assert.equal(isSealed(two), false, 'the highest bits of two words');
		assert.equal(isSealed(bytes.subarray(0, 4_000)), false);
		assert.equal(isSealed(new Uint8Array()), false);
		assert.equal(isSealed(new Uint8Array(4_096)), false);
	});

	it('does not depend on where the bytes lie', () => {
		const bytes = someBytes(4_096);
		seal(bytes);
		const shifted = new Uint8Array(4_097).subarray(1);
		shifted.set(bytes);
		assert.equal(isSealed(shifted), true);
	});

	it('is on every file that is saved, and in nobody’s way', async () => {
		const bench = await Bench.make();
		try {
			const store = await bench.open();
			await store.apply({ repository: repository(), pullRequests: [pullRequest(1)] });
			await store.save();
			assert.equal(isSealed(await readFile(bench.path)), true);
			assert.ok([undefined, '1'].includes(sqlite3(bench.path, 'SELECT count(*) FROM pull_request')));
			// Another tool writes: the seal is broken, the file is sound.
			const other = new Connection(await sqlJs(), await readFile(bench.path));
			other.script("UPDATE pull_request SET title = 'By hand'");
			await writeFile(bench.path, other.export());
			other.close();
			const again = await bench.open();
			assert.equal(again.recovered, false);
			assert.equal((await again.read.pullRequests({}, { offset: 0, limit: 1 }))[0]?.title, 'By hand');
		} finally {
			await bench.dispose();
		}
	});
});
