import assert from 'node:assert/strict';
import { CancelledError } from '../../../src/core/model/humanError';
import { QuietSeeder } from '../../../src/host/background/quietSeeder';
import { SyncHarness } from '../sync/syncHarness';

describe('seeding without a person', () => {
	let h: SyncHarness;
	let ended: unknown[];
	let seeded: number[];
	let signedIn: boolean;
	let quiet: QuietSeeder;

	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(150);
		ended = [];
		seeded = [];
		signedIn = true;
		quiet = new QuietSeeder({
			service: async () => (await h.open()).seeder,
			silent: (host) => Promise.resolve(signedIn ? { host, apiUrl: h.server.url, account: 'octo-viewer', token: 'test-token' } : undefined),
			seedOptions: () => ({ maxPullRequests: 120 }),
			onDidUse: () => undefined,
			onDidSeed: ({ pullRequests }) => seeded.push(pullRequests),
			onDidEnd: (failure) => ended.push(failure),
		});
	});

	afterEach(() => h.stop());

	it('takes the account that is signed in, and the settings', async () => {
		const account = await quiet.account(h.ref);
		await account?.seed(h.ref, { signal: new AbortController().signal, onProgress: () => undefined });
		assert.deepEqual(ended, [undefined]);
		assert.deepEqual(seeded, [120]);
		signedIn = false;
		assert.equal(await quiet.account(h.ref), undefined);
	});

	it('makes way for a person, who goes on from where it was', async () => {
		const account = await quiet.account(h.ref);
		let freed: Promise<void> | undefined;
		h.server.after({ operationName: 'Listing', nth: 2 }, () => void (freed = quiet.makeWay(h.ref)));
		await assert.rejects(account!.seed(h.ref, { signal: new AbortController().signal, onProgress: () => undefined }), CancelledError);
		await freed;
		assert.ok(ended[0] instanceof CancelledError);
		// The lease is free, and the first page is there.
		assert.equal((await h.seed()).pullRequests, 150);
		assert.equal(h.operations.filter((name) => name === 'Listing').length, 1);
	});

	it('leaves other repositories’ syncs alone', async () => {
		const account = await quiet.account(h.ref);
		let freed: Promise<void> | undefined;
		h.server.after({ operationName: 'Listing' }, () => void (freed = quiet.makeWay({ ...h.ref, name: 'pier' })));
		await account?.seed(h.ref, { signal: new AbortController().signal, onProgress: () => undefined });
		await freed;
		assert.deepEqual(ended, [undefined]);
	});
});
