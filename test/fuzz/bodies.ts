import assert from 'node:assert/strict';
import { HumanError } from '../../src/core/model/humanError';
import { isCacheRecord } from '../../src/core/cache/recordShape';
import { Random } from '../github-server/random';
import { assertEqualsServer } from '../unit/sync/equality';
import { REPO, SyncHarness } from '../unit/sync/syncHarness';
import { mutatedBytes, mutatedJson } from './mutate';

/** More than any run over so few pull requests takes, with every retry. */
const MOST_REQUESTS = 400;
const LONGEST_MS = 60_000;

/**
 * Syncs against a server whose answers are changed at random, until so many have been sent.
 * Each run has to end, in time and with an error that a person understands; what it stored is whole; and the next
 * run over an honest server ends with that server's state.
 * @returns what the runs ended with, and how often
 */
export async function fuzzBodies(count: number, seed = 1): Promise<Record<string, number>> {
	const random = new Random(seed);
	const ends: Record<string, number> = {};
	for (let sent = 0, round = 0; sent < count; round++) {
		const h = await SyncHarness.start();
		try {
			fill(h);
			const withStock = random.chance(0.5);
			if (withStock) {
				await h.seed();
				change(h, round);
			}
			for (let run = 0; run < 6 && sent < count; run++) {
				sent += await dishonestRun(h, random, ends, `seed ${seed}, round ${round}, run ${run}`);
			}
			h.server.clearFaults();
			if (random.chance(0.3)) {
				await h.forgetProcess();
			}
			// What was stored of lies is no hindrance, and a fresh start leaves nothing of them.
			await h.seed();
			await h.seed({ refresh: true });
			await assertEqualsServer(h);
		} finally {
			await h.stop();
		}
	}
	return ends;
}

async function dishonestRun(h: SyncHarness, random: Random, ends: Record<string, number>, name: string): Promise<number> {
	let sent = 0;
	// From rather honest to not at all: a wrong probe hides everything behind it.
	const share = random.pick([0.1, 0.3, 0.6, 1]);
	h.server.clearFaults();
	h.server.addFault({
		kind: 'patch',
		times: Infinity,
		patch: (answer) => {
			if (!random.chance(share)) {
				return answer;
			}
			sent++;
			const body = random.chance(0.85) ? mutatedJson(random, answer.body) : Buffer.from(mutatedBytes(random, Buffer.from(JSON.stringify(answer.body)))).toString('latin1');
			return { ...answer, headers: { ...answer.headers, 'content-type': 'application/json' }, body };
		},
	});
	const startedAt = performance.now();
	const { failures, repositories } = await h.trySeed({ verify: random.chance(0.2) });
	const error = failures[0]?.error;
	assert.ok(error === undefined || error instanceof HumanError, `${name}: ${error?.stack}`);
	assert.ok(h.requests.length < MOST_REQUESTS, `${name}: ${h.requests.length} requests`);
	assert.ok(performance.now() - startedAt < LONGEST_MS, `${name}: ${performance.now() - startedAt} ms`);
	assert.equal(({} as { polluted?: unknown }).polluted, undefined, name);
	await assertWhole(h, name);
	const [done] = repositories;
	const end = error ? error.message.slice(0, 70) : done && done.partial.length + done.unreadable.length > 0 ? 'told what is missing' : 'done';
	ends[end] = (ends[end] ?? 0) + 1;
	return Math.max(1, sent);
}

/** Opens without complaint, and every record is what it should be. */
async function assertWhole(h: SyncHarness, name: string): Promise<void> {
	const cache = await h.cache();
	const records = await cache.readAll([...cache.entries.keys()]);
	assert.equal(records.size, cache.entries.size, name);
	for (const record of records.values()) {
		assert.ok(isCacheRecord(record), name);
	}
	const { store } = await h.open();
	assert.deepEqual((await store.query('SELECT * FROM pragma_integrity_check', { rows: 3 })).rows, [['ok']], name);
}

/** A repository in which every list has something, and some are longer than a page. */
function fill(h: SyncHarness): void {
	const { world } = h;
	h.createPullRequests(8);
	world.addLabel(REPO, 1, 'bug');
	world.setMilestone(REPO, 2, world.createMilestone(REPO, { title: 'Next' }).number);
	for (let number = 1; number <= 8; number++) {
		world.addReview(REPO, number, 'octo-reviewer', 'APPROVED');
		world.addCheck(REPO, number, { name: 'build', status: 'COMPLETED', conclusion: 'SUCCESS' });
	}
	for (let i = 0; i < 103; i++) {
		world.addCheck(REPO, 2, { name: `part ${i}`, status: 'COMPLETED', conclusion: 'SUCCESS' });
	}
	h.later();
}

function change(h: SyncHarness, round: number): void {
	h.later();
	h.world.editTitle(REPO, 1 + (round % 8), `Round ${round}`);
	h.world.createPullRequest(REPO, { title: 'Later' });
	h.later();
}
