import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { processPlace } from '../../../src/core/files/processPlace';
import { sampleRepository } from '../../github-server/sampleRepository';
import { Scene, smallRepository } from './commandLine';

// Windows has no signals: a process that is sent one simply ends.
(process.platform === 'win32' ? describe.skip : describe)('pr-seeder seed, cancelled by Ctrl+C', () => {
	const harbor = () => sampleRepository(Date.now());
	let scene: Scene;

	beforeEach(async () => {
		scene = await Scene.make([harbor()]);
	});

	afterEach(() => scene.dispose());

	it('ends with 130, keeps what was fetched, and goes on from there', async () => {
		const total = scene.world.repository('octo-sample/harbor').pullRequests.size;
		const sent = interruptAfter(scene, 6);
		const { status, stderr, document } = await scene.json<{ failures: { message: string; resumable: boolean }[] }>(['seed', 'octo-sample/harbor'], {
			onStart: sent.watch,
		});
		assert.equal(status, 130, stderr);
		assert.match(stderr, /Stopping\. What was fetched stays stored; press Ctrl\+C again to end at once\./);
		assert.deepEqual(document.failures.map(({ resumable }) => resumable), [true]);

		const between = await scene.json<{ repositories: { pullRequests: number; resumable: boolean }[] }>(['status']);
		assert.deepEqual(between.document.repositories.map(({ pullRequests, resumable }) => [pullRequests, resumable]), [[total, true]]);
		assert.deepEqual(await scene.rows('SELECT count(*) FROM pull_request'), [[total]]);

		scene.server.clearFaults();
		scene.server.clearRequests();
		const { stdout } = await scene.must(['seed', 'octo-sample/harbor']);
		assert.match(stdout, new RegExp(`^octo-sample/harbor: ${total} pull requests`));
		assert.ok(scene.server.requests.every(({ operationName }) => operationName !== 'Listing'));
		const after = await scene.json<{ repositories: { resumable: boolean }[] }>(['status']);
		assert.equal(after.document.repositories[0]?.resumable, false);
	});
});

(process.platform === 'win32' ? describe.skip : describe)('while another process holds the database', () => {
	let scene: Scene;
	const lock = () => join(scene.storage, 'prs.sqlite.lock');

	beforeEach(async () => {
		scene = await Scene.make([smallRepository(3)]);
		await scene.must(['seed', 'octo/harbor']);
		scene.world.editTitle('octo/harbor', 1, 'Edited');
		await writeFile(lock(), JSON.stringify({ ...processPlace(), pid: process.pid, time: Date.now(), token: 'held' }));
	});
	afterEach(() => scene.dispose());

	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		it(`${signal} ends a seed soon, and the next one has what was fetched`, async () => {
			scene.server.clearRequests();
			let sentAt = 0;
			const { status, stderr } = await scene.run(['seed', 'octo/harbor'], {
				onStart: (child) =>
					void (async () => {
						await quiet(scene);
						sentAt = performance.now();
						child.kill(signal);
					})(),
			});
			const ms = performance.now() - sentAt;
			assert.ok(ms < 5_000, `${Math.round(ms)} ms`);
			assert.equal(status, 130, stderr);
			assert.match(stderr, /Stopping\..*\n.*Canceled\. What was fetched is stored; the next sync continues from there\./);
			assert.doesNotMatch(stderr, /could not be saved/);

			await rm(lock());
			await scene.must(['seed', 'octo/harbor']);
			assert.deepEqual(await scene.rows("SELECT count(*) FROM pull_request WHERE title = 'Edited'"), [[1]]);
		});
	}

	it('a seed that is interrupted while it fetches ends soon too', async () => {
		const sent = interruptAfter(scene, scene.server.requests.length + 1);
		const startedAt = performance.now();
		const { status, stderr } = await scene.run(['seed', 'octo/harbor'], { onStart: sent.watch });
		assert.equal(status, 130, stderr);
		assert.ok(performance.now() - startedAt < 8_000);
	});
});

/** Once the server has been asked and is asked no more. */
async function quiet(scene: Scene): Promise<void> {
	let asked = 0;
	do {
		asked = scene.server.requests.length;
		await wait(1_000);
	} while (asked === 0 || scene.server.requests.length > asked);
}

/** Sends Ctrl+C while the n-th request waits for its answer. */
function interruptAfter(scene: Scene, requests: number): { watch: (child: ChildProcess) => void } {
	scene.server.addFault({ kind: 'hang', match: requests });
	return {
		watch: (child) =>
			void (async () => {
				while (child.exitCode === null && scene.server.requests.length < requests) await wait(10);
				child.kill('SIGINT');
			})(),
	};
}
