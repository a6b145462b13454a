import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isoSeconds } from '../../github-server/clock';
import { DAY_MS, runCli, Scene, smallRepository } from './commandLine';

/** Of the pull requests of octo/harbor alone. */
const OF_HARBOR = "repository_id = (SELECT id FROM repository WHERE name_with_owner = 'octo/harbor')";

describe('pr-seeder, looking at what is stored', () => {
	let scene: Scene;
	const without = (...words: string[]) => scene.run(words, { env: { GITHUB_TOKEN: '' } });

	beforeEach(async () => {
		scene = await Scene.make([smallRepository(4), smallRepository(1, 'octo/lighthouse')]);
		const { world } = scene;
		world.createMilestone('octo/harbor', { title: 'Spring', dueOn: isoSeconds(Date.now() + 30 * DAY_MS) });
		world.createMilestone('octo/harbor', { title: 'Winter', dueOn: isoSeconds(Date.now() - 30 * DAY_MS) });
		for (const number of [1, 2, 3]) world.setMilestone('octo/harbor', number, 1);
		world.addLabel('octo/harbor', 1, 'bug');
		world.addLabel('octo/harbor', 2, 'bug');
		world.assign('octo/harbor', 1, 'ada');
		world.assign('octo/harbor', 2, 'ada');
		world.requestReview('octo/harbor', 2, 'grace');
		world.merge('octo/harbor', 1);
		await scene.must(['seed', 'octo/harbor', 'octo/lighthouse', '--quiet']);
		scene.server.clearRequests();
	});

	afterEach(() => scene.dispose());

	it('asks GitHub for nothing', async () => {
		for (const words of [['status'], ['report', 'milestones'], ['query', 'SELECT 1'], ['projects'], ['clear', 'octo/harbor']]) {
			const { status, stderr } = await without(...words);
			assert.equal(status, 0, stderr);
		}
		assert.equal(scene.server.requests.length, 0);
	});

	it('status: every repository with its age and size', async () => {
		const { stdout } = await without('status');
		assert.match(stdout, /^Repository +PRs +Synced +Cache +Partial +Resumable$/m);
		assert.match(stdout, /^octo\/harbor +4 +just now +[\d.]+ kB +0 +no$/m);
		assert.match(stdout, /^octo\/lighthouse +1 +just now +/m);
		const one = await scene.json<{ repositories: Record<string, unknown>[] }>(['status', 'Octo/HARBOR']);
		const [{ bytes, syncedAt, ...known } = {}, ...others] = one.document.repositories;
		assert.deepEqual(others, []);
		assert.deepEqual(known, { host: 'github.com', nameWithOwner: 'octo/harbor', pullRequests: 4, totalCount: null, partial: 0, resumable: false, cached: true, stale: false });
		assert.ok(typeof bytes === 'number' && bytes > 0);
		assert.match(String(syncedAt), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
	});

	it('status: also what was seeded without a cache, and that nothing is there', async () => {
		await rm(join(scene.storage, 'cache'), { recursive: true });
		assert.match((await without('status')).stdout, /^octo\/harbor +4 +just now +none +0 +no$/m);
		await rm(scene.storage, { recursive: true });
		const { status, stdout } = await without('status');
		assert.equal(status, 0);
		assert.match(stdout, /Nothing is stored yet\. Begin with pr-seeder seed OWNER\/REPO/);
		assert.equal(existsSync(scene.storage), false);
	});

	it('fills a lost database from the cache', async () => {
		await rm(join(scene.storage, 'prs.sqlite'));
		const { stdout } = await without('query', 'SELECT count(*) AS n FROM pull_request');
		assert.match(stdout, /^5$/m);
		assert.deepEqual(await scene.rows('SELECT count(*) FROM pull_request'), [[5]]);
	});

	it('report milestones: with progress, the overdue marked', async () => {
		const { stdout } = await without('report', 'milestones', 'octo/harbor');
		assert.match(stdout, /^2 +Winter +open +\d{4}-\d\d-\d\d \(overdue\) +0 +0 +empty$/m);
		assert.match(stdout, /^1 +Spring +open +\d{4}-\d\d-\d\d +2 +1 +█{6}░{14} +33 %$/m);
		const { document } = await scene.json<{ milestones: Record<string, unknown>[] }>(['report', 'milestones']);
		assert.deepEqual(document.milestones.map(({ repository, title, open, closed, overdue }) => [repository, title, open, closed, overdue]), [
			['octo/harbor', 'Winter', 0, 0, true],
			['octo/harbor', 'Spring', 2, 1, false],
		]);
	});

	it('report milestones: overdue once the day has passed, not on it, in every time zone', async () => {
		const { world } = scene;
		const zones = ['UTC', 'America/Los_Angeles', 'Pacific/Auckland'];
		const dayIn = (timeZone: string, ms: number) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(ms);
		const now = Date.now();
		for (const zone of zones) {
			// As GitHub keeps a day: midnight in UTC, or in California.
			for (const hour of ['00', '07', '08']) world.createMilestone('octo/harbor', { title: `${zone} ${hour}`, dueOn: `${dayIn(zone, now)}T${hour}:00:00Z` });
			world.createMilestone('octo/harbor', { title: `${zone} before`, dueOn: `${dayIn(zone, now - DAY_MS)}T08:00:00Z` });
		}
		await scene.must(['seed', 'octo/harbor', '--quiet']);
		for (const zone of zones) {
			const { document, stdout } = await scene.json<{ milestones: { title: string; overdue: boolean }[] }>(['report', 'milestones'], { env: { TZ: zone } });
			const own = document.milestones.filter(({ title }) => title.startsWith(zone)).map(({ title, overdue }) => [title.slice(zone.length + 1), overdue] as const);
			assert.deepEqual(Object.fromEntries(own), { '00': false, '07': false, '08': false, before: true }, stdout);
		}
	});

	it('report labels and assignees: open and all, over every repository or one', async () => {
		assert.match((await without('report', 'labels')).stdout, /^octo\/harbor +bug +1 +2$/m);
		assert.match((await without('report', 'labels')).stdout, /^octo\/lighthouse +\(no label\) +1 +1$/m);
		assert.match((await without('report', 'assignees', 'octo/harbor')).stdout, /^ada +1 +2$/m);
		assert.match((await without('report', 'authors', 'octo/harbor')).stdout, /^Author +Open +All\n[^\n]+\n\(not known\) +3 +4$/m);
		const { document } = await scene.json<{ assignees: unknown[] }>(['report', 'assignees', 'octo/harbor']);
		assert.deepEqual(document.assignees, [
			{ repository: 'octo/harbor', login: 'ada', open: 1, total: 2 },
			{ repository: 'octo/harbor', login: null, open: 2, total: 2 },
		]);
	});

	it('report reviewers: of whom a review is asked, and of nobody', async () => {
		assert.match((await without('report', 'reviewers', 'octo/harbor')).stdout, /^Reviewer +Open +All\n[^\n]+\ngrace +1 +1\n\(nobody asked\) +2 +3$/m);
		const { document } = await scene.json<{ reviewers: unknown[] }>(['report', 'reviewers', 'octo/harbor']);
		assert.deepEqual(document.reviewers, [
			{ repository: 'octo/harbor', login: 'grace', kind: 'person', open: 1, total: 1 },
			{ repository: 'octo/harbor', login: null, kind: 'nobody', open: 2, total: 3 },
		]);
	});

	it('clear --all is about every host, so it takes none', async () => {
		const { status, stderr } = await without('clear', '--all', '--host', 'nowhere.example');
		assert.equal(status, 2);
		assert.match(stderr, /whichever host it is of/);
		assert.ok((await scene.rows('SELECT 1 FROM repository')).length > 0);
	});

	it('report: of what a filter lets through, and says so', async () => {
		const { status, stdout } = await without('report', 'labels', 'octo/harbor', '--assignee', 'ada');
		assert.equal(status, 0);
		assert.match(stdout, /^bug +1 +2$/m);
		assert.match(stdout, /Only of these: assigned to ada\.$/m);
		const { document } = await scene.json<{ workload: { open: number }[] }>(['report', 'workload', 'octo/harbor', '--unassigned']);
		assert.deepEqual(document.workload.filter(({ open }) => open > 0).map(({ open }) => open), [2]);
		for (const words of [['milestones', '--state', 'all'], ['workload', '--state', 'open']]) {
			const refused = await without('report', ...words);
			assert.equal(refused.status, 2);
			assert.match(refused.stderr, /it takes no (?:filter|--state)\./);
		}
	});

	it('report workload: what is open, and whose review is waited for', async () => {
		const { document } = await scene.json<{ workload: unknown[] }>(['report', 'workload', 'octo/harbor']);
		assert.deepEqual(document.workload, [
			{ login: 'ada', open: 1, ready: 1, changesRequested: 0, draft: 0, stale: 0, reviewRequested: 0, merged: 1, alsoStale: 0 },
			{ login: 'grace', open: 0, ready: 0, changesRequested: 0, draft: 0, stale: 0, reviewRequested: 1, merged: 0, alsoStale: 0 },
			{ login: null, open: 2, ready: 2, changesRequested: 0, draft: 0, stale: 0, reviewRequested: 0, merged: 0, alsoStale: 0 },
		]);
	});

	it('report workload --by: whose the open ones are by another role', async () => {
		const { document } = await scene.json<{ workload: Record<string, unknown>[] }>(['report', 'workload', 'octo/harbor', '--by', 'reviewer']);
		assert.deepEqual(document.workload.filter(({ login }) => login === 'grace'), [{ login: 'grace', open: 1, ready: 1, changesRequested: 0, draft: 0, stale: 0, alsoStale: 0, reviewed: 0 }]);
		const { stdout } = await without('report', 'workload', 'octo/harbor', '--by', 'author');
		assert.match(stdout, /^Author +Open +Ready/);
	});

	it('report: says when the repository is not stored', async () => {
		const { status, stderr } = await without('report', 'labels', 'octo/other');
		assert.equal(status, 1);
		assert.match(stderr, /Nothing is stored of octo\/other\. Seed it first: pr-seeder seed octo\/other/);
	});

	it('query: a table or a document', async () => {
		const sql = `SELECT number, title, merged_at IS NULL AS unmerged, NULL AS gap FROM pull_request WHERE number < 3 AND ${OF_HARBOR} ORDER BY 1`;
		assert.match((await without('query', sql)).stdout, /^number {2}title +unmerged {2}gap\n─+ .*\n +1 {2}Change 1 +0\n +2 {2}Change 2 +1\n$/);
		const { document } = await scene.json(['query', sql]);
		assert.deepEqual(document, { columns: ['number', 'title', 'unmerged', 'gap'], rows: [[1, 'Change 1', 0, null], [2, 'Change 2', 1, null]], truncated: false });
	});

	it('query: says when a cell is cut, however its signs are written', async () => {
		for (const [sql, isCut] of [["SELECT printf('%.*c', 900, 'x')", false], ["SELECT printf('%.*c', 1001, 'x')", true], ["SELECT replace(printf('%.*c', 600, 'x'), 'x', '修')", true], ['SELECT zeroblob(600)', true]] as const) {
			const { status, stderr } = await without('query', sql);
			assert.equal(status, 0);
			assert.equal(stderr.includes('Long values are cut to 1,000 columns; --json has all of them.'), isCut, sql);
		}
	});

	it('query: may begin with a comment', async () => {
		const { status, document, stderr } = await scene.json(['query', '-- open ones\nSELECT 1 AS one -- a=b']);
		assert.equal(status, 0, stderr);
		assert.deepEqual(document, { columns: ['one'], rows: [[1]], truncated: false });
	});

	it('query: only reads', async () => {
		const before = await readFile(join(scene.storage, 'prs.sqlite'));
		for (const sql of ['DELETE FROM pull_request', 'SELECT 1; DROP TABLE review', 'PRAGMA user_version = 9', 'nonsense']) {
			const { status, stderr } = await without('query', sql);
			assert.equal(status, 1, sql);
			assert.match(stderr, /The query was refused: .* Write one statement that only reads/);
		}
		assert.deepEqual(await readFile(join(scene.storage, 'prs.sqlite')), before);
	});

	it('lets nothing that came from GitHub drive the terminal', async () => {
		scene.world.editTitle('octo/harbor', 4, 'Red \u001b[31malert\u009b2J\u202e and\nmore');
		await scene.must(['seed', 'octo/harbor', '--quiet']);
		const sql = `SELECT title FROM pull_request WHERE number = 4 AND ${OF_HARBOR}`;
		assert.match((await without('query', sql)).stdout, /^Red \[31malert 2J and more$/m);
		const { document, stdout } = await scene.json<{ rows: string[][] }>(['query', sql]);
		assert.deepEqual(document.rows, [['Red \u001b[31malert\u009b2J\u202e and\nmore']]);
		assert.doesNotMatch(stdout, /[\u001b\u009b\u202e]/);
	});

	it('clear: forgets cache and rows, and says when there was nothing', async () => {
		const { stdout } = await without('clear', 'octo/harbor');
		assert.equal(stdout, 'octo/harbor is cleared.\n');
		assert.equal(existsSync(join(scene.storage, 'cache', 'github.com', 'octo', 'harbor')), false);
		assert.deepEqual(await scene.rows('SELECT DISTINCT name_with_owner FROM pull_request JOIN repository ON repository.id = repository_id'), [['octo/lighthouse']]);
		const again = await scene.json(['clear', 'octo/harbor']);
		assert.deepEqual([again.status, again.document], [0, { nameWithOwner: 'octo/harbor', cleared: false }]);
	});

	it('verify: finds what vanished without a trace', async () => {
		const { world } = scene;
		world.removePullRequest('octo/harbor', 2);
		world.createPullRequest('octo/harbor', { title: 'New' });
		const { status, document } = await scene.json<{ repositories: { removed: number; pullRequests: number; compared: number }[] }>(['verify', 'octo/harbor']);
		assert.equal(status, 0);
		assert.deepEqual(document.repositories.map(({ removed, pullRequests, compared }) => [removed, pullRequests, compared]), [[1, 4, 4]]);
		assert.match((await scene.run(['verify', 'octo/harbor'])).stdout, /^octo\/harbor: 4 pull requests compared with GitHub, .+ · /);
		assert.deepEqual(await scene.rows(`SELECT number FROM pull_request WHERE ${OF_HARBOR} ORDER BY 1`), [[1], [3], [4], [5]]);
	});

	it('projects: there are none', async () => {
		assert.match((await without('projects')).stdout, /There are no projects/);
		assert.deepEqual((await scene.json(['projects'])).document, { projects: [] });
	});

	it('keeps everything in the place of the platform when no folder is named', async () => {
		const { status, stderr } = await runCli(['seed', 'octo/harbor', '--api-url', scene.server.url], { env: { XDG_DATA_HOME: scene.folder } });
		assert.equal(status, 0, stderr);
		assert.ok(existsSync(join(scene.folder, 'pr-seeder', 'prs.sqlite')));
	});
});
