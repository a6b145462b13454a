import assert from 'node:assert/strict';
import { lutimes, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HumanError } from '../../src/core/model/humanError';
import { LeaseHeldError } from '../../src/core/sync/lease';
import { Random } from '../github-server/random';
import { assertEqualsServer } from '../unit/sync/equality';
import { REPO, SyncHarness } from '../unit/sync/syncHarness';
import { mutatedBytes, mutatedJson } from './mutate';

/**
 * Runs over storage folders in which one file or two hold something else. Whatever it is: the first run ends with an
 * error for a person at most, the second one succeeds, and a fresh start ends with the server's state.
 * @returns what became of the files, and how often
 */
export function fuzzFiles(count: number, seed = 1): Promise<Record<string, number>> {
	const random = new Random(seed);
	return withSeededFolder(async (h, good) => {
		const ends: Record<string, number> = {};
		for (let written = 0; written < count; ) {
			await restore(h, good);
			let database = false;
			for (let left = random.pick([1, 1, 2]); left > 0; left--, written++) {
				const path = random.pick([...good.keys()]);
				database ||= path.endsWith('.sqlite');
				await writeFile(path, mutated(random, path, good.get(path) ?? Buffer.alloc(0)));
			}
			const end = await twoRuns(h, `seed ${seed}, file ${written}`);
			ends[end] = (ends[end] ?? 0) + 1;
			// A flipped byte can leave a database that is one, with another title in it.
			if (!database && random.chance(0.1)) {
				await h.seed({ refresh: true });
				await assertEqualsServer(h);
			}
		}
		return ends;
	});
}

/** Does something with a storage folder that holds a small repository; `good`: its files by their paths. */
export async function withSeededFolder<T>(work: (h: SyncHarness, good: Map<string, Buffer>) => Promise<T>): Promise<T> {
	const h = await SyncHarness.start();
	try {
		h.createPullRequests(6);
		h.world.addLabel(REPO, 1, 'bug');
		h.later();
		await h.seed();
		return await work(h, await filesOf(h));
	} finally {
		await h.stop();
	}
}

/**
 * Two runs, the second of which has to succeed, once a lease that somebody may hold is silent, and unless a link or the
 * database of a later release stands in the way, which is refused until it is gone.
 * @returns what became of the first
 */
export async function twoRuns(h: SyncHarness, name: string): Promise<string> {
	await h.forgetProcess();
	const opened = await attempt(() => h.open(), name);
	if (opened instanceof Error) {
		return opened.message.slice(0, 70);
	}
	const { seeder, store } = await h.open();
	await attempt(() => seeder.status(), name);
	const first = await h.trySeed();
	const error = first.failures[0]?.error;
	assert.ok(error === undefined || error instanceof HumanError, `${name}: ${error?.stack}`);
	await h.forgetProcess();
	let second = await h.trySeed();
	if (second.failures[0]?.error instanceof LeaseHeldError) {
		await silence(join(h.storage, 'cache/github.com', REPO));
		second = await h.trySeed();
	}
	if (/symbolic link|written by a newer PR Seeder/.test(second.failures[0]?.error.message ?? '')) {
		return 'is refused, with a word';
	}
	assert.equal(second.failures[0]?.error.stack, undefined, name);
	assert.deepEqual((await (await h.open()).store.query('SELECT * FROM pragma_integrity_check', { rows: 3 })).rows, [['ok']], name);
	const aside = (await readdir(join(h.storage, 'cache/github.com', REPO))).some((file) => file.startsWith('unreadable-'));
	return error ? error.message.slice(0, 70) : `${aside ? 'cache set aside' : 'cache used'}, ${store.recovered ? 'database set aside' : 'database used'}`;
}

/** Makes whatever stands in the place of a lease one that nobody renews any more. */
async function silence(folder: string): Promise<void> {
	for (const name of (await readdir(folder)).filter((one) => one.startsWith('lease.json'))) {
		await lutimes(join(folder, name), 0, 0);
	}
}

async function attempt<T>(action: () => Promise<T>, name: string): Promise<T | Error> {
	try {
		return await action();
	} catch (error) {
		assert.ok(error instanceof HumanError, `${name}: ${error instanceof Error ? error.stack : String(error)}`);
		return error;
	}
}

function mutated(random: Random, path: string, bytes: Buffer): Uint8Array {
	if (path.endsWith('.sqlite') || random.chance(0.3)) {
		return mutatedBytes(random, bytes);
	}
	if (path.endsWith('state.json')) {
		return Buffer.from(mutatedJson(random, JSON.parse(bytes.toString())));
	}
	const lines = bytes.toString().split('\n');
	const line = random.between(0, lines.length - 2);
	lines[line] = mutatedJson(random, JSON.parse(lines[line] ?? 'null'));
	return Buffer.from(lines.join('\n'));
}

/** Every file of the storage folder. */
async function filesOf(h: SyncHarness): Promise<Map<string, Buffer>> {
	const entries = await readdir(h.storage, { recursive: true, withFileTypes: true });
	const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path)] as const)));
}

/** Makes the storage folder what it was. */
export async function restore(h: SyncHarness, good: Map<string, Buffer>): Promise<void> {
	await rm(h.storage, { recursive: true, force: true });
	await mkdir(join(h.storage, 'cache/github.com', REPO), { recursive: true });
	for (const [path, bytes] of good) {
		await writeFile(path, bytes);
	}
}
