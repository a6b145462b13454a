import assert from 'node:assert/strict';
import { HIDDEN_TEAM } from '../../../src/core/model/pullRequest';
import { oauthToken } from '../../github-server/tokens';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness, TOKEN } from './syncHarness';

describe('where open pull requests stand', () => {
	let h: SyncHarness;
	beforeEach(async () => {
		h = await SyncHarness.start();
	});
	afterEach(() => h.stop());

	const row = async (number: number, columns: string) => {
		const { store } = await h.open();
		const { rows } = await store.query(`SELECT ${columns} FROM pull_request WHERE number = ${number}`, { rows: 1 });
		return rows[0];
	};
	const detailsOf = async (number: number) => (await (await h.cache()).read(number))?.pullRequest.details;

	it('is seen by the probe alone, though no date moves', async () => {
		h.createPullRequests(3);
		await h.seed();
		h.later();
		h.world.setConflict(REPO, 1);
		h.world.enqueue(REPO, 2);
		h.world.setAutoMerge(REPO, 3);
		const report = await h.seed();
		assert.deepEqual([report.mode, h.operations, report.updated], ['incremental', ['Probe'], 3]);
		assert.deepEqual(await row(1, 'mergeable, merge_state'), ['CONFLICTING', 'DIRTY']);
		await assertEqualsServer(h);
		h.later();
		assert.equal((await h.seed()).mode, 'unchanged');
		h.world.merge(REPO, 1);
		h.later();
		await h.seed();
		assert.deepEqual(await row(1, 'mergeable, merge_state, in_merge_queue'), [null, null, 0], 'GitHub says it of open ones alone');
	});

	it('is told as of when that was seen, each change by itself, however long ago the rest was read', async () => {
		h.createPullRequests(1);
		await h.seed();
		const seen: string[] = [];
		for (const hasConflict of [true, false]) {
			h.later(3 * 86_400);
			h.world.setConflict(REPO, 1, hasConflict);
			seen.push(h.world.now());
			await h.seed();
		}
		const { rows } = await (await h.open()).store.query("SELECT seen_at, before, after FROM pull_request_change WHERE kind = 'conflicts' ORDER BY seen_at", { rows: 9 });
		assert.deepEqual(rows, [[seen[0], 'MERGEABLE', 'CONFLICTING'], [seen[1], 'CONFLICTING', 'MERGEABLE']]);
	});

	describe('while GitHub computes what can be merged', () => {
		const HOUR_MS = 3_600_000;

		it('is asked for again a moment later, in the first run and after a push', async () => {
			h.world.mergeJobMs = 3_000;
			h.createPullRequests(2);
			h.world.setConflict(REPO, 2);
			await h.seed();
			await assertEqualsServer(h);
			h.later();
			h.world.pushCommit(REPO, 2);
			h.world.setConflict(REPO, 2, false);
			h.later();
			await h.seed();
			assert.deepEqual(h.operations, ['Probe', 'Details', 'Standings', 'Standings']);
			await assertEqualsServer(h);
			h.later();
			await h.seed();
			assert.deepEqual(h.operations, ['Probe']);
		});

		it('is what it was until it is unknown for long, and then that it is unknown, until the probe shows it', async () => {
			h.createPullRequests(2);
			await h.seed();
			h.world.mergeJobMs = HOUR_MS;
			h.later(3_600);
			h.world.setConflict(REPO, 1);
			await h.seed();
			assert.deepEqual(h.operations, ['Probe', 'Standings', 'Standings']);
			assert.deepEqual([await row(1, 'mergeable'), await row(2, 'mergeable')], [['UNKNOWN'], ['MERGEABLE']]);
			await h.seed();
			assert.deepEqual(h.operations, ['Probe'], 'nobody waits for it in each run');
			h.later(3_600);
			await h.seed();
			assert.deepEqual([h.operations, await row(1, 'mergeable')], [['Probe'], ['CONFLICTING']]);
		});

		it('of a new head nothing of the former one is kept', async () => {
			h.createPullRequests(1);
			await h.seed();
			h.world.mergeJobMs = HOUR_MS;
			h.world.pushCommit(REPO, 1);
			h.later();
			await h.seed();
			assert.deepEqual(await row(1, 'mergeable, merge_state'), ['UNKNOWN', 'UNKNOWN']);
		});
	});

	it('a conversation that is resolved is seen in turn, where there are many, within two points a run', async () => {
		h.createPullRequests(100);
		const threads = Array.from({ length: 100 }, (_, i) => h.world.startThread(REPO, i + 1));
		h.later();
		await h.seed();
		await h.seed();
		h.later();
		threads.forEach((id, i) => h.world.resolveThread(REPO, i + 1, id));
		let seen = 0;
		for (let run = 0; run < 3; run++) {
			const report = await h.seed();
			assert.deepEqual(h.operations, ['Probe']);
			assert.ok((h.requests[0]?.points ?? 9) <= 2, `${h.requests[0]?.points} points`);
			seen += report.updated;
		}
		assert.equal(seen, 100);
		await assertEqualsServer(h);
	});

	it('more conversations than a page are all there, and one that is resolved has the rest read', async () => {
		h.createPullRequests(1);
		const ids = Array.from({ length: 150 }, () => h.world.startThread(REPO, 1));
		h.later();
		await h.seed();
		assert.deepEqual(await row(1, 'review_threads, unresolved_threads'), [150, 150]);
		h.later();
		h.world.resolveThread(REPO, 1, ids[3] ?? '');
		await h.seed();
		assert.deepEqual(await row(1, 'review_threads, unresolved_threads'), [150, 149]);
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
	});

	it('who was asked when is known, also where a row of the timeline is null and where there are more than a page', async () => {
		h.createPullRequests(1);
		for (let i = 0; i < 60; i++) {
			h.world.requestReview(REPO, 1, 'octo-ada');
			h.later(1);
			h.world.removeReviewRequest(REPO, 1, 'octo-ada');
			h.later(1);
		}
		h.world.hideEvent(REPO, 1);
		h.world.comment(REPO, 1);
		h.later();
		const report = await h.seed();
		assert.deepEqual(report.partial, []);
		assert.equal((await detailsOf(1))?.events?.length, 119);
		await assertEqualsServer(h);
	});

	it('a team that was asked keeps its name under a token that may not read it', async () => {
		h.server.setToken(oauthToken({ value: TOKEN, scopes: ['repo', 'read:org'] }));
		h.createPullRequests(1);
		h.world.requestReview(REPO, 1, 'octo/crew');
		h.later();
		await h.seed();
		h.server.setToken(oauthToken({ value: TOKEN, scopes: ['repo'] }));
		h.world.requestReview(REPO, 1, 'octo/dock');
		h.later();
		await h.seed();
		assert.deepEqual((await detailsOf(1))?.events?.map(({ subject }) => subject?.login), ['octo/crew', HIDDEN_TEAM]);
	});

	it('of closed ones what was known stays, and nothing is asked; of one that is open again it is asked at once', async () => {
		h.createPullRequests(3);
		h.world.startThread(REPO, 1);
		h.world.requestReview(REPO, 1, 'octo-ada');
		h.world.startThread(REPO, 2);
		h.world.close(REPO, 2);
		h.later();
		await h.seed();
		h.world.close(REPO, 1);
		h.later();
		await h.seed();
		assert.deepEqual(await row(1, 'review_threads'), [1]);
		h.world.comment(REPO, 1);
		h.world.comment(REPO, 2);
		h.later();
		await h.seed();
		const [, details] = h.requests;
		assert.doesNotMatch(details?.query ?? '', /reviewThreads|timelineItems/);
		assert.deepEqual([await row(1, 'review_threads'), (await detailsOf(1))?.events?.length], [[1], 1]);
		h.world.reopen(REPO, 2);
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe', 'Details', 'Details']);
		await assertEqualsServer(h);
	});

	it('a part that the server does not manage takes nothing else with it', async () => {
		h.createPullRequests(2);
		h.world.requestReview(REPO, 1, 'octo-ada');
		h.world.startThread(REPO, 1);
		h.later();
		h.server.addFault({ kind: 'badGateway', times: Infinity, match: { when: ({ query }) => query?.includes('timelineItems') === true } });
		const report = await h.seed();
		assert.deepEqual(report.partial, [1, 2]);
		assert.deepEqual(await row(1, 'partial, review_threads, mergeable'), ['["events"]', 1, 'MERGEABLE']);
		assert.equal((await detailsOf(1))?.events, null);
		h.server.clearFaults();
		h.later();
		await h.seed();
		await assertEqualsServer(h);
	});

	it('what the server fails to give has nobody wait for it in each run', async () => {
		h.createPullRequests(1);
		h.server.addFault({
			kind: 'patch',
			times: Infinity,
			match: { kind: 'graphql' },
			patch: (answer) => {
				const body = structuredClone(answer.body) as { data?: Record<string, unknown>; errors?: object[] };
				const nodes = (body.data?.['nodes'] ?? []) as Record<string, unknown>[];
				const errors = nodes.map((node, index) => ((node['mergeable'] = null), { message: 'Something went wrong.', path: ['nodes', index, 'mergeable'] }));
				const open = (body.data?.['repository'] as { open?: { nodes: Record<string, unknown>[] } } | undefined)?.open?.nodes ?? [];
				errors.push(...open.map((node, index) => ((node['mergeable'] = null), { message: 'Something went wrong.', path: ['repository', 'open', 'nodes', index, 'mergeable'] })));
				return errors.length === 0 ? undefined : { ...answer, body: { ...body, errors } };
			},
		});
		await h.seed();
		for (let run = 0; run < 4; run++) {
			h.later();
			await h.seed();
			assert.ok(!h.operations.includes('Standings'), h.operations.join());
		}
		assert.deepEqual(h.operations, ['Probe']);
		assert.deepEqual(await row(1, 'mergeable, merge_state, partial'), [null, 'CLEAN', '["standing"]']);
	});

	for (const profile of ['ghes-3.16', 'ghes-3.9', 'ghes-3.0'] as const) it(`a host without some of it (${profile}) says the rest, and nothing is incomplete`, async () => {
		await h.stop();
		h = await SyncHarness.start({ schemaProfile: profile, ghes: true });
		h.createPullRequests(2);
		h.world.requestReview(REPO, 1, 'octo-ada');
		h.world.setConflict(REPO, 1);
		h.later();
		const report = await h.seed();
		assert.deepEqual(report.partial, []);
		assert.deepEqual(await row(1, 'mergeable, in_merge_queue, review_threads'), ['CONFLICTING', profile === 'ghes-3.16' ? 0 : null, 0]);
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
	});

	it('what moves no date of a closed one is seen by a verify', async () => {
		h.createPullRequests(1);
		h.world.merge(REPO, 1);
		h.later();
		await h.seed();
		h.world.setAssociation(REPO, 1, 'MEMBER');
		h.world.deleteFork(REPO, 1);
		h.later();
		await h.seed({ verify: true });
		assert.deepEqual(await row(1, 'author_association, head_owner, is_cross_repository'), ['MEMBER', null, 1]);
	});
});
