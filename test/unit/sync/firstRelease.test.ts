import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { repositoryRoot } from '../../vscode/paths';
import { assertEqualsServer } from './equality';
import { firstReleaseWorld } from './firstReleaseWorld';
import { REPO, SyncHarness } from './syncHarness';

/** Paths in the storage folder, each with its bytes in base64. */
type Folder = Record<string, string>;

describe('a storage folder of the first release', () => {
	let h: SyncHarness;

	beforeEach(async () => {
		h = await SyncHarness.start();
		firstReleaseWorld(h);
		const folder = JSON.parse(gunzipSync(await readFile(join(repositoryRoot, 'test', 'unit', 'sync', 'firstRelease.json.gz'))).toString()) as Folder;
		for (const [path, bytes] of Object.entries(folder)) {
			await mkdir(dirname(join(h.storage, path)), { recursive: true });
			await writeFile(join(h.storage, path), Buffer.from(bytes, 'base64'));
		}
		h.later();
	});
	afterEach(() => h.stop());

	/** Every pull request that details were asked for, as often as they were. */
	const asked = () => h.server.requests.flatMap(({ variables }) => (Array.isArray(variables?.['ids']) ? (variables['ids'] as string[]) : []));

	it('is shown before anything is fetched', async () => {
		const { store } = await h.open();
		const { rows } = await store.query('SELECT count(*), count(merged_by), group_concat(DISTINCT partial) FROM pull_request', { rows: 1 });
		assert.deepEqual(rows, [[12, 0, '[]']]);
		assert.deepEqual((await store.read.repositories()).map(({ nameWithOwner, pullRequests }) => [nameWithOwner, pullRequests]), [[REPO, 12]]);
	});

	for (const [what, prepare] of [
		['', () => Promise.resolve()],
		[', its database lost', () => rm(join(h.storage, 'prs.sqlite'))],
		[', its index lost', () => rm(join(h.storage, 'cache', 'github.com', REPO, 'index.json'))],
	] as const) {
		it(`is completed by one sync, nothing lost and nothing fetched twice${what}`, async () => {
			await prepare();
			const report = await h.seed();
			assert.deepEqual([report.mode, report.added, report.removed, report.partial, report.unreadable], ['incremental', 0, 0, [], []]);
			assert.equal(new Set(asked()).size, 12);
			assert.equal(asked().length, 12);
			await assertEqualsServer(h);
			h.later();
			assert.equal((await h.seed()).mode, 'unchanged');
			assert.deepEqual(h.operations, ['Probe']);
		});
	}

	it('is not taken for complete by a run that leaves checks alone', async () => {
		h.world.editTitle(REPO, 6, 'Edited');
		h.later();
		await h.seed({ checkRuns: false });
		assert.equal(asked().length, 1);
		h.later();
		await h.seed();
		assert.equal(asked().length, 12);
		await assertEqualsServer(h);
	});

	it('is completed by a later sync where the first one breaks off', async () => {
		h.server.addFault({ kind: 'badGateway', times: Infinity, match: { operationName: 'Details' } });
		await h.trySeed();
		await h.forgetProcess();
		h.server.clearFaults();
		h.later();
		await h.seed();
		assert.equal(new Set(asked()).size, 12);
		await assertEqualsServer(h);
	});
});
