import assert from 'node:assert/strict';
import { inEnglish } from '../../../src/core/model/sentence';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness } from './syncHarness';

describe('who is who on GitHub', () => {
	let h: SyncHarness;
	afterEach(() => h.stop());

	async function start(count: number, options: Parameters<typeof SyncHarness.start>[0] = {}): Promise<void> {
		h = await SyncHarness.start(options);
		h.createPullRequests(count);
		h.later();
	}

	/** From now on the server does not find these ids, as for a token that may not see them. */
	function hideNodes(ids: ReadonlySet<string>): void {
		h.server.addFault({
			kind: 'patch',
			times: Infinity,
			match: { kind: 'graphql', when: ({ variables }) => Array.isArray(variables?.['ids']) },
			patch: (answer) => {
				const body = answer.body as { data: { nodes: ({ id?: string; number: number } | null)[] }; errors?: object[] };
				const errors = [...(body.errors ?? [])];
				body.data.nodes.forEach((node, index) => {
					if (node && ids.has(String(node.number))) {
						body.data.nodes[index] = null;
						errors.push({ type: 'NOT_FOUND', path: ['nodes', index], message: 'Could not resolve to a node' });
					}
				});
				return { ...answer, body: { ...body, ...(errors.length > 0 && { errors }) } };
			},
		});
	}

	it('a node that is not found is not gone while the repository has its number', async () => {
		await start(4);
		await h.seed();
		h.world.editTitle(REPO, 2, 'Moved');
		h.later();
		hideNodes(new Set(['2']));
		const report = await h.seed();
		assert.deepEqual([report.removed, report.unreadable], [0, [2]]);
		assert.ok(h.operations.includes('Existence'));
		assert.ok((await h.cache()).entries.has(2));
		h.server.clearFaults();
		await h.seed();
		await assertEqualsServer(h);
	});

	it('a pull request that is gone is removed, because the repository says so', async () => {
		await start(4);
		await h.seed();
		h.world.removePullRequest(REPO, 2);
		h.later();
		const report = await h.seed();
		assert.equal(report.removed, 1);
		await assertEqualsServer(h);
	});

	it('many that vanish at once are kept, a person is told, and it costs nothing in each run', async () => {
		await start(30);
		await h.seed();
		for (let number = 1; number <= 20; number++) {
			h.world.removePullRequest(REPO, number);
		}
		h.later();
		const report = await h.seed();
		assert.equal(report.removed, 0);
		assert.match(report.notes.map(({ said }) => inEnglish(said)).join(), /20 stored pull requests.*nothing was removed/);
		assert.equal((await h.cache()).entries.size, 30);
		h.later();
		await h.seed();
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
		await h.seed({ refresh: true });
		await assertEqualsServer(h);
	});

	it('ids in another form are the same repository: nothing is fetched again', async () => {
		await start(30);
		h.world.addLabel(REPO, 3, 'bug');
		h.world.createMilestone(REPO, { title: 'First' });
		h.world.setMilestone(REPO, 4, 1);
		h.later();
		// Until it is told to answer with the former form, which the header would prevent.
		await h.seed();
		const before = await (await h.cache()).read(3);
		h.server.addFault({ kind: 'patch', times: Infinity, match: { kind: 'graphql' }, patch: (answer) => ({ ...answer, body: inFormerForm(answer.body) }) });
		h.later();
		const report = await h.seed();
		assert.deepEqual([h.operations, report.updated], [['Probe'], 0]);
		const cache = await h.cache();
		const record = await cache.read(3);
		assert.deepEqual(record?.pullRequest.details, before?.pullRequest.details);
		assert.deepEqual(record?.pullRequest.labelIds, cache.state.labels.filter(({ name }) => name === 'bug').map(({ id }) => id));
		const { store } = await h.open();
		const { rows } = await store.query(
			'SELECT pull_request_label.number, label.name FROM pull_request_label JOIN label ON label.node_id = label_node_id UNION ALL SELECT pull_request.number, milestone.title FROM pull_request JOIN milestone ON milestone.node_id = milestone_node_id',
			{ rows: 10 },
		);
		assert.deepEqual(rows, [[3, 'bug'], [4, 'First']]);
		h.later();
		await h.seed();
		assert.deepEqual(h.operations, ['Probe']);
	});

	it('every query asks for ids of the new form', async () => {
		h = await SyncHarness.start({ legacyIdsBefore: 'all' });
		h.createPullRequests(2);
		h.later();
		await h.seed();
		await assertEqualsServer(h);
	});

	it('a bot is an assignee like everybody else', async () => {
		await start(2);
		h.world.assign(REPO, 1, 'octo-helper');
		h.world.assign(REPO, 1, 'octo-agent[bot]');
		h.later();
		await h.seed();
		const record = await (await h.cache()).read(1);
		assert.deepEqual(record?.pullRequest.assignees.map(({ login, kind }) => [login, kind]).sort(), [['octo-agent', 'BOT'], ['octo-helper', 'USER']]);
		await assertEqualsServer(h);
	});

	it('an issue of another repository is not the one of that number here', async () => {
		await start(2);
		h.world.createRepository('octo/tracker');
		h.world.linkIssue(REPO, 1, 77, 'Ours');
		h.world.linkIssue(REPO, 1, 77, 'Theirs', 'octo/tracker');
		h.later();
		await h.seed();
		await assertEqualsServer(h);
		const { store } = await h.open();
		const { rows } = await store.query('SELECT issue_repository, issue_number, issue_title FROM linked_issue ORDER BY issue_title', { rows: 5 });
		assert.deepEqual(rows, [[REPO, 77, 'Ours'], ['octo/tracker', 77, 'Theirs']]);
	});

	it('check runs have their whole id, whether the server sends it as a number or not at all', async () => {
		for (const largeDatabaseIds of ['null', 'number'] as const) {
			h = await SyncHarness.start({ largeDatabaseIds });
			h.createPullRequests(1);
			h.world.addCheck(REPO, 1, { name: 'build' });
			h.later();
			await h.seed();
			await assertEqualsServer(h);
			await h.stop();
		}
		await start(0);
	});

	it('a row that is touched while the updated ones are read is not skipped', async () => {
		await start(160);
		await h.seed();
		for (let number = 1; number <= 120; number++) {
			h.world.addLabel(REPO, number, 'bulk');
		}
		h.later();
		h.server.after({ operationName: 'Fingerprints' }, (world) => {
			h.later();
			world.editTitle(REPO, 60, 'Jumped over the cursor');
		});
		await h.seed();
		h.later();
		await h.seed();
		await assertEqualsServer(h);
	});

	it('checks of one name from two workflows or apps are two, and the state is the one that GitHub gives', async () => {
		await start(1);
		h.world.addCheck(REPO, 1, { name: 'test', workflow: 'Linux', conclusion: 'FAILURE' });
		h.world.addCheck(REPO, 1, { name: 'test', workflow: 'Windows', conclusion: 'SUCCESS' });
		h.world.addCheck(REPO, 1, { name: 'flaky', conclusion: 'FAILURE' });
		await h.seed();
		const state = async () => {
			const { store } = await h.open();
			return (await store.read.pullRequests({}, { offset: 0, limit: 1 }))[0]?.checksState;
		};
		assert.equal(await state(), 'failure');
		h.world.setCheck(REPO, 1, 'test', { status: 'COMPLETED', conclusion: 'SUCCESS' }, { workflow: 'Linux' });
		h.world.rerunCheck(REPO, 1, 'flaky');
		h.world.setCheck(REPO, 1, 'flaky', { status: 'COMPLETED', conclusion: 'SUCCESS' });
		h.later();
		await h.seed();
		assert.equal(await state(), 'success', 'what was superseded does not count');
		await assertEqualsServer(h);
	});
});

/** Every node id as GitHub wrote it before; the number that it holds stays. */
function inFormerForm(body: unknown): unknown {
	return JSON.parse(JSON.stringify(body), (key, value: unknown) => (key === 'id' && typeof value === 'string' ? Buffer.from(`0:${value}`).toString('base64') : value));
}
