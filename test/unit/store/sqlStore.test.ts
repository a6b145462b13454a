import assert from 'node:assert/strict';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import type { StoreChange } from '../../../src/core/store/store';
import { Bench, details, fullDetails, NO_TIME, pullRequest, repository, rows, sqlite3, user, value } from './fixtures';

describe('SqlStore, writing', () => {
	let bench: Bench;
	let store: SqlStore;

	beforeEach(async () => {
		bench = await Bench.make();
		store = await bench.open();
	});

	afterEach(() => bench.dispose());

	it('starts empty, and says that there was no file', async () => {
		assert.equal(store.isNew, true);
		assert.equal(store.recovered, false);
		assert.equal(store.readOnlyReason, undefined);
		assert.deepEqual(await store.read.repositories(), []);
		assert.deepEqual(await store.read.groups('label', {}), []);
		assert.deepEqual(await store.read.pullRequests({}, { offset: 0, limit: 10 }), []);
		assert.deepEqual(await store.read.milestones({}), []);
		assert.deepEqual(await store.read.workload(NO_TIME), []);
	});

	it('keeps an empty repository', async () => {
		await store.apply({ repository: { ...repository(), pushedAt: null, syncedAt: null, cachePosition: null }, labels: [], milestones: [] });
		const [only, ...others] = await store.read.repositories();
		assert.equal(others.length, 0);
		assert.deepEqual(
			{ ...only, id: 0 },
			{ id: 0, host: 'github.com', nameWithOwner: 'octo/harbor', nodeId: 'R_octo/harbor', pushedAt: null, syncedAt: null, totalCount: null, cachePosition: null, pullRequests: 0, open: 0, partial: 0 },
		);
	});

	it('keeps every nested list in order, with 64-bit ids whole', async () => {
		await store.apply({
			repository: repository(),
			pullRequests: [pullRequest(7, { databaseId: '9223372036854775807', details: fullDetails() })],
		});
		assert.equal(await value(store, 'SELECT database_id FROM pull_request'), '9223372036854775807');
		assert.equal(await value(store, 'SELECT typeof(database_id) FROM pull_request'), 'integer');
		assert.deepEqual(await rows(store, 'SELECT login, kind FROM review_request ORDER BY position'), [
			['grace', 'USER'],
			['octo/reviewers', 'TEAM'],
			['Bob', 'USER'],
		]);
		assert.deepEqual(
			await rows(store, 'SELECT database_id, state, submitted_at, author_login, body FROM review ORDER BY position'),
			[
				['9223372036854775807', 'CHANGES_REQUESTED', '2026-02-01T00:00:00Z', 'grace', 'No 🙅'],
				[null, 'PENDING', null, null, null],
			],
		);
		assert.deepEqual(
			await rows(store, 'SELECT message, author_login, authored_at, additions, deletions FROM pull_request_commit ORDER BY position'),
			[
				['Second first\n\nbody', null, '2026-01-02T00:00:00Z', null, null],
				['Then this', 'ada', '2026-01-01T00:00:00Z', 3, 4],
			],
		);
		assert.deepEqual(await rows(store, 'SELECT path, additions, deletions, change_type FROM changed_file'), [
			['src/ünïcode "quoted".ts', 1, 2, 'MODIFIED'],
		]);
		assert.deepEqual(
			await rows(store, 'SELECT head_oid, database_id, kind, name, status, conclusion, started_at, completed_at, url FROM check_run ORDER BY position'),
			[
				['7'.padStart(40, '0'), '9007199254740993', 'CHECK_RUN', 'build', 'COMPLETED', 'FAILURE', '2026-01-01T00:00:00Z', '2026-01-01T00:10:00Z', null],
				['7'.padStart(40, '0'), '9007199254740994', 'CHECK_RUN', 'build', 'IN_PROGRESS', null, '2026-01-01T00:20:00Z', null, 'https://ci.example.com/2'],
				['7'.padStart(40, '0'), null, 'STATUS_CONTEXT', 'ci/deploy', 'PENDING', null, null, null, null],
			],
		);
		assert.deepEqual(await rows(store, 'SELECT issue_repository, issue_number, issue_title FROM linked_issue ORDER BY position'), [
			['octo/harbor', 9, 'Nine'],
			['octo/quay', 3, 'Three'],
		]);
		assert.equal(await value(store, 'SELECT linked_issues FROM pull_request'), '[9]');
		// A team is no member, and neither is a commit's author.
		assert.deepEqual(await rows(store, 'SELECT login, kind FROM member ORDER BY login'), [
			['ada', 'USER'],
			['Bob', 'USER'],
			['grace', 'USER'],
		]);
	});

	it('writes a file that the sqlite3 command reads', async () => {
		await store.apply({
			repository: repository(),
			pullRequests: [pullRequest(7, { databaseId: '9223372036854775807', title: 'ـ שלום 👩‍👩‍👧', details: fullDetails() })],
		});
		await store.save();
		const told = sqlite3(bench.path, 'SELECT database_id, title, linked_issues FROM pull_request');
		assert.ok(told === undefined || told === '9223372036854775807|ـ שלום 👩‍👩‍👧|[9]', told);
	});

	it('keeps strange text as it is', async () => {
		const title = 'x'.repeat(4_990) + ' \u202eRTL\u202c 👩‍💻';
		const labels = ['a, b', 'say "hi"', "it's", '[]', 'back\\slash', '🐛'].map((name, index) => ({ id: `L_${index}`, name, color: 'ffffff' }));
		await store.apply({
			repository: repository(),
			labels,
			pullRequests: [
				pullRequest(1, { title, body: "Robert'); DROP TABLE pull_request;--", author: null, labelIds: labels.map((label) => label.id) }),
				pullRequest(2, { author: { login: 'dependabot[bot]', kind: 'BOT' }, title: '', body: '' }),
				pullRequest(3, { title: 'half a pair: \ud83d' }),
			],
		});
		const found = await store.read.pullRequests({}, { offset: 0, limit: 10 });
		assert.deepEqual(
			found.map((row) => row.number),
			[3, 2, 1],
		);
		assert.equal(found[2]?.title, title);
		assert.equal(found[2].authorLogin, null);
		assert.deepEqual(found[2].labels, labels.map((label) => label.name));
		assert.equal(found[1]?.authorLogin, 'dependabot[bot]');
		assert.equal(found[1].title, '');
		assert.equal(found[0]?.title, 'half a pair: \ufffd');
		assert.deepEqual(await rows(store, "SELECT login FROM member WHERE kind = 'BOT'"), [['dependabot[bot]']]);
	});

	it('knows a login in another case as the same member, by its latest spelling', async () => {
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { author: user('Ada'), assignees: [user('ADA')] })] });
		await store.apply({ repository: repository(), pullRequests: [pullRequest(2, { author: user('ada') })] });
		assert.deepEqual(await rows(store, 'SELECT login FROM member'), [['ada']]);
		assert.equal((await store.read.groups('assignee', {})).filter((group) => group.key !== null).length, 1);
	});

	it('replaces all nested rows when details come', async () => {
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { details: fullDetails(), assignees: [user('ada')] })] });
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { details: details({ linkedIssues: [{ repository: null, number: 1, title: 'One' }] }) })] });
		for (const table of ['review', 'review_request', 'pull_request_commit', 'changed_file', 'check_run', 'pull_request_assignee']) {
			assert.equal(await value(store, `SELECT count(*) FROM ${table}`), 0, table);
		}
		assert.equal(await value(store, 'SELECT count(*) FROM linked_issue'), 1);
		assert.deepEqual(await rows(store, 'SELECT additions, linked_issues, assignees FROM pull_request'), [[10, '[1]', '[]']]);
	});

	it('keeps stored details when only a listing comes', async () => {
		await store.apply({
			repository: repository(),
			labels: [{ id: 'L', name: 'bug', color: 'ff0000' }],
			pullRequests: [pullRequest(1, { details: fullDetails(), assignees: [user('ada')], partial: ['labels', 'reviews'] })],
		});
		await store.apply({
			repository: repository(),
			pullRequests: [pullRequest(1, { title: 'New title', state: 'CLOSED', labelIds: ['L'], assignees: [user('bob')], headOid: 'f'.repeat(40) })],
		});
		assert.deepEqual(
			await rows(store, 'SELECT title, state, labels, assignees, additions, deletions, changed_files, linked_issues, partial FROM pull_request'),
			[['New title', 'CLOSED', '["bug"]', '["bob"]', 10, 2, 1, '[9]', '["reviews"]']],
		);
		for (const [table, count] of Object.entries({ review: 2, review_request: 3, pull_request_commit: 2, changed_file: 1, check_run: 3, linked_issue: 2 })) {
			assert.equal(await value(store, `SELECT count(*) FROM ${table}`), count, table);
		}
		assert.deepEqual(await rows(store, 'SELECT login FROM pull_request_assignee'), [['bob']]);
	});

	it('leaves columns of details empty while only a listing is known', async () => {
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { partial: ['reviews'] })] });
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1)] });
		assert.deepEqual(await rows(store, 'SELECT additions, deletions, changed_files, linked_issues, partial FROM pull_request'), [
			[null, null, null, '[]', '["details"]'],
		]);
	});

	it('drops what GitHub no longer has', async () => {
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { details: fullDetails() }), pullRequest(2)] });
		await store.apply({ repository: repository(), removed: [1, 99] });
		assert.deepEqual(await rows(store, 'SELECT number FROM pull_request'), [[2]]);
		assert.equal(await value(store, 'SELECT count(*) FROM review'), 0);
	});

	it('writes all of a change or nothing', async () => {
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1)] });
		const wrong = pullRequest(3, { databaseId: 'not a number' });
		await assert.rejects(store.apply({ repository: repository('octo/other'), pullRequests: [pullRequest(2), wrong] }));
		assert.equal((await store.read.repositories()).length, 1);
		await store.apply({ repository: repository('octo/other'), pullRequests: [pullRequest(2)] });
		assert.equal((await store.read.repositories()).length, 2);
	});

	it('tells who listens what changed', async () => {
		const heard: StoreChange[] = [];
		const listening = store.onDidChange((change) => heard.push(change));
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1)] });
		const [{ id } = { id: -1 }] = await store.read.repositories();
		await store.removeRepository(repository().ref);
		listening.dispose();
		await store.apply({ repository: repository() });
		assert.deepEqual(heard, [{ repositoryId: id }, { repositoryId: undefined }]);
	});

	describe('a repository', () => {
		it('keeps its rows and its id under a new name', async () => {
			await store.apply({ repository: repository('octo/old', 'R_1'), pullRequests: [pullRequest(1)] });
			const [before] = await store.read.repositories();
			await store.apply({ repository: repository('octo/new', 'R_1') });
			const found = await store.read.repositories();
			assert.deepEqual(
				found.map(({ id, nameWithOwner, pullRequests }) => ({ id, nameWithOwner, pullRequests })),
				[{ id: before?.id, nameWithOwner: 'octo/new', pullRequests: 1 }],
			);
		});

		it('gives way to another one under its old name', async () => {
			await store.apply({ repository: repository('octo/harbor', 'R_1'), pullRequests: [pullRequest(1, { details: fullDetails() })] });
			await store.apply({ repository: repository('Octo/Harbor', 'R_2'), pullRequests: [pullRequest(2)] });
			assert.deepEqual(await rows(store, 'SELECT node_id, name_with_owner FROM repository'), [['R_2', 'Octo/Harbor']]);
			assert.deepEqual(await rows(store, 'SELECT number FROM pull_request'), [[2]]);
			assert.equal(await value(store, 'SELECT count(*) FROM review'), 0);
		});

		it('swaps names with another one', async () => {
			await store.apply({ repository: repository('octo/a', 'R_A'), pullRequests: [pullRequest(1)] });
			await store.apply({ repository: repository('octo/b', 'R_B'), pullRequests: [pullRequest(2)] });
			await store.apply({ repository: repository('octo/b', 'R_A') });
			assert.deepEqual(await rows(store, 'SELECT node_id FROM repository'), [['R_A']]);
		});

		it('is the same name on two hosts, and another repository on each', async () => {
			const enterprise = repository('octo/harbor', 'R_1');
			enterprise.ref = { ...enterprise.ref, host: 'ghe.example.com:8443' };
			await store.apply({ repository: repository('octo/harbor', 'R_1'), pullRequests: [pullRequest(1)] });
			await store.apply({ repository: enterprise, pullRequests: [pullRequest(1), pullRequest(2)] });
			assert.deepEqual(
				(await store.read.repositories()).map((row) => [row.host, row.pullRequests]),
				[['ghe.example.com:8443', 2], ['github.com', 1]],
			);
		});

		it('is removed in whatever case it is named, with the members only it had', async () => {
			await store.apply({ repository: repository(), labels: [{ id: 'L', name: 'x', color: '000000' }], pullRequests: [pullRequest(1, { details: fullDetails(), labelIds: ['L'] })] });
			await store.apply({ repository: repository('octo/other'), pullRequests: [pullRequest(1, { author: user('grace') }), pullRequest(2, { author: null })] });
			await store.removeRepository({ host: 'github.com', owner: 'OCTO', name: 'Harbor' });
			await store.removeRepository({ host: 'github.com', owner: 'octo', name: 'unknown' });
			assert.deepEqual(await rows(store, 'SELECT name_with_owner FROM repository'), [['octo/other']]);
			for (const table of ['review', 'label', 'pull_request_label', 'check_run', 'linked_issue']) {
				assert.equal(await value(store, `SELECT count(*) FROM ${table}`), 0, table);
			}
			assert.deepEqual(await rows(store, 'SELECT login FROM member'), [['grace']]);
		});
	});

	describe('labels', () => {
		const labels = [
			{ id: 'L_bug', name: 'bug', color: 'ff0000' },
			{ id: 'L_ui', name: 'ui', color: '00ff00' },
		];

		it('renames one on 300 pull requests, and keeps the order', async () => {
			await store.apply({
				repository: repository(),
				labels,
				pullRequests: Array.from({ length: 301 }, (_, index) => pullRequest(index + 1, { labelIds: index < 300 ? ['L_ui', 'L_bug'] : ['L_ui'] })),
			});
			await store.apply({ repository: repository(), labels: [{ id: 'L_bug', name: 'defect, "bad"', color: 'ff0000' }, labels[1]!] });
			assert.deepEqual(await rows(store, 'SELECT labels, count(*) FROM pull_request GROUP BY labels ORDER BY 2'), [
				['["ui"]', 1],
				['["ui","defect, \\"bad\\""]', 300],
			]);
		});

		it('takes a removed one from whoever carried it', async () => {
			await store.apply({ repository: repository(), labels, pullRequests: [pullRequest(1, { labelIds: ['L_ui', 'L_bug'] }), pullRequest(2, { labelIds: ['L_bug'] })] });
			await store.apply({ repository: repository(), labels: [labels[1]!] });
			assert.deepEqual(await rows(store, 'SELECT number, labels FROM pull_request ORDER BY number'), [[1, '["ui"]'], [2, '[]']]);
			assert.deepEqual(await rows(store, 'SELECT number, label_node_id FROM pull_request_label'), [[1, 'L_ui']]);
		});

		it('leaves out one that is not known yet', async () => {
			const carrier = pullRequest(1, { labelIds: ['L_ui', 'L_bug', 'L_bug'] });
			await store.apply({ repository: repository(), labels: [labels[0]!], pullRequests: [carrier] });
			assert.equal(await value(store, 'SELECT labels FROM pull_request'), '["bug"]');
			assert.deepEqual(await rows(store, 'SELECT label_node_id FROM pull_request_label'), [['L_bug']]);
			await store.apply({ repository: repository(), labels, pullRequests: [carrier] });
			assert.equal(await value(store, 'SELECT labels FROM pull_request'), '["ui","bug"]');
			assert.equal(await value(store, 'SELECT count(*) FROM pull_request_label'), 2);
		});

		it('leaves another repository alone', async () => {
			await store.apply({ repository: repository(), labels, pullRequests: [pullRequest(1, { labelIds: ['L_bug'] })] });
			await store.apply({ repository: repository('octo/other'), labels, pullRequests: [pullRequest(1, { labelIds: ['L_bug'] })] });
			await store.apply({ repository: repository('octo/other'), labels: [] });
			assert.deepEqual(await rows(store, 'SELECT name_with_owner, labels FROM pull_request JOIN repository ON id = repository_id ORDER BY 1'), [
				['octo/harbor', '["bug"]'],
				['octo/other', '[]'],
			]);
		});
	});

	describe('milestones', () => {
		const milestone = { id: 'M_1', number: 1, title: 'One', state: 'OPEN' as const, dueOn: null };

		it('edits one on whoever carries it', async () => {
			await store.apply({ repository: repository(), milestones: [milestone], pullRequests: [pullRequest(1, { milestoneId: 'M_1' }), pullRequest(2)] });
			await store.apply({ repository: repository(), milestones: [{ ...milestone, title: "It's “new”", dueOn: '2026-01-01T00:00:00Z' }] });
			assert.deepEqual(await rows(store, 'SELECT number, milestone_number, milestone_title FROM pull_request ORDER BY number'), [
				[1, 1, "It's “new”"],
				[2, null, null],
			]);
		});

		it('takes a removed one from whoever carried it', async () => {
			await store.apply({ repository: repository(), milestones: [milestone], pullRequests: [pullRequest(1, { milestoneId: 'M_1' })] });
			await store.apply({ repository: repository(), milestones: [] });
			assert.deepEqual(await rows(store, 'SELECT milestone_number, milestone_title FROM pull_request'), [[null, null]]);
			assert.deepEqual(
				(await store.read.groups('milestone', {})).map((group) => [group.key, group.count]),
				[[null, 1]],
			);
		});

		it('names one that becomes known after the pull request that carries it', async () => {
			await store.apply({ repository: repository(), milestones: [], pullRequests: [pullRequest(1, { milestoneId: 'M_1' })] });
			assert.equal(await value(store, 'SELECT milestone_title FROM pull_request'), null);
			await store.apply({ repository: repository(), milestones: [milestone] });
			assert.equal(await value(store, 'SELECT milestone_title FROM pull_request'), 'One');
		});
	});
});
