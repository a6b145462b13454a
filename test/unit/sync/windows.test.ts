import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { fineGrainedToken } from '../../github-server/tokens';
import { assertEqualsServer } from './equality';
import { SyncHarness, REPO } from './syncHarness';

describe('sync windows', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
	});
	afterEach(() => h.stop());

	it('narrowing never shrinks the cache, widening fetches only the gap', async () => {
		h.createPullRequests(330);
		assert.equal((await h.seed({ maxPullRequests: 120 })).pullRequests, 120);
		assert.deepEqual(h.operations.filter((operation) => operation === 'Listing').length, 2);
		assert.equal((await h.seed({ maxPullRequests: 10 })).pullRequests, 10);
		assert.equal(h.requests.length, 1);
		assert.equal((await h.cache()).entries.size, 120);
		h.later();
		const report = await h.seed();
		assert.equal(report.pullRequests, 330);
		assert.equal(h.operations.filter((operation) => operation === 'Listing').length, 3);
		const asked = h.requests.flatMap(({ operationName, variables }) => (operationName === 'Details' ? (variables?.['ids'] as string[]) : []));
		assert.equal(new Set(asked).size, 210);
		await assertEqualsServer(h);
	});

	it('dates bound the creation', async () => {
		h.createPullRequests(20);
		const at = (number: number) => h.world.pullRequest(REPO, number).createdAt;
		const report = await h.seed({ since: at(6), until: at(16) });
		assert.equal(report.pullRequests, 10);
		assert.equal(h.requests.flatMap(({ operationName, variables }) => (operationName === 'Details' ? (variables?.['ids'] as string[]) : [])).length, 10);
		assert.equal((await h.seed({ since: at(6), until: at(16) })).mode, 'unchanged');
		await h.seed();
		await assertEqualsServer(h);
	});

	it('what is created later is not missed by a short window', async () => {
		h.createPullRequests(150);
		await h.seed({ maxPullRequests: 5 });
		h.later();
		h.createPullRequests(3);
		const report = await h.seed({ maxPullRequests: 5 });
		assert.deepEqual([report.added, report.pullRequests], [3, 5]);
		await h.seed();
		await assertEqualsServer(h);
	});
});

describe('sync options', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
	});
	afterEach(() => h.stop());

	it('refresh reads everything anew, and takes nothing away before', async () => {
		h.createPullRequests(30);
		await h.seed();
		h.server.addFault({ kind: 'reset', times: Infinity });
		await h.fail({ refresh: true });
		assert.equal((await h.cache()).entries.size, 30);
		h.server.clearFaults();
		const report = await h.seed({ refresh: true });
		assert.deepEqual([report.mode, report.pullRequests], ['full', 30]);
		await assertEqualsServer(h);
	});

	it('refresh keeps what another token had read and this one may not, and marks it', async () => {
		h.createPullRequests(3);
		h.world.setPrivate(REPO);
		h.world.addCheck(REPO, 1, { name: 'build' });
		h.later();
		await h.seed();
		const before = await details();
		h.server.setToken(fineGrainedToken({ value: 'weaker', permissions: { pull_requests: 'read' } }));
		h.token = 'weaker';
		h.later();
		const report = await h.seed({ refresh: true });
		assert.deepEqual([report.mode, report.updated, report.partial], ['full', 3, [1, 2, 3]]);
		// That there were no checks may have changed without any sign.
		assert.deepEqual(await details(), before.map((one) => (one?.checksState === 'NONE' ? { ...one, checksState: null } : one)));
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
	});

	it('refresh of a part reads that part anew, and leaves the rest as it is', async () => {
		h.createPullRequests(30);
		h.world.addLabel(REPO, 3, 'bug');
		h.world.createMilestone(REPO, { title: 'First' });
		h.world.setMilestone(REPO, 4, 1);
		h.later();
		await h.seed();
		h.later();
		const report = await h.seed({ refresh: true, maxPullRequests: 5 });
		assert.deepEqual([report.updated, h.operations.filter((name) => name === 'Details')], [5, ['Details']]);
		assert.equal((await h.cache()).entries.size, 30);
		await assertEqualsServer(h);
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
	});

	it('refresh that is broken off goes on where it was', async () => {
		h.createPullRequests(160);
		await h.seed();
		h.later();
		h.server.addFault({ kind: 'reset', times: Infinity, match: { operationName: 'Details', nth: 3 } });
		h.server.before({ operationName: 'Details' }, () => h.later(5));
		await h.fail({ refresh: true });
		h.server.clearFaults();
		h.later();
		const done = h.requests.filter(({ operationName }) => operationName === 'Details').length;
		assert.ok(done > 0);
		const report = await h.seed();
		assert.ok(report.updated > 0 && report.updated < 160, `${report.updated} read again`);
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
	});

	const details = async () => {
		const cache = await h.cache();
		const records = await cache.readAll([1, 2, 3]);
		return [1, 2, 3].map((number) => records.get(number)?.pullRequest.details);
	};

	it('no cache neither reads nor writes it', async () => {
		h.createPullRequests(3);
		await h.seed({ noCache: true });
		assert.deepEqual((await readdir(h.storage)).filter((name) => name === 'cache'), []);
		await assertEqualsServer(h);
		assert.equal((await h.seed({ noCache: true })).mode, 'full');
	});

	it('clear drops the rows, which come back from the cache', async () => {
		h.createPullRequests(3);
		await h.seed();
		const report = await h.seed({ clear: true });
		assert.equal(report.mode, 'unchanged');
		await assertEqualsServer(h);
	});

	it('without check runs those that are stored stay', async () => {
		h.createPullRequests(2);
		h.world.addCheck(REPO, 1, { name: 'build', status: 'COMPLETED', conclusion: 'SUCCESS' });
		h.later();
		await h.seed();
		h.later();
		h.world.editTitle(REPO, 1, 'Edited');
		h.later();
		await h.seed({ checkRuns: false });
		await assertEqualsServer(h);
		assert.ok(!h.requests.some(({ query }) => query?.includes('statusCheckRollup')));
	});

	it('verify sees other logins, deleted accounts and other titles of issues, which no update tells of', async () => {
		h.createPullRequests(3);
		h.world.assign(REPO, 1, 'octo-ada');
		h.world.linkIssue(REPO, 2, 900);
		h.later();
		await h.seed();
		const change = (value: unknown): void => {
			if (typeof value !== 'object' || value === null) {
				return;
			}
			const node = value as Record<string, unknown>;
			if (node['login'] === 'octo-ada') {
				node['login'] = 'octo-lovelace';
			}
			if (node['number'] === 3 && 'author' in node) {
				node['author'] = null;
			}
			if (node['number'] === 900 && 'title' in node) {
				node['title'] = 'Another title';
			}
			Object.values(node).forEach(change);
		};
		h.server.addFault({
			kind: 'patch',
			times: Infinity,
			match: { kind: 'graphql' },
			patch: (answer) => {
				const body = structuredClone(answer.body);
				change(body);
				return { ...answer, body };
			},
		});
		h.later();
		const report = await h.seed({ verify: true });
		assert.equal(report.updated, 3);
		const { store } = await h.open();
		const { rows } = await store.query('SELECT author_login, assignees FROM pull_request ORDER BY number', { rows: 5 });
		assert.deepEqual([rows[0]?.[1], rows[2]?.[0]], ['["octo-lovelace"]', null]);
		assert.deepEqual((await store.query('SELECT issue_title FROM linked_issue', { rows: 5 })).rows, [['Another title']]);
		h.later();
		assert.equal((await h.seed({ verify: true })).updated, 0);
	});

	it('verify finds what no sign tells of', async () => {
		h.createPullRequests(120);
		await h.seed({ maxPullRequests: 100 });
		h.later();
		h.world.close(REPO, 60);
		h.world.removePullRequest(REPO, 60);
		const report = await h.seed({ maxPullRequests: 100, verify: true });
		assert.deepEqual([report.removed, report.compared], [1, 99]);
	});
});
