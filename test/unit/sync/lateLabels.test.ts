import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CacheFolders } from '../../../src/core/cache/cacheFolders';
import type { FilePort } from '../../../src/core/files/filePort';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness } from './syncHarness';

/** A disk that takes its time over a part of a file. */
const slowlyRead: FilePort = {
	...nodeFiles,
	readRange: async (...where) => {
		await setTimeout(100);
		return nodeFiles.readRange(...where);
	},
};

describe('a label made after the labels were read', () => {
	let h: SyncHarness;

	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(3);
		await h.seed();
		h.later();
		h.world.editTitle(REPO, 1, 'Changed');
		h.later();
		// Between the probe and the details.
		h.server.before(2, (world) => world.addLabel(REPO, 1, 'late'));
		await h.seed();
		assert.ok(h.operations.length > 1);
		h.later();
	});

	afterEach(() => h.stop());

	const carried = async () => {
		const { store } = await h.open();
		return (await store.query('SELECT number, label_node_id IN (SELECT node_id FROM label) FROM pull_request_label', { rows: 9 })).rows;
	};

	async function damageLines(): Promise<void> {
		const folder = await new CacheFolders(nodeFiles, h.storage).find(h.ref);
		const journal = join(folder, (await readdir(folder)).find((name) => name.endsWith('.ndjson')) ?? '');
		await writeFile(journal, (await readFile(journal, 'utf8')).replaceAll('{"number":2,', '{"numb\u0000r":2,'));
		await h.forgetProcess();
	}

	it('is carried by nothing before it is known, and by its pull request with the next run', async () => {
		assert.deepEqual(await carried(), []);
		await h.seed();
		assert.deepEqual(await carried(), [[1, 1]]);
		await assertEqualsServer(h);
	});

	it('is carried by its pull request once known, also when the process ended and the database was lost meanwhile', async () => {
		await h.forgetProcess();
		await h.seed();
		assert.deepEqual(await carried(), [[1, 1]]);
	});

	it('is carried by its pull request once known, also when the line of that was damaged meanwhile', async () => {
		h.world.editTitle(REPO, 2, 'Changed');
		h.server.after(1, (world) => world.addLabel(REPO, 2, 'later'));
		// The details are read long enough after that to count as the last word.
		h.server.addFault({ kind: 'respond', status: 403, headers: { 'retry-after': '5' }, body: { message: 'You have exceeded a secondary rate limit.' }, match: { operationName: 'Details' }, times: 1 });
		await h.seed();
		await damageLines();
		h.files = slowlyRead;
		await h.seed();
		await assertEqualsServer(h);
	});

	it('leaves nothing behind when it is deleted before anybody knew it', async () => {
		h.world.deleteLabel(REPO, 'late');
		await h.seed();
		assert.deepEqual(await carried(), []);
		await assertEqualsServer(h);
	});
});
