import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { inEnglish } from '../../../src/core/model/sentence';
import { Connection } from '../../../src/core/store/sqlite/connection';
import { sqlJs } from '../store/fixtures';
import { assertEqualsServer } from './equality';
import { REPO, SyncHarness } from './syncHarness';

describe('the database, after another tool has written to it', () => {
	let h: SyncHarness;

	beforeEach(async () => {
		h = await SyncHarness.start();
		h.createPullRequests(60);
		h.world.addLabel(REPO, 1, 'bug');
		h.world.setMilestone(REPO, 2, h.world.createMilestone(REPO, { title: 'First' }).number);
		h.world.assign(REPO, 3, 'octo-ada');
		h.world.requestReview(REPO, 3, 'octo-bea');
		h.world.addReview(REPO, 4, 'octo-cal', 'CHANGES_REQUESTED', 'No');
		h.world.addCheck(REPO, 5, { name: 'build', conclusion: 'FAILURE' });
		h.world.linkIssue(REPO, 6, 40);
		h.later();
		await h.seed();
		await h.forgetProcess();
		h.later();
	});

	afterEach(() => h.stop());

	/** As a tool does that knows nothing of foreign keys. */
	async function alter(sql: string): Promise<void> {
		const path = join(h.storage, 'prs.sqlite');
		const connection = new Connection(await sqlJs(), await nodeFiles.read(path));
		connection.script(`PRAGMA foreign_keys = OFF; ${sql}`);
		await nodeFiles.writeAtomic(path, connection.export());
		connection.close();
	}

	const notes = (report: { notes: { said: Parameters<typeof inEnglish>[0] }[] }) => report.notes.map(({ said }) => inEnglish(said));
	const CATALOGUE = 'Labels, milestones or people had been changed in the database by another tool. They were restored from the cache.';
	const MISSING = 'This repository was missing from the database. It was restored from the cache.';
	const OTHER_LOGIN = "login = 'octo-other', seen_at = seen_at + 1000000000";
	const restored = (what: string) => `${what} had been changed in the database by another tool. ${/^\d/.test(what) ? 'They were' : 'It was'} restored from the cache.`;

	it('is not made wrong by a cache that has gone wrong: GitHub decides where the two differ', async () => {
		const cache = await h.cache();
		const path = join(h.storage, 'cache/github.com', REPO, cache.state.journal.file);
		const journal = Buffer.from((await nodeFiles.read(path)) ?? []).toString('utf8');
		await nodeFiles.writeAtomic(path, Buffer.from(journal.replaceAll('"title":"Change 10"', '"title":"Chance 10"')));
		await h.seed({ verify: true });
		await assertEqualsServer(h);
	});

	for (const [what, sql, numbers, said] of [
		['a changed title', "UPDATE pull_request SET title = 'Other' WHERE number = 7", [7], [restored('Pull request #7')]],
		['a deleted pull request', 'PRAGMA foreign_keys = ON; DELETE FROM pull_request WHERE number = 4', [4], [restored('Pull request #4')]],
		['pull requests deleted without their lists', 'DELETE FROM pull_request WHERE number IN (1, 3, 4, 5, 6)', [1, 3, 4, 5, 6], [restored('5 pull requests')]],
		['lists deleted without their pull requests', 'DELETE FROM review; DELETE FROM changed_file WHERE number = 60', [4, 60], [restored('2 pull requests')]],
		['a pull request that is none', "INSERT INTO pull_request SELECT repository_id, 900, state, is_draft, created_at, updated_at, closed_at, merged_at, merged_by, author_login, title, labels, milestone_node_id, milestone_number, milestone_title, assignees, linked_issues, partial, detailed, additions, deletions, changed_files, changes_requested, checks_state, review_decision, mergeable, merge_state, auto_merge_at, in_merge_queue, comments, author_association, is_cross_repository, head_owner, review_threads, unresolved_threads, requested_reviews, base_ref, head_ref, head_oid, url, node_id, database_id, body FROM pull_request WHERE number = 1", [900], [restored('Pull request #900')]],
		['lists of no pull request', 'UPDATE review SET number = 901', [4, 901], [restored('2 pull requests')]],
		['an id that no number holds', 'UPDATE review SET database_id = 9223372036854775806', [4], [restored('Pull request #4')]],
		['a deleted label', 'DELETE FROM label', [], [CATALOGUE]],
		['a renamed milestone', "UPDATE milestone SET title = 'Other'", [], [CATALOGUE]],
		['a deleted repository', 'DELETE FROM repository', [], [MISSING]],
		['a repository deleted with all that is its own', 'PRAGMA foreign_keys = ON; DELETE FROM repository', [], [MISSING]],
		['deleted people', 'DELETE FROM member; DELETE FROM repository_member', [], [CATALOGUE]],
		['a person under another login', "UPDATE member SET login = 'octo-other' WHERE login = 'octo-ada'", [], [CATALOGUE]],
		['a person who would have been seen later under another login', `UPDATE member SET ${OTHER_LOGIN} WHERE login = 'octo-cal'`, [], [CATALOGUE]],
		['a person of another kind', "UPDATE member SET kind = 'BOT' WHERE login = 'octo-bea'", [], [CATALOGUE]],
	] as const) {
		it(`has ${what} restored, and told of, by verify`, async () => {
			await alter(sql);
			const report = await h.seed({ verify: true });
			assert.deepEqual(report.mended, numbers);
			assert.deepEqual(notes(report), said);
			await assertEqualsServer(h);
			const again = await h.seed({ verify: true });
			assert.deepEqual([again.mended, again.notes], [[], []]);
		});
	}

	it('has a deleted label and a renamed milestone restored by a verify that reads everything anew, because the cache is lost', async () => {
		await alter("DELETE FROM label; UPDATE milestone SET title = 'Other'");
		await rm(join(h.storage, 'cache'), { recursive: true });
		await h.seed({ verify: true });
		await assertEqualsServer(h);
	});

	it('is read alike by every tool after a verify, whatever was left beside it', async () => {
		const log = join(h.storage, 'prs.sqlite-wal');
		await writeFile(log, 'what another tool changed');
		await h.seed();
		assert.ok(await nodeFiles.stat(log), 'a run that changes nothing leaves it');
		await h.seed({ verify: true });
		assert.equal(await nodeFiles.stat(log), undefined);
		await assertEqualsServer(h);
	});

	it('is left as it is by a verify that finds nothing', async () => {
		const path = join(h.storage, 'prs.sqlite');
		const before = await nodeFiles.read(path);
		const report = await h.seed({ verify: true });
		assert.deepEqual([report.mended, report.notes], [[], []]);
		const revision = 'SELECT revision FROM repository';
		const { store } = await h.open();
		const now = await store.query(revision, { rows: 1 });
		const connection = new Connection(await sqlJs(), before);
		assert.deepEqual(now.rows, connection.all(revision, [], (row) => [row.text('revision')]));
		connection.close();
	});

	for (const [what, sql] of [
		['pull requests without their lists', 'DELETE FROM pull_request'],
		['the repository without its pull requests', 'DELETE FROM repository'],
		['all but the lists', 'DELETE FROM pull_request; DELETE FROM repository; DELETE FROM member; DELETE FROM label'],
	] as const) {
		it(`from which were deleted ${what} takes in the next change, and holds everything again`, async () => {
			await alter(sql);
			for (const number of [1, 3, 4, 5, 6]) {
				h.world.editTitle(REPO, number, 'Changed');
			}
			h.later();
			await h.seed();
			await assertEqualsServer(h);
		});
	}

	it('calls nobody by a login that nobody was seen with', async () => {
		await alter(`UPDATE member SET ${OTHER_LOGIN} WHERE login = 'octo-author'`);
		h.world.editTitle(REPO, 3, 'Changed');
		h.later();
		await h.seed();
		await assertEqualsServer(h);
	});
});
