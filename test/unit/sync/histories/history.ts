import fc from 'fast-check';
import assert from 'node:assert/strict';
import { nodeFiles } from '../../../../src/core/files/nodeFiles';
import type { SeedReport } from '../../../../src/core/sync/seedReport';
import { oauthToken } from '../../../github-server/tokens';
import { assertEqualsServer } from '../equality';
import { SyncHarness, TOKEN } from '../syncHarness';
import { begin, type Beginning } from './beginning';
import { inflict } from './damage';
import { Debts } from './debts';
import { apply, edit, firstCast, presentName } from './edits';
import { Extents, storedExtent } from './extents';
import { plot } from './plot';
import { addFault, LONGEST_PAUSE_MS } from './faults';
import { addHole, isBelieved, type Hole } from './holes';
import { dropLocks, isClear, isFullRefresh, isWhole, mortal, weakerTokens, type Run } from './runs';
import { step, wait, type Step } from './step';
import { assertStillRight, Standing, type Watched } from './stillRight';
import { theme } from './theme';

export interface History extends Beginning {
	/** Whether the first token reads the names of teams. */
	namesTeams: boolean;
	steps: Step[];
	/** Whether the last run keeps to the part that was asked for before. */
	keepsExtent: boolean;
}

const freeHistory: fc.Arbitrary<History> = theme.chain((of) =>
	fc.record({
		// Mostly few, so that much happens to each; sometimes more than a probe shows, or than a page.
		initial: fc.oneof(
			{ weight: 8, arbitrary: fc.integer({ min: 0, max: 12 }) },
			{ weight: 1, arbitrary: fc.integer({ min: 55, max: 70 }) },
			{ weight: 1, arbitrary: fc.integer({ min: 95, max: 130 }) },
		),
		catalogue: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }) }, { weight: 1, arbitrary: fc.constantFrom(120, 230, 230) }),
		allOpen: fc.boolean(),
		namesTeams: fc.boolean(),
		steps: fc.array(step(of), { minLength: 4, maxLength: 40 }),
		keepsExtent: fc.boolean(),
	}),
);

const plottedHistory: fc.Arbitrary<History> = theme.chain((of) =>
	fc
		.record({
			of: plot,
			namesTeams: fc.boolean(),
			before: fc.array(step(of), { maxLength: 3 }),
			after: fc.array(fc.oneof(edit(of.edits), wait), { maxLength: 2 }),
		})
		.map(({ of: { steps, ...world }, namesTeams, before, after }) => ({ ...world, namesTeams, steps: [...before, ...steps, ...after] })),
);

export const history: fc.Arbitrary<History> = fc.oneof({ weight: 1, arbitrary: freeHistory }, { weight: 1, arbitrary: plottedHistory });

/** Plays a history to its end and asserts what holds all along, and what the storage folder is then. */
export async function assertPlays(one: History): Promise<void> {
	const first = oauthToken({ value: TOKEN, scopes: one.namesTeams ? ['repo', 'read:org'] : ['repo'] });
	const h = await SyncHarness.start({ tokens: [first, ...weakerTokens] });
	h.world.mergeJobMs = MERGE_JOB_MS;
	try {
		await new Play(h, one).toTheEnd();
	} finally {
		await h.stop();
	}
}

/** As long as GitHub takes, mostly. */
const MERGE_JOB_MS = 3_000;

class Play {
	private readonly cast = firstCast();
	private readonly debts = new Debts();
	private readonly extents = new Extents();
	/** That are still there in the next runs. */
	private holes: Hole[] = [];
	/** The database may hold more than the cache knows, until a run that has nothing in its way. */
	private isAhead = false;

	constructor(
		private readonly h: SyncHarness,
		private readonly history: History,
	) {}

	async toTheEnd(): Promise<void> {
		const { h } = this;
		begin(h, this.history);
		for (const step of this.history.steps) {
			this.debts.hasHadMany ||= h.world.repository(this.name).pullRequests.size > 10;
			await this.take(step);
		}
		await this.end();
	}

	private get name(): string {
		return presentName(this.h.world);
	}

	private async take(step: Step): Promise<void> {
		switch (step.kind) {
			case 'wait':
				this.h.later(step.seconds);
				break;
			case 'damage':
				this.isAhead ||= step.what !== 'loseDatabase' && step.what !== 'loseIndex';
				this.extents.forget();
				await inflict(this.h, step, this.debts);
				break;
			case 'run':
				await this.run(step);
				break;
			default:
				apply(this.h.world, step, this.cast, this.debts);
		}
	}

	private async run(step: Run): Promise<void> {
		const { h, debts, extents } = this;
		const holes = [...step.holes, ...this.holes];
		this.holes = holes.flatMap((one) => (one.runs > 1 ? [{ ...one, runs: one.runs - 1 }] : []));
		const watched = this.watched(step, holes);
		const before = watched.length > 0 ? await Standing.of(h, this.name, this.history.namesTeams) : undefined;
		const report = await this.perform(step, holes);
		const failures = report?.failures ?? [];
		if (isClear(step) && holes.length === 0) {
			assert.deepEqual(failures.map(({ error }) => error.message), [], 'a run that nothing stands in the way of succeeds');
			if (isWhole(step.options)) {
				debts.paidBy(step.options);
				this.isAhead = false;
			}
		}
		if (report && failures.length === 0 && isFullRefresh(step)) debts.renewing();
		if (holes.length > 0) debts.ranIncomplete();
		if (holes.some(isBelieved)) debts.owe('day');
		if (step.options.noCache !== true && report && failures.length === 0) extents.asked(step.options);
		if (step.options.noCache === true) this.isAhead = true;
		if (before) assertStillRight(before, await Standing.of(h, this.name, this.history.namesTeams), watched);
	}

	/** What it has to leave right as far as it is: of pull requests, a run without the cache does not know what it can't read; and a label that is not counted is gone. */
	private watched({ options, token, during }: Run, holes: readonly Hole[]): Watched[] {
		if (this.debts.owes('rows') || during.length > 0 || options.clear === true || holes.some(({ what }) => what === 'uncounted')) {
			return [];
		}
		const knows = options.noCache !== true || (holes.length === 0 && token === 'first');
		return knows && !this.isAhead ? ['labels', 'milestones', 'pullRequests'] : ['labels', 'milestones'];
	}

	/** @returns undefined for one that was thrown out of */
	private async perform(step: Run, holes: readonly Hole[]): Promise<SeedReport | undefined> {
		const { h } = this;
		const controller = new AbortController();
		h.signal = controller.signal;
		h.clock.wrongBy = step.wrongBy;
		h.token = step.token === 'first' ? TOKEN : step.token;
		for (const { at, edit: change } of step.during) {
			h.server.after(at, (world) => apply(world, change, this.cast, this.debts));
		}
		step.faults.forEach((one) => addFault(h.server, one));
		holes.forEach((one) => addHole(h.server, one));
		if (step.cancelAt !== null) {
			h.server.before(step.cancelAt, () => controller.abort());
		}
		if (step.killAt !== null) {
			h.files = mortal(h, step.killAt);
			await h.forgetProcess();
		}
		const report = await h.trySeed(step.options, this.name).catch(() => undefined);
		h.server.clearFaults();
		h.server.clearChanges();
		h.signal = undefined;
		h.token = TOKEN;
		if (step.killAt !== null) {
			h.files = nodeFiles;
			await h.forgetProcess();
			await dropLocks(h);
		}
		this.assertPatience();
		return report;
	}

	/** Whatever the local clock does, nobody waits for longer than was asked for. */
	private assertPatience(): void {
		const { sleeps } = this.h.clock;
		assert.deepEqual(sleeps.filter((ms) => ms > LONGEST_PAUSE_MS), [], 'waits');
		sleeps.length = 0;
	}

	/** The runs that the history owes, with nothing in their way; then all is as on the server, as far as it was asked for. */
	private async end(): Promise<void> {
		const { h, debts } = this;
		h.clock.wrongBy = 0;
		if (debts.owes('day')) h.later(86_401);
		const extent = this.history.keepsExtent && !debts.lastRuns.some(({ refresh }) => refresh === true) ? await storedExtent(h) : undefined;
		const keepsExtent = extent !== undefined;
		for (const options of debts.lastRuns) {
			await h.seed(keepsExtent ? { ...options, keepExtent: true } : options, this.name);
			this.assertPatience();
		}
		// Of labels and milestones beyond the first hundred each run looks at a page.
		const { labels, milestones } = h.world.repository(this.name);
		const pages = debts.lastRuns.some(({ verify, refresh }) => verify === true || refresh === true) ? 0 : Math.ceil(Math.max(labels.length, milestones.length) / 100) - 1;
		for (let page = 0; page < pages; page++) {
			await h.seed({ keepExtent: true }, this.name);
		}
		const within = this.extents.within(h.world.repository(this.name), extent ?? {});
		await assertEqualsServer(h, this.name, { teamNames: this.history.namesTeams, ...(within ? { within } : {}) });
	}
}
