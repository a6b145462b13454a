import assert from 'node:assert/strict';
import { exitCodeOfReport } from '../../src/cli/exitCode';
import type { SeedOptions } from '../../src/core/sync/seedOptions';
import type { RepositoryReport, SeedReport } from '../../src/core/sync/seedReport';
import { readable } from '../github-server/readableState';
import { assertEqualsServer } from '../unit/sync/equality';
import { assertEqualsReadable, type Gaps, type Reading } from '../unit/sync/readableEquality';
import { SyncHarness } from '../unit/sync/syncHarness';
import type { TokenCase } from './tokenCases';
import { changeHarbor, editTitles, fillHarbor, HARBOR } from './tokenWorld';

/**
 * What is done with a token, in this order; `next` is the run a minute after the one before it, when nothing has changed.
 * `renewed` is the same token under another value, as an App has one each hour and a workflow in each run. Before `edited` every title is, so
 * that the token reads again all that a better one has read before.
 */
export const STEPS = ['first', 'next', 'verify', 'changed', 'renewed', 'renewed next', 'better', 'better next', 'again', 'again next', 'edited', 'edited next', 'a day later', 'then next'] as const;
export type Step = (typeof STEPS)[number];

export interface MatrixRow {
	/** Requests of each step that was reached. */
	readonly requests: Map<Step, number>;
	/** After the first seed. */
	gaps: Gaps;
}

/** Two probes, a listing, details, checks, and the rest of long lists. */
const FIRST_SEED = 6;
/** A probe, details, checks, and the rest of long lists. */
const REREAD = 4;

/**
 * Goes through all steps with a token, and asserts of each that the run ends well, that what is stored is what the token may read, and that
 * it costs no more requests than it has to: a thing that is refused costs one at most.
 * @param row filled in as it goes, so that it shows how far a token came
 * @throws AssertionError that names the step
 */
export async function runTokenCase(one: TokenCase, row: MatrixRow): Promise<void> {
	const h = await SyncHarness.start({ tokens: [one.token, one.better], ...(one.answersEmpty === true && { ghes: true, rateLimit: null, permissionsAnswerEmpty: true }) });
	try {
		fillHarbor(h);
		h.world.setPrivate(HARBOR, one.isPublic !== true);
		h.token = one.token.value;
		await (one.turnedAway ? turnAway(h, one, one.turnedAway) : readThrough(new Steps(h, one, row)));
	} finally {
		await h.stop();
	}
}

async function readThrough(steps: Steps): Promise<void> {
	const { h, one, row } = steps;
	row.gaps = await steps.weak('first', { most: FIRST_SEED });
	await steps.next('next');
	await steps.weak('verify', { most: 2, options: { verify: true } });
	changeHarbor(h);
	await steps.weak('changed', { most: 3 });
	h.server.setToken({ ...one.token, value: 'the-renewed-token' });
	h.token = 'the-renewed-token';
	await steps.weak('renewed', { most: REREAD });
	steps.assertFewDetails('renewed');
	await steps.next('renewed next');
	// Nobody can know that something is missing where nothing tells of it, until the pull request is read again.
	if (one.untold?.length) editTitles(h, 'Told');

	h.token = one.better.value;
	await steps.run('better', { most: REREAD + 3 });
	await steps.checked('better', () => assertEqualsServer(h, HARBOR, { teamNames: true }));
	await steps.next('better next');

	h.token = one.token.value;
	// Where all checks are said to be gone, and that is not so, the client looks.
	await steps.weak('again', { most: one.untold?.includes('checks') === true ? 2 : 1, isKnown: true });
	await steps.next('again next');
	editTitles(h, 'Edited');
	await steps.weak('edited', { most: REREAD, isKnown: true });
	await steps.next('edited next');
	h.later(25 * 3600);
	await steps.weak('a day later', { most: REREAD, isKnown: true });
	steps.assertFewDetails('a day later');
	await steps.next('then next');
}

/** The runs with one token. */
class Steps {
	/** Things that the token was known to be refused, before the last run. */
	private refused = 0;

	constructor(
		readonly h: SyncHarness,
		readonly one: TokenCase,
		readonly row: MatrixRow,
	) {}

	/** A run that ends well. @param most the number of requests that it may cost, besides one for each thing that is refused for the first time */
	async run(step: Step, { most, options = {} }: { most: number; options?: SeedOptions }): Promise<RepositoryReport> {
		const { h, row } = this;
		h.later(60);
		const { report, exit } = await seed(h, options);
		row.requests.set(step, h.requests.length);
		return this.checked(step, async () => {
			assert.deepEqual(report.failures, []);
			assert.equal(exit, 0, 'exit status');
			const [repository] = report.repositories;
			assert.ok(repository);
			const { refusals } = (await h.cache(HARBOR)).state;
			const learned = Math.max(0, (refusals?.items.length ?? 0) - this.refused);
			this.refused = refusals?.items.length ?? 0;
			assert.ok(h.requests.length <= most + learned, `${h.operations.join(', ')}: at most ${most} and ${learned} for what was refused`);
			assertNoRepeats(h, step === 'first' ? 2 : 1);
			return repository;
		});
	}

	/** A run with the token of the case, after which all is stored that it may read. */
	async weak(step: Step, { isKnown = false, ...wanted }: { most: number; options?: SeedOptions } & Pick<Reading, 'isKnown'>): Promise<Gaps> {
		const { h, one } = this;
		if (step === 'renewed' || step === 'again' || step === 'a day later') this.refused = 0;
		await this.run(step, wanted);
		return this.checked(step, () => assertEqualsReadable(h, HARBOR, { token: one.token, isKnown, ...(one.untold && { untold: one.untold }) }));
	}

	/** Nothing has changed, and that costs one request. */
	async next(step: Step): Promise<void> {
		const { mode } = await this.run(step, { most: 1 });
		await this.checked(step, () => {
			assert.deepEqual(this.h.operations, ['Probe']);
			assert.equal(mode, 'unchanged');
			return Promise.resolve();
		});
	}

	/** What was refused is tried with one pull request for each list, and what some pull request hides with that one. */
	assertFewDetails(step: Step): void {
		const { h, one, row } = this;
		const asked = new Set(h.requests.flatMap(({ operationName, variables }) => (operationName === 'Details' ? (variables?.['ids'] as string[]) : [])));
		const hiding = readable(h.world, HARBOR, one.token).pullRequests.filter(({ hiddenIssues, closed }) => hiddenIssues > 0 && !closed.includes('linkedIssues'));
		assert.ok(asked.size <= hiding.length + Object.keys(row.gaps).length, `${step}: ${asked.size} pull requests are read again`);
	}

	async checked<T>(step: Step, check: () => Promise<T>): Promise<T> {
		try {
			return await check();
		} catch (error) {
			throw new Error(`${step}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
		}
	}
}

async function seed(h: SyncHarness, options: SeedOptions = {}): Promise<{ report: SeedReport; exit: number }> {
	const report = await h.trySeed(options, HARBOR);
	return { report, exit: exitCodeOfReport(report) };
}

/** The repository can't be read: that is said, costs a request, and leaves what a better token has stored. */
async function turnAway(h: SyncHarness, { token, better }: TokenCase, { exit, policy, says }: NonNullable<TokenCase['turnedAway']>): Promise<void> {
	const refuse = async (): Promise<void> => {
		h.token = token.value;
		h.world.policies.set('octo', policy ?? {});
		h.later(60);
		const ended = await seed(h);
		const [failure] = ended.report.failures;
		assert.ok(failure, 'the run should have failed');
		assert.match(failure.error.message, says);
		assert.equal(ended.exit, exit, 'exit status');
		assert.deepEqual(h.operations, ['Probe']);
	};
	await refuse();
	assert.deepEqual(await (await h.open()).seeder.status(), [], 'nothing is left behind');
	h.world.policies.set('octo', {});
	h.token = better.value;
	assert.equal((await seed(h)).exit, 0);
	await assertEqualsServer(h, HARBOR, { teamNames: true });
	await refuse();
	await refuse();
	await assertEqualsServer(h, HARBOR, { teamNames: true });
	if (policy) {
		h.world.policies.set('octo', {});
		assert.equal((await seed(h)).exit, 0, 'once the organization allows it');
	}
}

function assertNoRepeats({ requests }: SyncHarness, most: number): void {
	const counts = new Map<string, number>();
	for (const { operationName, path, query, variables } of requests) {
		const key = `${operationName ?? path} ${query ?? ''} ${JSON.stringify(variables)}`;
		counts.set(key, (counts.get(key) ?? 0) + 1);
	}
	assert.deepEqual([...counts].filter(([, count]) => count > most).map(([key]) => key), [], 'no request is repeated');
}
