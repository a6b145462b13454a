import assert from 'node:assert/strict';
import { ManualClock } from '../../github-server/clock';
import { expectedState } from '../../github-server/expectedState';
import { GithubServer } from '../../github-server/githubServer';
import { recordedRepository } from '../../github-server/ndjson';
import type { RecordedPullRequest } from '../../github-server/recordedPullRequest';
import { World } from '../../github-server/world';
import { graphql, rest } from './call';

const repo = 'octo-sample/suites';

interface Run { name: string; conclusion: string | null; checkSuite: { databaseId: number | null; app: { slug: string; name: string }; workflowRun: { event: string; workflow: { name: string } } | null } }

describe('The stand-in\'s check suites', () => {
	let clock: ManualClock;
	let world: World;
	let server: GithubServer;

	beforeEach(async () => {
		clock = new ManualClock();
		world = new World(clock);
		world.createRepository(repo);
		world.createPullRequest(repo);
		server = await GithubServer.start({ world });
	});
	afterEach(() => server.stop());

	async function rollup(selection: string): Promise<Record<string, unknown> | null> {
		const query = `{ repository(owner: "octo-sample", name: "suites") { pullRequest(number: 1) { statusCheckRollup { ${selection} } } } }`;
		const { data, errors } = await graphql<{ repository: { pullRequest: { statusCheckRollup: Record<string, unknown> | null } } }>(server, query);
		assert.deepEqual(errors, []);
		return data.repository.pullRequest.statusCheckRollup;
	}

	async function runs(): Promise<Run[]> {
		const selection = `contexts(first: 50) { nodes { ... on CheckRun { name conclusion
			checkSuite { databaseId app { slug name } workflowRun { databaseId event workflow { name databaseId } } } } } }`;
		return ((await rollup(selection)) as { contexts: { nodes: Run[] } }).contexts.nodes;
	}

	const latest = async (filter = ''): Promise<{ name: string; conclusion: string | null; check_suite: { id: number }; app: { id: number; slug: string } }[]> => {
		const response = await rest(server, `/repos/${repo}/commits/${world.pullRequest(repo, 1).headRefOid}/check-runs${filter}`);
		return ((await response.json()) as { check_runs: { name: string; conclusion: string | null; check_suite: { id: number }; app: { id: number; slug: string } }[] }).check_runs;
	};

	it('name the app, and the workflow of GitHub Actions alone', async () => {
		world.addCheck(repo, 1, { name: 'test', workflow: 'Nightly', event: 'push' });
		world.addCheck(repo, 1, { name: 'test', app: 'some-ci' });
		const shown = (await runs()).map(({ checkSuite: { app, workflowRun } }) => [app.slug, app.name, workflowRun?.event, workflowRun?.workflow.name]);
		assert.deepEqual(shown, [['github-actions', 'GitHub Actions', 'push', 'Nightly'], ['some-ci', 'some-ci', undefined, undefined]]);
		assert.deepEqual((await latest()).map(({ app }) => app.slug), ['some-ci', 'github-actions']);
		assert.equal((await latest())[1]?.app.id, 15_368);
	});

	it('keep two checks of one name apart: a failure in one workflow is not hidden by a success in another', async () => {
		world.addCheck(repo, 1, { name: 'test', workflow: 'Unit', conclusion: 'FAILURE' });
		world.addCheck(repo, 1, { name: 'test', workflow: 'Browser', conclusion: 'SUCCESS' });
		assert.deepEqual(await rollup('state'), { state: 'FAILURE' });
		assert.equal((await latest()).length, 2);
		assert.equal(new Set((await latest()).map(({ check_suite: suite }) => suite.id)).size, 2);
		assert.equal(expectedState(world, repo).pullRequests[0]?.rollup, 'FAILURE');
	});

	it('keep a re-run, which supersedes the run of its own suite alone', async () => {
		world.addCheck(repo, 1, { name: 'test', workflow: 'Unit', conclusion: 'FAILURE' });
		world.addCheck(repo, 1, { name: 'test', workflow: 'Browser', conclusion: 'FAILURE' });
		world.rerunCheck(repo, 1, 'test', { workflow: 'Unit' });
		world.setCheck(repo, 1, 'test', { status: 'COMPLETED', conclusion: 'SUCCESS' }, { workflow: 'Unit' });
		assert.deepEqual(await rollup('state'), { state: 'FAILURE' });
		assert.deepEqual((await latest()).map(({ conclusion }) => conclusion), ['success', 'failure']);
		assert.equal((await latest('?filter=all')).length, 3);
		world.rerunCheck(repo, 1, 'test', { workflow: 'Browser' });
		world.setCheck(repo, 1, 'test', { status: 'COMPLETED', conclusion: 'SUCCESS' }, { workflow: 'Browser' });
		assert.deepEqual(await rollup('state'), { state: 'SUCCESS' });
	});

	it('give another state beside contexts, where superseded runs count, than alone', async () => {
		world.addCheck(repo, 1, { name: 'test', conclusion: 'FAILURE' });
		world.rerunCheck(repo, 1, 'test');
		world.setCheck(repo, 1, 'test', { status: 'COMPLETED', conclusion: 'SUCCESS' });
		assert.deepEqual(await rollup('state'), { state: 'SUCCESS' });
		assert.equal((await rollup('state contexts(first: 1) { totalCount }'))?.['state'], 'FAILURE');
		assert.equal((await rollup('state ... on StatusCheckRollup { list: contexts(first: 1) { totalCount } }'))?.['state'], 'FAILURE');
		assert.equal((await rollup('state contexts(first: 1) @skip(if: true) { totalCount }'))?.['state'], 'SUCCESS');
		const query = `{ repository(owner: "octo-sample", name: "suites") { pullRequest(number: 1) { own: statusCheckRollup { state }
			statusCheckRollup { contexts(first: 1) { totalCount } } } } }`;
		const apart = await graphql<{ repository: { pullRequest: object } }>(server, query);
		assert.deepEqual(apart.data.repository.pullRequest, { own: { state: 'SUCCESS' }, statusCheckRollup: { contexts: { totalCount: 2 } } });
	});

	it('are empty for some seconds while they are run again', async () => {
		for (const name of ['build', 'test']) world.addCheck(repo, 1, { name, conclusion: 'FAILURE' });
		world.rerunSuite(repo, 1);
		assert.equal(await rollup('state'), null);
		assert.deepEqual(await latest(), []);
		world.setStatus(repo, 1, 'ci/outside', 'SUCCESS');
		assert.deepEqual(await rollup('state contexts(first: 9) { totalCount }'), { state: 'SUCCESS', contexts: { totalCount: 1 } });
		clock.advance(9_999);
		assert.equal((await runs()).filter(({ name }) => name).length, 0);
		clock.advance(1);
		assert.deepEqual(await rollup('state'), { state: 'PENDING' });
		assert.equal((await latest('?filter=all')).length, 4);
	});

	it('of recordings are told apart by what is recorded, else by the start of the runs', () => {
		const run = { name: 'test', status: 'COMPLETED', startedAt: '2025-01-01T01:00:00Z', completedAt: '2025-01-01T01:10:00Z' };
		const state = (...checkRuns: RecordedPullRequest['checkRuns'] & object) => {
			const one = new World(clock);
			const recorded = { repo, number: 1, title: '', state: 'OPEN', createdAt: '2025-01-01T00:00:00Z', author: null, milestone: null, mergedAt: null, checkRuns };
			one.addRepository(recordedRepository([recorded as unknown as RecordedPullRequest]));
			const [shown] = expectedState(one, repo).pullRequests;
			return [shown?.rollup, new Set(shown?.checks.map((check) => 'suiteId' in check && check.suiteId)).size];
		};
		const failure = { ...run, conclusion: 'FAILURE' };
		const success = { ...run, conclusion: 'SUCCESS' };
		assert.deepEqual(state(failure, success), ['FAILURE', 2]);
		assert.deepEqual(state(failure, { ...success, startedAt: '2025-01-01T02:00:00Z' }), ['SUCCESS', 1]);
		assert.deepEqual(state(failure, { ...success, workflow: 'Other', startedAt: '2025-01-01T02:00:00Z' }), ['FAILURE', 2]);
		assert.deepEqual(state(failure, { ...success, app: 'Some CI', startedAt: '2025-01-01T02:00:00Z' }), ['FAILURE', 2]);
		assert.deepEqual(state({ ...failure, workflow: 'Same' }, { ...success, workflow: 'Same' }), ['FAILURE', 2]);
	});
});
