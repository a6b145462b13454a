import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sampleRepository } from '../../github-server/sampleRepository';
import { assertEqualsServer } from '../sync/equality';
import { eventsOf, runCli, Scene } from './commandLine';
import { asJob, harbor, killAndGoOn, seed } from './killedJob';

describe('pr-seeder as a job that nobody watches', function () {
	let scene: Scene;

	beforeEach(async () => {
		scene = await Scene.make([sampleRepository(Date.now())]);
	});
	afterEach(() => scene.dispose());

	it('names --storage when it has no home, and needs none with it', async () => {
		const { status, stderr, stdout } = await runCli(['seed', harbor, '--api-url', scene.server.url], asJob);
		assert.deepEqual([status, stdout], [2, '']);
		assert.match(stderr, /There is no place to keep things: the environment has no (HOME|USERPROFILE)\. Name a folder with --storage DIR\./);
		assert.equal(scene.server.requests.length, 0);
		assert.equal((await scene.run(seed, asJob)).status, 0);
		await assertEqualsServer(scene, harbor);
	});

	it('writes ASCII of its own in the locale C, and what people wrote in UTF-8', async () => {
		scene.world.editTitle(harbor, 1, 'Grüße · 日本語 …');
		const finished = await scene.run(seed, asJob);
		assert.equal(finished.status, 0, finished.stderr);
		for (const words of [['seed', harbor], ['status'], ['report', 'milestones'], ['--help'], ['seed', '--help'], ['seed', 'octo-sample/nowhere'], ['query', 'SELECT title FROM pull_request', '--json'], ['export', 'pull-requests', '--format', 'json']]) {
			const { stdout, stderr } = await scene.run(words, { env: asJob.env ?? {} });
			assert.doesNotMatch(stdout + stderr, /[^\n\r\x20-\x7e]/, words.join(' '));
			assert.notEqual(stdout + stderr, '');
		}
		assert.doesNotMatch(finished.stdout + finished.stderr, /[^\n\x20-\x7e]/);
		const sql = 'SELECT title FROM pull_request WHERE number = 1';
		assert.match((await scene.run(['query', sql], asJob)).stdout, /^title\n-+\nGrüße · 日本語 …\n$/);
		const { document } = await scene.json<{ rows: string[][] }>(['query', sql], asJob);
		assert.deepEqual(document.rows, [['Grüße · 日本語 …']]);
	});

	it('gives way to one that is at it already, resumably, and does it no harm', async () => {
		scene.server.setLatency({ baseMs: 150, perNodeMs: 0 });
		const first = scene.run(seed, asJob);
		while (!existsSync(join(scene.storage, 'cache', 'github.com', 'octo-sample', 'harbor', 'lease.json'))) await wait(20);
		const second = await scene.run(seed, asJob);
		assert.equal(second.status, 3, second.stderr);
		const failed = eventsOf(second).find(({ event }) => event === 'failed');
		assert.deepEqual([failed?.level, failed?.['class'], failed?.['resumable'], failed?.['exitStatus']], ['warn', 'LeaseHeldError', true, 3]);
		assert.match(String(failed?.['message']), /octo-sample\/harbor is being synced by another window or command \(process \d+\)/);
		const done = await first;
		assert.equal(done.status, 0, done.stderr);
		await assertEqualsServer(scene, harbor);
	});

	// Signals at more places than these are in test/long.
	for (const [signal, requests] of [['SIGTERM', 4], ['SIGKILL', 8]] as const) {
		it(`goes on where ${signal} hit it, in request ${requests}, until it equals the server`, async function () {
			if (process.platform === 'win32') this.skip();
			await killAndGoOn(scene, signal, requests);
		});
	}
});
