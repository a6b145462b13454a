import assert from 'node:assert/strict';
import { nameWithOwner } from '../../../src/core/model/repository';
import type { FaultAction } from '../../github-server/faults';
import type { Random } from '../../github-server/random';
import type { World } from '../../github-server/world';
import { assertEqualsServer } from '../sync/equality';
import { BackgroundHarness, INTERVAL_MS, MINUTE_MS, TOKEN } from './backgroundHarness';
import { heapAfterCollection } from './heap';
import type { SimulatedWindow } from './simulatedWindow';

/** What a run came to. */
export interface SoakResult {
	rounds: number;
	requests: number;
	points: number;
	/** Bytes that are in use after a collection, at the end of each round. */
	heap: number[];
}

/** Faults of one request, and what each adds: GitHub charges for what it has computed. */
const FAULTS: readonly { action: FaultAction; points: number }[] = [
	{ action: { kind: 'reset' }, points: 0 },
	{ action: { kind: 'badGateway' }, points: 0 },
	{ action: { kind: 'cutJson' }, points: 1 },
	{ action: { kind: 'truncate' }, points: 1 },
];

/** When in an interval something happens: syncs that were late are done by then, and there is time to take over the lead. */
const EVENTS_AT = 8 * MINUTE_MS;
/** When things change: nothing is read in the second of an edit, which would be read again. */
const CHANGES_AT = 14 * MINUTE_MS;
const LATE_MS = 4 * MINUTE_MS;

/**
 * Lets two windows keep `count` repositories up to date for so many rounds of a quarter of an hour, while things change,
 * requests fail, a window dies, nobody is there for a while, the points run low, and GitHub is out of reach.
 * @throws AssertionError when a request or a point was spent that the arithmetic does not know, or the storage folder
 *   does not equal the server in the end
 */
export async function soak({ count, rounds, random }: { count: number; rounds: number; random: Random }): Promise<SoakResult> {
	const h = await BackgroundHarness.start(count);
	try {
		await h.seedAll();
		const run = new Soak(h, rounds, random);
		const result = await run.play();
		for (const ref of h.refs) await assertEqualsServer(h, nameWithOwner(ref));
		return result;
	} finally {
		await h.stop();
	}
}

class Soak {
	private windows: SimulatedWindow[] = [];
	private readonly startedAt: number;
	private readonly heap: number[] = [];
	/** Repositories with changes that no sync has seen, and what they are asked for: each costs the next one a request more. */
	private readonly changed = new Set<string>();
	private readonly expected = { requests: 0, points: 0 };
	private readonly spent = { requests: 0, points: 0 };
	private readonly leaders = new Set<SimulatedWindow>();

	constructor(
		private readonly h: BackgroundHarness,
		private readonly rounds: number,
		private readonly random: Random,
	) {
		this.startedAt = h.clock.now();
	}

	async play(): Promise<SoakResult> {
		this.windows = [await this.h.open(), await this.h.open()];
		const at = (share: number) => Math.floor(this.rounds * share);
		const away = { from: at(0.25), until: at(0.25) + Math.max(1, at(1 / 12)) };
		for (let round = 1; round <= this.rounds; round++) {
			await this.advanceTo(round - 1, EVENTS_AT);
			if (round === at(0.15)) this.leader.leave(0);
			if (round === away.from) this.windows.forEach((window) => window.leave(0));
			if (round === at(0.5)) await this.replaceLeader();
			await this.advanceTo(round - 1, CHANGES_AT);
			if (round === at(0.65)) this.spendPoints();
			else this.change(round === this.rounds ? 0 : this.random.between(0, 3));
			if (round === at(0.75)) this.loseNetwork();
			else if (round === at(0.85)) this.refuseSignIn();
			else if (round < away.from || round >= away.until) this.expectRound({ mayFail: round !== at(0.65) });
			await this.advanceTo(round, 0);
			// Everything is due by then, and what was missed is not made up for.
			if (round === away.until) this.windows.forEach((window) => window.focus());
			await this.advanceTo(round, LATE_MS / 2);
			if (round === at(0.65)) assert.equal(this.h.server.requests.length, 1, 'the rest of the points is the person’s');
			await this.advanceTo(round, EVENTS_AT);
			this.check(`round ${round}`);
		}
		assert.ok(this.leaders.size > 1, 'one window after another has led');
		for (const { failures, sync } of this.windows) assert.deepEqual([failures, sync.status.failures], [[], []]);
		return { rounds: this.rounds, ...this.spent, heap: this.heap };
	}

	private get leader(): SimulatedWindow {
		const leader = this.windows.find(({ sync }) => sync.status.role === 'leading');
		assert.ok(leader, 'somebody leads');
		return leader;
	}

	/** The process of the window that leads dies, and another window is opened. */
	private async replaceLeader(): Promise<void> {
		const { leader } = this;
		this.h.kill(leader);
		this.windows = [...this.windows.filter((window) => window !== leader), await this.h.open()];
	}

	private change(times: number): void {
		for (let i = 0; i < times; i++) {
			const name = nameWithOwner(this.random.pick(this.h.refs));
			const open = [...this.h.world.repository(name).pullRequests.values()].filter(({ state }) => state === 'OPEN').map(({ number }) => number);
			const edit = this.random.pick(open.length > 1 ? EDITS : [EDITS[0]!]);
			for (const asked of edit(this.h.world, name, open[0] ?? 0)) this.changed.add(`${name} ${asked}`);
		}
	}

	/** A probe of each repository, a request for each thing that is asked for besides, and what a fault of one probe adds: the same request again. */
	private expectRound({ mayFail }: { mayFail: boolean }): void {
		const count = this.h.refs.length + this.changed.size;
		this.expect(count, count);
		this.changed.clear();
		if (mayFail && this.random.chance(0.3)) {
			const { action, points } = this.random.pick(FAULTS);
			this.h.server.addFault({ ...action, match: { operationName: 'Probe', nth: this.random.between(1, this.h.refs.length) } });
			this.expect(1, points);
		}
	}

	/** A person spends points: what is left is known by the first probe, and the others wait for the next hour. Nothing else changed. */
	private spendPoints(): void {
		assert.equal(this.changed.size, 0);
		this.h.server.setBudget(TOKEN, { graphqlRemaining: 400, resetInSeconds: (INTERVAL_MS - CHANGES_AT + LATE_MS) / 1_000 });
	}

	/** One probe and one more try; nothing else is asked before an interval has passed. */
	private loseNetwork(): void {
		this.h.server.addFault({ kind: 'reset', times: Infinity });
		this.expect(2, 0);
	}

	/** One probe; nothing else is asked before an interval has passed. */
	private refuseSignIn(): void {
		this.h.server.addFault({ kind: 'respond', status: 401, body: { message: 'Bad credentials' } });
		this.expect(1, 0);
	}

	private expect(requests: number, points: number): void {
		this.expected.requests += requests;
		this.expected.points += points;
	}

	private check(when: string): void {
		const { operations, points } = this.h.takeRequests();
		this.spent.requests += Object.values(operations).reduce((sum, count) => sum + count, 0);
		this.spent.points += points;
		assert.deepEqual(this.spent, this.expected, when);
		this.h.server.clearFaults();
		for (const window of this.windows) {
			if (window.reports.length > 0) this.leaders.add(window);
			window.reports.length = 0;
		}
		this.heap.push(heapAfterCollection());
	}

	private advanceTo(round: number, ms: number): Promise<void> {
		return this.h.clock.advance(this.startedAt + round * INTERVAL_MS + ms - this.h.clock.now());
	}
}

/** What its repository has to be asked for beside the probe: details, and by number whether a pull request is really gone. */
type Asked = 'details' | 'existence';

/** What happens to an open pull request. */
const EDITS: readonly ((world: World, name: string, number: number) => readonly Asked[])[] = [
	(world, name) => {
		world.createPullRequest(name, { title: 'New' });
		return ['details'];
	},
	(world, name, number) => (world.editTitle(name, number, `Title of ${world.now()}`), ['details']),
	(world, name, number) => (world.close(name, number), ['details']),
	(world, name, number) => (world.removePullRequest(name, number), ['details', 'existence']),
	(world, name, number) => {
		world.addCheck(name, number, { name: `check of ${world.now()}` });
		return ['details'];
	},
	(world, name) => {
		world.createLabel(name, `label ${world.repository(name).labels.length}`);
		return [];
	},
];
