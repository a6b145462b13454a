import assert from 'node:assert/strict';
import { inEnglish } from '../../../src/core/model/sentence';
import type { PullRequest } from '../../../src/core/model/pullRequest';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness, TOKEN } from './syncHarness';

describe('what GitHub does not always tell', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(3);
		h.later();
	});
	afterEach(() => h.stop());

	async function stored(number: number): Promise<PullRequest> {
		return (await (await h.cache()).read(number))?.pullRequest ?? assert.fail(`#${number} is not stored`);
	}

	/** Runs a day of syncs, every quarter of an hour. @returns how many requests it took */
	async function day(): Promise<number> {
		let requests = 0;
		for (let quarter = 0; quarter < 92; quarter++) {
			h.later(900);
			await h.seed();
			requests += h.requests.length;
		}
		return requests - 92;
	}

	it('a very large change: no files and counts of 0 are not known, and what is known stays', async () => {
		await h.seed();
		h.world.setHuge(REPO, 2);
		h.world.editTitle(REPO, 2, 'Read again');
		h.later();
		await h.seed();
		const { details, partial, title } = await stored(2);
		assert.deepEqual([title, partial], ['Read again', ['files']]);
		assert.deepEqual([details?.files.length, details?.changedFiles, details?.additions], [1, 1, 1]);
	});

	it('a very large change from the start: counts are unknown, not 0, and it is not asked for every hour', async () => {
		h.world.setHuge(REPO, 2);
		await h.seed();
		const { details, partial } = await stored(2);
		assert.deepEqual([details?.changedFiles, details?.additions, partial], [null, null, ['files']]);
		const again = await day();
		assert.ok(again <= 2, `${again} requests more than a probe each`);
	});

	it('more files than are ever listed: the list is marked, though it is as long as it says', async () => {
		h.world.pushMany(REPO, 1, { commits: 1, files: 3_010 });
		h.later();
		const report = await h.seed();
		const { details, partial } = await stored(1);
		assert.deepEqual([details?.files.length, partial, report.partial], [3_000, ['files'], [1]]);
		assert.ok((details?.changedFiles ?? 0) > 3_000);
	});

	it('fewer commits than the total says: the list is marked, and not asked for every hour', async () => {
		h.world.pushMany(REPO, 1, { commits: 400 });
		h.world.limitCommits(REPO, 1, 250);
		h.later();
		await h.seed();
		const { details, partial } = await stored(1);
		assert.deepEqual([details?.commits.length, partial], [250, ['commits']]);
		// Each time three pages of commits.
		const again = await day();
		assert.ok(again <= 2 * 4, `${again} requests more than a probe each`);
	});

	it('how much a commit changed: the commit is there all the same, on any page', async () => {
		h.world.pushMany(REPO, 1, { commits: 130 });
		h.world.hideCommitStatistics(REPO, 1);
		h.world.hideCommitStatistics(REPO, 2);
		h.later();
		const report = await h.seed();
		assert.deepEqual(report.partial, []);
		assert.equal((await stored(1)).details?.commits.length, 131);
		assert.deepEqual((await stored(2)).details?.commits.map(({ additions, message }) => [additions, message]), [[null, 'Step 1']]);
		assert.notEqual((await stored(3)).details?.commits[0]?.additions, null, 'others have theirs');
	});

	it('when a commit was authored: then it is the day on which it was committed', async () => {
		h.world.removeAuthoredDate(REPO, 2);
		h.later();
		const report = await h.seed();
		assert.deepEqual(report.partial, []);
		const [commit] = (await stored(2)).details?.commits ?? [];
		assert.match(commit?.authoredAt ?? '', /^2026-03-02T/);
	});

	it('checks that a re-run empties for a moment stay, and come when they are back', async () => {
		h.world.addCheck(REPO, 2, { name: 'build' });
		await h.seed();
		h.world.rerunSuite(REPO, 2);
		h.later(2);
		await h.seed();
		assert.deepEqual((await stored(2)).details?.checks.map(({ name }) => name), ['build']);
		h.later(30);
		await h.seed();
		await assertEqualsServer(h);
	});

	it('a budget whose headers disagree: what is used decides', async () => {
		h.server.setBudget(TOKEN, { graphqlRemaining: 0, staleRemaining: 5_000, resetInSeconds: 120 });
		await h.seed();
		assert.ok(h.clock.sleeps.some((ms) => ms > 100_000), h.clock.sleeps.join());
		const { seeder } = await h.open();
		assert.ok((seeder.budget({ host: 'github.com', account: 'octo-viewer' }).current.graphql?.remaining ?? 0) < 5_000);
	});

	it('a slow-down with HTTP 200 and retry-after is over when it says so', async () => {
		h.server.addFault({
			kind: 'respond',
			status: 200,
			headers: { 'content-type': 'application/json', 'retry-after': '1' },
			body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] },
		});
		await h.seed();
		assert.deepEqual(h.clock.sleeps, [1_000]);
	});

	it('a reset that is due now is now', async () => {
		const due = String(Math.floor(h.serverClock.now() / 1_000));
		h.server.addFault({
			kind: 'respond',
			status: 200,
			headers: { 'content-type': 'application/json', 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-used': '5000', 'x-ratelimit-reset': due },
			body: { errors: [{ type: 'RATE_LIMIT', code: 'graphql_rate_limit', message: 'API rate limit already exceeded' }] },
		});
		await h.seed();
		assert.deepEqual(h.clock.sleeps, [1_000], 'the margin alone');
	});

	it('what a query is refused for before it runs is no time-out', async () => {
		h.server.addFault({
			kind: 'respond',
			status: 200,
			times: Infinity,
			headers: { 'content-type': 'application/json' },
			body: { errors: [{ message: "Argument 'orderBy' on Field 'pullRequests' has an invalid value", extensions: { code: 'argumentLiteralsIncompatible', typeName: 'Field' } }] },
		});
		const error = await h.fail();
		assert.equal(h.requests.length, 1, h.operations.join());
		assert.match(error.message, /does not understand a request/);
	});

	it('what moves no date is seen all the same: checks, a renamed label, an edited milestone', async () => {
		h.world.addLabel(REPO, 1, 'bug');
		h.world.createMilestone(REPO, { title: 'First' });
		h.world.setMilestone(REPO, 2, 1);
		h.later();
		await h.seed();
		const dates = () => [1, 2, 3].map((number) => h.world.pullRequest(REPO, number).updatedAt);
		const before = dates();
		h.later();
		h.world.addCheck(REPO, 3, { name: 'build', conclusion: 'FAILURE' });
		h.world.renameLabel(REPO, 'bug', 'defect');
		h.world.editMilestone(REPO, 1, { title: 'Second' });
		assert.deepEqual(dates(), before);
		await h.seed();
		assert.deepEqual(h.operations, ['Probe', 'Details'], 'and only what a date or a fingerprint tells is read');
		await assertEqualsServer(h);
	});

	it('a date that moves on many at once, as after a forced push, is a burst and nothing worse', async () => {
		h.createPullRequests(150);
		h.later();
		await h.seed();
		for (const number of h.world.repository(REPO).pullRequests.keys()) {
			h.world.editBody(REPO, number, 'Rebased');
		}
		h.later();
		await h.seed();
		assert.ok(h.requests.length <= 10, h.operations.join());
		await assertEqualsServer(h);
	});

	it('what a query costs: the server says it, no formula', async () => {
		h.server.addFault({
			kind: 'patch',
			times: Infinity,
			match: { kind: 'graphql' },
			patch: (answer) => ({ ...answer, body: JSON.parse(JSON.stringify(answer.body), (key, value: unknown) => (key === 'cost' ? 7 : value)) as object }),
		});
		const report = await h.seed();
		assert.equal(report.points, 7 * report.requests.graphql);
	});

	it('a heavy probe keeps the size that proved right', async () => {
		h.createPullRequests(60);
		h.later();
		const isTooHeavy = ({ variables }: { variables?: Readonly<Record<string, unknown>> }) => Number(variables?.['size'] ?? 0) > 30;
		h.server.addFault({ kind: 'badGateway', charged: true, times: Infinity, match: { operationName: 'Probe', when: isTooHeavy } });
		await h.seed();
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe'], 'the next probe begins with it');
	});

	it('a commit with hundreds of checks is read in small requests of its own', async () => {
		for (let number = 1; number <= 3; number++) {
			for (let i = 0; i < 80; i++) {
				h.world.addCheck(REPO, number, { name: `check ${i}` });
			}
		}
		h.server.addFault({
			kind: 'badGateway',
			charged: true,
			times: Infinity,
			match: { when: ({ query, variables }) => /contexts\(first: 100\)/.test(query ?? '') && (variables?.['ids'] as string[]).length > 1 },
		});
		const report = await h.seed();
		assert.deepEqual(report.partial, []);
		assert.ok(h.requests.filter(({ operationName }) => operationName === 'Checks').length >= 3);
		await assertEqualsServer(h);
		assert.deepEqual(report.notes.map(({ said }) => inEnglish(said)), []);
	});

	it('every pull request is counted and none is shown: the run says how many it could not read', async () => {
		const withheld = (body: unknown) => JSON.stringify(body, (key, value: unknown) => (key === 'nodes' && isPullRequests(value) ? value.map(() => null) : value));
		const isPullRequests = (value: unknown): value is unknown[] => Array.isArray(value) && value.some((node) => typeof node === 'object' && node !== null && 'number' in node && 'updatedAt' in node);
		h.server.addFault({ kind: 'patch', times: Infinity, match: { kind: 'graphql' }, patch: (answer) => ({ ...answer, body: JSON.parse(withheld(answer.body)) as object }) });
		const report = await h.seed();
		assert.deepEqual([report.pullRequests, report.withheld + report.unreadable.length], [0, 3]);
		h.server.clearFaults();
		h.later();
		const whole = await h.seed();
		assert.deepEqual([whole.pullRequests, whole.withheld, whole.compared], [3, 0, null]);
		await assertEqualsServer(h);
	});
});
