import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Bench, pullRequest, repository } from './fixtures';

describe('rows that are gone', () => {
	it('leave neither space nor text in the file once they were much of it', async () => {
		const bench = await Bench.make();
		try {
			const store = await bench.open();
			const body = 'nobody shall find this. '.repeat(200);
			await store.apply({ repository: repository(), pullRequests: Array.from({ length: 100 }, (_, i) => pullRequest(i + 1, { body })) });
			await store.apply({ repository: repository('octo/pier'), pullRequests: [pullRequest(1, { body: 'stays' })] });
			await store.save();
			const before = await readFile(bench.path);
			assert.ok(before.includes('nobody shall find this'));
			await store.removeRepository(repository().ref);
			await store.save();
			const after = await readFile(bench.path);
			assert.ok(after.length < before.length / 2, `${after.length} of ${before.length} bytes`);
			assert.equal(after.includes('nobody shall find this'), false);
			// What is left is whole, here and for the next one who opens it.
			await store.apply({ repository: repository('octo/pier'), pullRequests: [pullRequest(2)] });
			await store.save();
			const other = await bench.open();
			assert.deepEqual((await other.query('SELECT number, body FROM pull_request ORDER BY 1', { rows: 9 })).rows, [[1, 'stays'], [2, null]]);
			assert.deepEqual((await other.query('SELECT * FROM pragma_integrity_check', { rows: 9 })).rows, [['ok']]);
		} finally {
			await bench.dispose();
		}
	});
});
