import assert from 'node:assert/strict';
import { workPeriod } from '../../src/core/insights/workloadModel';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { writePieces } from '../../src/core/export/exportFile';
import { exportRows } from '../../src/core/export/exportRows';
import { writeText } from '../../src/core/export/exportText';
import { pullRequest, repository, user } from '../unit/store/fixtures';
import { openInThread } from '../unit/store/workerThread';

const COUNT = 100_000;
const BATCH = 5_000;

describe('an export of 100,000 pull requests', () => {
	it('holds up nobody, and holds a page at a time', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'pr-seeder-large-'));
		const { store } = await openInThread(join(folder, 'storage'));
		try {
			const assignees = [user('ada'), user('zoe')];
			for (let first = 1; first <= COUNT; first += BATCH) {
				await store.apply({ repository: repository(), pullRequests: Array.from({ length: BATCH }, (_, i) => pullRequest(first + i, { assignees, state: i % 10 === 0 ? 'OPEN' : 'MERGED' })) });
			}
			for (const [name, filter, expected] of [['all', {}, COUNT], ['open', { states: ['OPEN'] }, COUNT / 10]] as const) {
				const path = join(folder, `${name}.csv`);
				const delay = monitorEventLoopDelay({ resolution: 5 });
				let heap = 0;
				const before = process.memoryUsage().heapUsed;
				const start = performance.now();
				delay.enable();
				const count = await writePieces({ path, overwrite: false, storage: join(folder, 'storage') }, (sink) =>
					writeText(exportRows('pull-requests', store, { ...filter, states: 'states' in filter ? [...filter.states] : ['OPEN', 'CLOSED', 'MERGED'] }, workPeriod(Date.now())), sink, {
						format: 'csv',
						mark: true,
						onProgress: () => (heap = Math.max(heap, process.memoryUsage().heapUsed - before)),
					}),
				);
				delay.disable();
				const longest = delay.max / 1e6;
				console.log(`      ${name}: ${count} rows, ${((await stat(path)).size / 1e6).toFixed(1)} MB, ${Math.round(performance.now() - start)} ms, longest block ${longest.toFixed(0)} ms, heap +${(heap / 1e6).toFixed(0)} MB`);
				assert.equal(count, expected);
				assert.ok(longest < 250, `the thread was held up for ${longest} ms`);
				assert.ok(heap < 100e6, `the heap grew by ${heap} bytes`);
			}
		} finally {
			await store.close();
			await rm(folder, { recursive: true, force: true });
		}
	}).timeout(120_000);
});
