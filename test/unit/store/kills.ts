import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { Connection } from '../../../src/core/store/sqlite/connection';
import { runCli, type Finished } from '../cli/commandLine';
import { assertEqualsServer } from '../sync/equality';
import { REPO, SyncHarness, TOKEN } from '../sync/syncHarness';
import { Random } from '../../github-server/random';
import { diskTemp } from '../../run/diskTemp';
import { sqlJs } from './fixtures';

const PULL_REQUESTS = 60;
/** From the start of the process to the end of a seed, on a machine that has other things to do. */
const LONGEST_MS = 1_600;

/**
 * Kills a command line that seeds and saves, so many times, at random moments; every second time in the middle of a save.
 * After each the database opens and is sound; after one to three of them the next run brings it to what the server has.
 */
export async function checkKills(count: number, seed: number): Promise<void> {
	const random = new Random(seed);
	// In memory a save would be over before it could be hit.
	const h = await SyncHarness.start({ temp: diskTemp() });
	try {
		h.createPullRequests(PULL_REQUESTS);
		let kills = 0;
		while (kills < count) {
			if (random.chance(1 / 3)) {
				await rm(h.storage, { recursive: true, force: true });
			}
			edit(h, random);
			for (let left = random.between(1, 3); left > 0 && kills < count; ) {
				if (await seedAndKill(h, random)) {
					kills++;
					left--;
					await assertOpens(h, `kill ${kills} of seed ${seed}`);
				} else {
					edit(h, random);
				}
			}
			const { status, stderr } = await runSeed(h);
			assert.equal(status, 0, stderr);
			await assertEqualsServer(h);
		}
	} finally {
		await h.stop();
	}
}

/** One run of the command line over the harness's repository and folder. */
export function runSeed(h: SyncHarness, onStart?: (child: ChildProcess) => void, names: readonly string[] = [REPO]): Promise<Finished> {
	return runCli(['seed', ...names, '--json', '--api-url', h.server.url, '--storage', h.storage], { env: { GITHUB_TOKEN: TOKEN }, process: true, ...(onStart ? { onStart } : {}) });
}

/** @returns whether it was killed before it had ended by itself */
async function seedAndKill(h: SyncHarness, random: Random): Promise<boolean> {
	await mkdir(h.storage, { recursive: true });
	const stop = new AbortController();
	const whileSaving = random.chance(0.5);
	const wait = random.between(0, whileSaving ? 15 : LONGEST_MS);
	let timer: ReturnType<typeof setTimeout> | undefined;
	const { status } = await runSeed(h, (child) => {
		const kill = () => (timer ??= setTimeout(() => child.kill('SIGKILL'), wait));
		if (!whileSaving) {
			kill();
			return;
		}
		watch(h.storage, { signal: stop.signal }, (_, name) => {
			if (name?.startsWith('prs.sqlite.')) {
				kill();
			}
		}).on('error', () => undefined);
	});
	clearTimeout(timer);
	stop.abort();
	return status === null;
}

/** Something new to seed, of every kind of row. */
function edit(h: SyncHarness, random: Random): void {
	const numbers = [...h.world.repository(REPO).pullRequests.keys()];
	for (let i = 0; i < 10; i++) {
		const number = random.pick(numbers);
		h.world.editTitle(REPO, number, `Title ${random.between(0, 1_000_000)}`);
		h.world.addReview(REPO, number, 'octo-ada', 'COMMENTED', `Review ${i}`);
		h.world.addLabel(REPO, number, `label-${random.between(0, 20)}`);
		h.later(1);
	}
	h.world.createPullRequest(REPO, { title: 'New' });
	h.later();
}

/** The file, as any SQLite tool would find it after a crash. There may be none yet. */
async function assertOpens(h: SyncHarness, when: string): Promise<void> {
	const bytes = await nodeFiles.read(join(h.storage, 'prs.sqlite'));
	if (bytes === undefined) {
		return;
	}
	const connection = new Connection(await sqlJs(), bytes);
	try {
		assert.deepEqual(connection.all('PRAGMA integrity_check', [], (row) => row.text('integrity_check')), ['ok'], when);
		assert.equal(connection.all('PRAGMA foreign_key_check', [], () => true).length, 0, when);
	} finally {
		connection.close();
	}
}
