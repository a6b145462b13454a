import assert from 'node:assert/strict';
import { documentOf } from '../cli/commandLine';
import { Random } from '../../github-server/random';
import { assertEqualsServer } from '../sync/equality';
import { REPO, SyncHarness } from '../sync/syncHarness';
import { runSeed } from './kills';

const NAMES = [REPO, 'octo/lighthouse', 'octo/pier'];

interface SeedDocument {
	repositories: { nameWithOwner: string; mode: string }[];
	failures?: { nameWithOwner: string; message: string }[];
}

/**
 * Lets two processes seed into one storage folder at once, so many rounds: the same repository, different ones,
 * several in another order. Nothing is lost, and no repository is synced by both at a time.
 */
export async function checkTwoProcesses(rounds: number, seed: number): Promise<void> {
	const random = new Random(seed);
	const h = await SyncHarness.start();
	try {
		for (const name of NAMES.slice(1)) h.world.createRepository(name);
		for (let round = 1; round <= rounds; round++) {
			change(h, random);
			const [first, second] = random.pick(PLANS)(random);
			await playRound(h, [first, second], `round ${round} of seed ${seed}: ${first.join(' ')} | ${second.join(' ')}`);
		}
	} finally {
		await h.stop();
	}
}

const PLANS: ((random: Random) => [string[], string[]])[] = [
	(random) => {
		const name = random.pick(NAMES);
		return [[name], [name]];
	},
	() => [[NAMES[0] ?? ''], [NAMES[1] ?? '']],
	() => [NAMES, [...NAMES].reverse()],
];

/** Whoever wants to hear of a process gets one of its own. */
const inItsOwn = () => undefined;

async function playRound(h: SyncHarness, names: [string[], string[]], when: string): Promise<void> {
	h.server.clearRequests();
	const finished = await Promise.all(names.map((list) => runSeed(h, inItsOwn, list)));
	const documents = finished.map((one) => documentOf<SeedDocument>(one));
	const told = `${when}\n${finished.map(({ stderr }) => stderr).join('\n')}`;
	for (const { status, stderr } of finished) {
		// The only reason to fail is that the other one is at it.
		assert.ok(status === 0 || /being synced by another window or command/.test(stderr), told);
	}
	for (const name of new Set(names.flat())) {
		const runs = documents.flatMap((document) => document.repositories.filter(({ nameWithOwner }) => nameWithOwner === name));
		assert.ok(runs.length >= 1, `${name} was synced by somebody; ${told}`);
		// Whoever came second was refused, or found it done.
		assert.ok(runs.filter(({ mode }) => mode !== 'unchanged').length <= 1, `${name} was synced once; ${told}`);
		await assertEqualsServer(h, name);
	}
}

/** Something to sync in every repository. */
function change(h: SyncHarness, random: Random): void {
	for (const name of NAMES) {
		for (let i = random.between(1, 30); i > 0; i--) {
			const { number } = h.world.createPullRequest(name, { title: `New ${random.between(0, 1_000)}` });
			h.world.addLabel(name, number, `label-${random.between(0, 9)}`);
			h.world.addReview(name, number, 'octo-ada', 'APPROVED', 'Good');
		}
		h.later();
	}
}
