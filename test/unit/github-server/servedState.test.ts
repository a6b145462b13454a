import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ManualClock } from '../../github-server/clock';
import { expectedState } from '../../github-server/expectedState';
import { GithubServer } from '../../github-server/githubServer';
import { loadNdjson } from '../../github-server/ndjson';
import type { Repository } from '../../github-server/repository';
import { samplePullRequest, sampleRepositories, sampleRepository } from '../../github-server/sampleRepository';
import { syntheticRepository } from '../../github-server/syntheticRepository';
import { oauthToken } from '../../github-server/tokens';
import { World } from '../../github-server/world';
import { readEverything } from './readEverything';

const now = Date.UTC(2026, 2, 2, 9);

describe('What the stand-in serves', function () {
	// Whole repositories, page by page, on a machine that may be busy.
	let server: GithubServer | undefined;

	afterEach(async () => {
		await server?.stop();
		server = undefined;
	});

	async function check(repository: Repository, pageSize = 100): Promise<void> {
		const clock = new ManualClock(now);
		const world = new World(clock);
		world.addRepository(repository);
		// Teams' names are read too.
		server = await GithubServer.start({ world, tokens: [oauthToken({ value: 'test-token', scopes: ['repo', 'read:org'] })] });
		assert.deepEqual(await readEverything(server, repository.nameWithOwner, pageSize, () => clock.advance(10_000)), expectedState(world, repository.nameWithOwner));
	}

	it('is the whole sample, overflowing lists too', () => check(sampleRepository(now)));

	it('is the same in pages of three', () => check(sampleRepositories(now)[1]!, 3));

	it('is the synthetic repository, whose lists are made when asked for', () => check(syntheticRepository({ count: 30, nestedRows: 6 }), 5));

	for (const file of ['DefinitelyTyped__DefinitelyTyped', 'panjf2000__ants', 'FreeCAD__FreeCAD', 'bitcoin-core__gui']) {
		it(`is the recording ${file}`, async function () {
			const path = join('..', 'shared', 'data', `${file}.ndjson`);
			if (!existsSync(path)) this.skip();
			await check(await loadNdjson(path));
		});
	}
});

describe('The sample', () => {
	const repository = sampleRepository(now);
	const all = [...repository.pullRequests.values()];

	it('is the same for the same moment', () => {
		const states = [sampleRepository(now), sampleRepository(now)].map((one) => {
			const world = new World(new ManualClock(now));
			world.addRepository(one);
			return expectedState(world, one.nameWithOwner);
		});
		assert.deepEqual(states[0], states[1]);
	});

	it('lies in the past, with sane times', () => {
		for (const one of all) {
			assert.ok(one.createdAt <= one.updatedAt && one.updatedAt < '2026-03-02T09:00:00Z', String(one.number));
			assert.equal(one.closedAt !== null, one.state !== 'OPEN');
			assert.equal(one.mergedAt !== null, one.state === 'MERGED');
		}
	});

	it('holds what breaks clients', () => {
		assert.ok(all.length > 285 && all.length < 310);
		assert.ok(all.some((one) => one.databaseId <= 0x7fffffff) && all.some((one) => one.databaseId > 0x7fffffff));
		assert.ok(all.some((one) => one.author === null) && all.some((one) => one.author?.__typename === 'Bot') && all.some((one) => one.isDraft));
		assert.ok(all.some((one) => one.author?.login.length === 40));
		assert.equal(samplePullRequest(repository, 'long-title').title.length, 5000);
		assert.equal(samplePullRequest(repository, 'no-files').state, 'MERGED');
		const checked = samplePullRequest(repository, 'every-check');
		const workflows = repository.checksOf(checked.headRefOid).flatMap((check) => ('suite' in check && check.name === 'test' ? [check.suite.workflowRun?.workflow.name] : []));
		assert.deepEqual(workflows, ['Unit', 'Browser']);
		assert.equal(repository.rowsOf(samplePullRequest(repository, 'bot')).closingIssues.at(-1)?.repository.nameWithOwner, 'octo-sample/tide-data');
		const large = samplePullRequest(repository, 'large');
		const rows = repository.rowsOf(large);
		assert.deepEqual([rows.commits.length, rows.files.length, rows.reviews.length, large.assignees.length], [130, 320, 40, 12]);
		assert.ok(repository.checksOf(large.headRefOid).length >= 120);
	});
});

describe('The synthetic repository', () => {
	it('makes 20,000 pull requests at once, and each list the same twice', () => {
		const repository = syntheticRepository({ count: 20_000, nestedRows: 10, open: 100 });
		assert.equal([...repository.pullRequests.values()].filter((one) => one.state === 'OPEN').length, 100);
		const one = repository.pullRequests.get(19_977)!;
		assert.deepEqual(repository.rowSource!.rows(one).reviews, repository.rowSource!.rows(one).reviews);
		assert.deepEqual(repository.checksOf(one.headRefOid), repository.checksOf(one.headRefOid));
		assert.equal(repository.rowsOf(one).commits.at(-1)?.oid, one.headRefOid);
	});

	it('keeps what is changed', () => {
		const world = new World(new ManualClock(now));
		world.addRepository(syntheticRepository({ count: 10 }));
		const before = expectedState(world, 'octo-bench/synthetic').pullRequests[9]!;
		world.addReview('octo-bench/synthetic', 10, 'octo-reader', 'APPROVED');
		world.addCheck('octo-bench/synthetic', 10, { name: 'late' });
		const after = expectedState(world, 'octo-bench/synthetic').pullRequests[9]!;
		assert.equal(after.reviews.length, before.reviews.length + 1);
		assert.equal(after.checks.length, before.checks.length + 1);
	});
});
