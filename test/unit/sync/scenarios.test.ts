import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tokenKey } from '../../../src/core/github/dialect';
import { nameWithOwner, parseRepository } from '../../../src/core/model/repository';
import { inEnglish } from '../../../src/core/model/sentence';
import { installationToken } from '../../github-server/tokens';
import { assertEqualsServer } from './equality';
import { REPO, START, SyncHarness, TOKEN } from './syncHarness';

describe('sync scenarios', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
	});
	afterEach(() => h.stop());

	it('a pull request is touched between page 1 and 2 of the listing', async () => {
		h.createPullRequests(150);
		h.server.after({ operationName: 'Listing', nth: 1 }, (world) => {
			h.later();
			world.editTitle(REPO, 2, 'Moved to the front of the updates');
			world.editTitle(REPO, 149, 'Was on page 1');
			h.later();
		});
		await h.seed();
		await assertEqualsServer(h);
	});

	it('a pull request is touched between its details and their overflow', async () => {
		h.createPullRequests(2);
		for (let i = 0; i < 130; i++) {
			h.world.addReview(REPO, 1, 'octo-reviewer', 'COMMENTED', `Remark ${i}`);
		}
		h.later();
		h.server.before({ operationName: 'Overflow' }, (world) => {
			h.later();
			world.addReview(REPO, 1, 'octo-reviewer', 'APPROVED', 'In between');
			world.editTitle(REPO, 1, 'In between');
			h.later();
		});
		await h.seed();
		await assertEqualsServer(h);
	});

	it('two pull requests share the second of the watermark', async () => {
		h.createPullRequests(3);
		h.world.editTitle(REPO, 1, 'In this second');
		await h.seed();
		h.world.editTitle(REPO, 2, 'In the same second, after the sync');
		h.world.editTitle(REPO, 1, 'In the same second, once more');
		await h.seed();
		await assertEqualsServer(h);
	});

	it('502 on page 3, then success at half the size', async () => {
		h.createPullRequests(250);
		h.server.addFault({ kind: 'badGateway', match: { operationName: 'Listing', nth: 3 } });
		await h.seed();
		const sizes = h.requests.filter(({ operationName }) => operationName === 'Listing').map(({ variables }) => variables?.['size']);
		assert.deepEqual(sizes, [100, 100, 100, 50]);
		await assertEqualsServer(h);
	});

	it('killed after page 2: nothing that is stored is listed again', async () => {
		h.createPullRequests(350);
		const controller = new AbortController();
		h.signal = controller.signal;
		h.server.before({ operationName: 'Listing', nth: 3 }, () => controller.abort());
		await h.fail();
		h.signal = undefined;
		await h.forgetProcess();
		assert.equal((await h.cache()).entries.size, 200);
		h.later();
		h.world.editTitle(REPO, 340, 'Edited while nobody looked');
		await h.seed();
		assert.equal(h.operations.filter((operation) => operation === 'Listing').length, 2);
		await assertEqualsServer(h);
	});

	it('more pull requests than a probe shows are edited while an interrupted first run lies still', async () => {
		h.createPullRequests(160);
		const controller = new AbortController();
		h.signal = controller.signal;
		h.server.before({ operationName: 'Listing', nth: 2 }, () => controller.abort());
		await h.fail();
		h.signal = undefined;
		// The newest 60 are listed, then edited; afterwards 55 that are not listed yet push them down the updates.
		for (let number = 160; number > 100; number--) {
			h.world.editTitle(REPO, number, `Edited ${number}`);
		}
		h.later();
		for (let number = 1; number <= 55; number++) {
			h.world.editTitle(REPO, number, `Edited ${number}`);
		}
		h.later();
		await h.seed();
		await assertEqualsServer(h);
	});

	it('an interrupted incremental run is taken up again although the newest changes are stored', async () => {
		h.createPullRequests(200);
		for (let number = 1; number <= 200; number++) {
			h.world.close(REPO, number);
		}
		h.later();
		await h.seed();
		// The first batch is just what the probe shows: cut off after it, all that the next probe shows is stored.
		await (await h.cache()).update({ batchSize: 50 });
		h.later(600);
		for (let number = 1; number <= 120; number++) {
			h.world.editTitle(REPO, number, `Edited ${number}`);
			h.later(1);
		}
		h.later();
		const controller = new AbortController();
		h.signal = controller.signal;
		h.server.before({ operationName: 'Details', nth: 2 }, () => controller.abort());
		await h.fail();
		h.signal = undefined;
		await h.forgetProcess();
		await h.seed();
		await assertEqualsServer(h);
	});

	it('a label on 300 pull requests is renamed: one request', async () => {
		h.createPullRequests(300);
		for (let number = 1; number <= 300; number++) {
			h.world.addLabel(REPO, number, 'bug');
		}
		h.later();
		await h.seed();
		h.later();
		h.world.renameLabel(REPO, 'bug', 'kind: "bug", urgent');
		const report = await h.seed();
		assert.deepEqual([report.requests.graphql, report.updated], [1, 0]);
		assert.ok(report.points <= 2);
		await assertEqualsServer(h);
	});

	it('a milestone moves, closes and goes: one request each', async () => {
		h.createPullRequests(5);
		const { number } = h.world.createMilestone(REPO, { title: '1.0' });
		h.world.setMilestone(REPO, 2, number);
		h.later();
		await h.seed();
		for (const change of [
			() => h.world.editMilestone(REPO, number, { dueOn: '2026-05-01T07:00:00Z', title: '1.0.1' }),
			() => h.world.closeMilestone(REPO, number),
			() => h.world.deleteMilestone(REPO, number),
		]) {
			h.later();
			change();
			assert.equal((await h.seed()).requests.graphql, 1);
			await assertEqualsServer(h);
		}
	});

	it('a label is deleted: one request', async () => {
		h.createPullRequests(3);
		h.world.addLabel(REPO, 2, 'wontfix');
		h.later();
		await h.seed();
		h.later();
		h.world.deleteLabel(REPO, 'wontfix');
		assert.equal((await h.seed()).requests.graphql, 1);
		await assertEqualsServer(h);
	});

	it('a label and a milestone are deleted, then the database is lost: they do not come back', async () => {
		h.createPullRequests(3);
		h.world.addLabel(REPO, 2, 'wontfix');
		const { number } = h.world.createMilestone(REPO, { title: '1.0' });
		h.world.setMilestone(REPO, 2, number);
		h.later();
		await h.seed();
		h.later();
		h.world.deleteLabel(REPO, 'wontfix');
		h.world.deleteMilestone(REPO, number);
		await h.seed();
		await h.forgetProcess();
		await rm(join(h.storage, 'prs.sqlite'));
		await h.seed();
		await assertEqualsServer(h);
	});

	it('checks run again on an open pull request, and settle on a merged one', async () => {
		h.createPullRequests(3);
		h.world.addCheck(REPO, 1, { name: 'build', status: 'COMPLETED', conclusion: 'SUCCESS' });
		h.world.addCheck(REPO, 2, { name: 'build', status: 'IN_PROGRESS', conclusion: null });
		h.later();
		h.world.merge(REPO, 2);
		h.later();
		await h.seed();
		h.later();
		h.world.rerunCheck(REPO, 1, 'build');
		h.world.setCheck(REPO, 2, 'build', { status: 'COMPLETED', conclusion: 'FAILURE' });
		const report = await h.seed();
		assert.equal(report.updated, 2);
		await assertEqualsServer(h);
		assert.equal((await h.seed()).mode, 'unchanged');
	});

	it('check data that GitHub has deleted stays', async () => {
		h.createPullRequests(1);
		h.world.addCheck(REPO, 1, { name: 'build', status: 'COMPLETED', conclusion: 'SUCCESS' });
		h.later();
		await h.seed();
		h.later();
		h.world.expireChecks(REPO, 1);
		h.world.editTitle(REPO, 1, 'Old and edited');
		h.later();
		await h.seed();
		assert.deepEqual((await (await h.cache()).read(1))?.pullRequest.details?.checks.map(({ name }) => name), ['build']);
		assert.equal((await h.seed()).mode, 'unchanged');
	});

	it('the repository is renamed: its cache moves, nothing is fetched again', async () => {
		h.createPullRequests(30);
		await h.seed();
		h.later();
		h.world.renameRepository(REPO, 'octo/quay');
		const report = await h.seed();
		assert.equal(report.nameWithOwner, 'octo/quay');
		assert.deepEqual(h.operations, ['Probe', 'Probe']);
		assert.match(report.notes.map(({ said }) => inEnglish(said)).join(), /octo\/harbor is called octo\/quay now/);
		await assertEqualsServer(h, 'octo/quay');
		const status = await (await h.open()).seeder.status();
		assert.deepEqual(status.map(({ nameWithOwner: name }) => name), ['octo/quay']);
		assert.equal((await h.seed({}, 'octo/quay')).mode, 'unchanged');
	});

	it('another repository takes the name: it starts anew', async () => {
		h.createPullRequests(30);
		await h.seed();
		h.later();
		h.world.recreateRepository(REPO);
		h.world.createPullRequest(REPO, { title: 'The first of the new one' });
		h.later();
		const report = await h.seed();
		assert.deepEqual([report.mode, report.pullRequests], ['full', 1]);
		assert.match(report.notes.map(({ said }) => inEnglish(said)).join(), /Another repository/);
		await assertEqualsServer(h);
	});

	it('single sign-on hides one pull request: the others come, and it is asked for again', async () => {
		h.createPullRequests(25);
		const hidden = h.world.pullRequest(REPO, 9).id;
		const index = (variables: Readonly<Record<string, unknown>>) => (variables['ids'] as string[]).indexOf(hidden);
		let at = -1;
		h.server.addFault({
			kind: 'patch',
			match: {
				operationName: 'Details',
				variables: (variables) => {
					at = index(variables);
					return at >= 0;
				},
			},
			times: Infinity,
			patch: (answer) => {
				const { data } = answer.body as { data: { nodes: unknown[] } };
				data.nodes[at] = null;
				const errors = [{ type: 'FORBIDDEN', path: ['nodes', at], extensions: { saml_failure: true }, message: 'Resource protected by organization SAML enforcement.' }];
				return { ...answer, body: { data, errors } };
			},
		});
		const report = await h.seed();
		assert.deepEqual([report.pullRequests, report.removed], [25, 0]);
		assert.match(report.notes.map(({ said }) => inEnglish(said)).join(), /1 pull request/);
		assert.equal((await (await h.cache()).read(9))?.pullRequest.details, null);
		h.server.clearFaults();
		await h.seed();
		await assertEqualsServer(h);
	});

	it('checks refused over GraphQL come over REST, and cost nothing while they stay', async () => {
		h.createPullRequests(4);
		h.world.addCheck(REPO, 1, { name: 'build', status: 'COMPLETED', conclusion: 'SUCCESS' });
		h.world.setStatus(REPO, 2, 'ci/legacy', 'PENDING');
		h.later();
		h.server.addFault({
			kind: 'patch',
			match: { kind: 'graphql', when: ({ query }) => /statusCheckRollup/.test(query ?? '') },
			times: Infinity,
			patch: (answer) => {
				const body = answer.body as { data: Record<string, unknown> };
				const errors: object[] = [];
				hideRollups(body.data, [], errors);
				return { ...answer, body: { ...body, errors } };
			},
		});
		const first = await h.seed();
		assert.equal(first.requests.rest, 8);
		await assertEqualsServer(h, REPO, { restChecks: true });
		const second = await h.seed();
		assert.deepEqual([second.requests.rest, second.requests.notModified], [0, 8]);
		h.later();
		h.world.rerunCheck(REPO, 1, 'build');
		await h.seed();
		await assertEqualsServer(h, REPO, { restChecks: true });
	});

	it('checks over REST are left out, and said to be, when the budget is short', async () => {
		h.createPullRequests(4);
		h.later();
		await h.seed();
		const cache = await h.cache();
		await cache.update({
			refusals: { token: await tokenKey('github.com', TOKEN), items: [{ what: 'PullRequest.statusCheckRollup', why: 'permission', at: START }] },
		});
		await h.forgetProcess();
		h.server.setBudget(TOKEN, { restRemaining: 101 });
		h.world.editTitle(REPO, 1, 'So that there is something to do');
		const opened = await h.open();
		opened.seeder.budget({ host: 'github.com', account: 'octo-viewer' }).observe('rest', new Headers({ 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '101', 'x-ratelimit-reset': '1900000000' }));
		const report = await h.seed();
		assert.equal(report.requests.rest, 0);
		assert.match(report.notes.map(({ said }) => inEnglish(said)).join(), /Check runs of 4 pull requests were left out.*101/);
	});

	it('checks over REST are not begun without knowing what is left of the hour', async () => {
		await startRefused(40);
		h.server.setBudget(TOKEN, { restRemaining: 120 });
		const report = await h.seed();
		assert.deepEqual([h.operations.find((path) => path.startsWith('/')), report.requests.rest], ['/rate_limit', 20]);
		assert.match(report.notes.map(({ said }) => inEnglish(said)).join(), /Check runs of 30 pull requests were left out.*60 REST requests and 120 are left/);
		assert.deepEqual(h.clock.sleeps, []);
	});

	it('checks over REST that are known are looked at in turn, so many in each run', async () => {
		await startRefused(70);
		await h.seed();
		const looked: number[] = [];
		for (let run = 0; run < 2; run++) {
			h.later();
			const report = await h.seed();
			looked.push(report.requests.notModified);
			assert.match(report.notes.map(({ said }) => inEnglish(said)).join(), /checks of 70 open pull requests are looked at in turn, 50 in each run/);
		}
		assert.deepEqual(looked, [100, 100]);
		const last = h.world.repository(REPO).pullRequests.get(70)?.headRefOid ?? '';
		assert.ok(h.requests.some(({ path }) => path.includes(`/${last}/check-runs`)), `the last ones come in the second run: ${h.operations.slice(0, 5).join(' ')}`);
	});

	async function startRefused(count: number): Promise<void> {
		await h.stop();
		const permissions = { metadata: 'read', pull_requests: 'read', contents: 'read', issues: 'read', checks: 'read', statuses: 'read' } as const;
		h = await SyncHarness.start({ tokens: [installationToken({ value: TOKEN, repositories: [REPO], permissions })] });
		h.createPullRequests(count);
		h.later();
		await h.seed({ maxPullRequests: 1, checkRuns: false });
		await (await h.cache()).update({
			refusals: { token: await tokenKey('github.com', TOKEN), items: [{ what: 'PullRequest.statusCheckRollup', why: 'permission', at: START }] },
		});
	}

	it('checks of closed pull requests that never settle keep no open one from being looked at', async () => {
		h.createPullRequests(360);
		for (let number = 1; number <= 360; number++) {
			h.world.addCheck(REPO, number, { name: 'build', status: 'IN_PROGRESS', conclusion: null });
			if (number <= 110) {
				h.world.close(REPO, number);
			}
		}
		h.later();
		await h.seed();
		// 250 are open, of which a probe shows 100.
		for (let number = 1; number <= 360; number++) {
			h.world.setCheck(REPO, number, 'build', { status: 'COMPLETED', conclusion: 'SUCCESS' });
		}
		for (let run = 0; run < 2; run++) {
			h.later();
			await h.seed();
		}
		const { store } = await h.open();
		const stale = await store.query("SELECT state, count(*) FROM pull_request WHERE checks_state <> 'SUCCESS' GROUP BY state", { rows: 5 });
		assert.deepEqual(stale.rows, [['CLOSED', 60]]);
		for (let run = 0; run < 3; run++) {
			h.later();
			await h.seed();
		}
		await assertEqualsServer(h);
	});

	it('a slow-down that the host asks for holds for all of its repositories', async () => {
		const names = Array.from({ length: 12 }, (_, index) => `octo/pier-${index}`);
		names.forEach((name) => h.world.createRepository(name));
		h.server.addFault({ kind: 'respond', status: 403, headers: { 'retry-after': '60' }, body: { message: 'You have exceeded a secondary rate limit.' } });
		const { seeder } = await h.open();
		const context = { credentials: (host: string) => Promise.resolve({ host, apiUrl: h.server.url, account: 'octo-viewer', token: TOKEN }) };
		const refused = await seeder.seed(names.map((name) => parseRepository(name)), { waitForReset: false }, context);
		assert.deepEqual([refused.failures.length, h.requests.length], [12, 1]);
		assert.deepEqual(new Set(refused.failures.map(({ error, resumable }) => `${error.name} ${resumable}`)), new Set(['SecondaryLimitError true']));
		h.clock.sleeps.length = 0;
		const waited = await seeder.seed(names.map((name) => parseRepository(name)), {}, context);
		assert.deepEqual([waited.repositories.length, h.clock.sleeps], [12, [60_000]]);
	});

	it('a second sync of the same repository is told that this process seeds it already', async () => {
		h.createPullRequests(3);
		let second: Promise<Error> | undefined;
		h.server.before({ operationName: 'Listing' }, () => {
			second = h.open().then(async ({ seeder }) => {
				const report = await seeder.seed([h.ref], {}, { credentials: (host) => Promise.resolve({ host, apiUrl: h.server.url, account: 'octo-viewer', token: TOKEN }) });
				return report.failures[0]?.error ?? assert.fail('the second sync should not run');
			});
		});
		await h.seed();
		assert.match((await second)?.message ?? '', new RegExp(`${nameWithOwner(h.ref)} is being synced right now`));
		await assertEqualsServer(h);
	});
});

/** What a token without the right to read checks gets: null for every rollup, and an error each. */
function hideRollups(value: unknown, path: (string | number)[], errors: object[]): void {
	if (Array.isArray(value)) {
		value.forEach((item, i) => hideRollups(item, [...path, i], errors));
	} else if (typeof value === 'object' && value !== null) {
		for (const [name, inner] of Object.entries(value)) {
			if (name === 'statusCheckRollup' || name === 'rollupState') {
				(value as Record<string, unknown>)[name] = null;
				errors.push({ type: 'FORBIDDEN', path: [...path, name], message: 'Resource not accessible by integration' });
			} else {
				hideRollups(inner, [...path, name], errors);
			}
		}
	}
}
