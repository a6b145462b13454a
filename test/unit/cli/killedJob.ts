import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { assertEqualsServer } from '../sync/equality';
import { eventsOf, type RunOptions, type Scene } from './commandLine';

export const harbor = 'octo-sample/harbor';
const HOMELESS = { HOME: undefined, USERPROFILE: undefined, LOCALAPPDATA: undefined, XDG_DATA_HOME: undefined };
export const seed = ['seed', harbor, '--log', 'json', '--json'] as const;

/** As cron starts it: in a session of its own, without a terminal, a home or a language. */
export const asJob: RunOptions = { env: { ...HOMELESS, LC_ALL: 'C' }, detached: true };

/** Ends a seed of the sample in the middle of its n-th request, and lets another one go on from there. */
export async function killAndGoOn(scene: Scene, signal: 'SIGTERM' | 'SIGKILL', requests: number): Promise<void> {
	scene.server.addFault({ kind: 'hang', match: requests });
	const hit = await scene.run(seed, { ...asJob, onStart: (child) => void kill(child, signal, () => scene.server.requests.length >= requests) });
	scene.server.clearFaults();
	if (signal === 'SIGTERM') {
		assert.equal(hit.status, 130, hit.stderr);
		assert.deepEqual(eventsOf(hit).slice(-2).map(({ event, exitStatus }) => [event, exitStatus]), [['failed', 130], ['finished', 130]]);
	} else {
		assert.deepEqual([hit.status, hit.stdout], [null, '']);
	}
	const again = await scene.run(seed, asJob);
	assert.equal(again.status, 0, again.stderr);
	await assertEqualsServer(scene, harbor);
}

async function kill(child: ChildProcess, signal: NodeJS.Signals, when: () => boolean): Promise<void> {
	while (child.exitCode === null && !when()) await wait(5);
	child.kill(signal);
}
