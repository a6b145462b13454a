import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { sampleRepository } from '../../github-server/sampleRepository';
import { Scene } from './commandLine';

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
