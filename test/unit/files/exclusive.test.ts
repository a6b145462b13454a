import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/core/files/nodeFiles';

describe('a file that only one can make', () => {
	let folder = '';
	beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'pr-seeder-exclusive-'))));
	afterEach(() => rm(folder, { recursive: true, force: true }));

	it('is made once, however many try, and is never there without its content', async () => {
		for (let round = 0; round < 20; round++) {
			const path = join(folder, String(round), 'lock');
			const seen = new Set<string>();
			const done = new AbortController();
			const watching = (async () => {
				while (!done.signal.aborted) seen.add(await readFile(path, 'utf8').catch(() => 'absent'));
			})();
			const made = await Promise.all(Array.from({ length: 30 }, (_, i) => nodeFiles.createExclusive(path, Buffer.from(`maker ${i}`))));
			done.abort();
			await watching;
			assert.equal(made.filter(Boolean).length, 1);
			const content = `maker ${made.indexOf(true)}`;
			assert.equal(await readFile(path, 'utf8'), content);
			assert.deepEqual([...seen].filter((one) => one !== 'absent' && one !== content), []);
			assert.deepEqual(await readdir(join(folder, String(round))), ['lock']);
		}
	});
});
