import assert from 'node:assert/strict';
import { Connection } from '../../../src/core/store/sqlite/connection';
import { migrate } from '../../../src/core/store/schema/migrate';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import { partsOf, WORK_ROLES, type WorkPeriod, type WorkSelection } from '../../../src/core/store/read/workParts';
import { workload, type WorkloadRow } from '../../../src/core/store/read/workload';
import { burnUp } from '../../../src/core/store/read/burnUp';
import { Bench, details, pullRequest, repository, sqlJs, user } from './fixtures';

const period: WorkPeriod = { staleBefore: '2026-05-25T00:00:00Z', mergedSince: '2026-05-02T00:00:00Z' };
const fresh = { updatedAt: '2026-05-30T00:00:00Z' };
const asks = details({ reviews: [{ id: 'R', databaseId: null, state: 'CHANGES_REQUESTED', submittedAt: '2026-05-01T00:00:00Z', author: user('grace'), body: null, commitOid: null }] });
const nothing = { ready: 0, changesRequested: 0, draft: 0, stale: 0, alsoStale: 0, reviewRequested: 0, merged: 0, reviewed: 0 };

describe('the parts of the work', () => {
	let bench: Bench;
	let store: SqlStore;

	beforeEach(async () => {
		bench = await Bench.make();
		store = await bench.open();
		await store.apply({
			repository: repository(),
			milestones: [{ id: 'M', number: 1, title: 'v1', state: 'OPEN', dueOn: null }],
			pullRequests: [
				pullRequest(1, { ...fresh, assignees: [user('ada')], milestoneId: 'M' }),
				pullRequest(2, { ...fresh, assignees: [user('ada')], isDraft: true, details: asks }),
				pullRequest(3, { ...fresh, assignees: [user('Ada'), user('bob')], details: asks }),
				pullRequest(4, { assignees: [user('ada')], isDraft: true, details: asks, milestoneId: 'M' }),
				pullRequest(5, { ...fresh, details: details({ reviewRequests: [user('ada'), { login: 'octo/team', kind: 'TEAM' }] }) }),
				pullRequest(6, { isDraft: true }),
				pullRequest(7, { ...fresh, state: 'MERGED', mergedAt: '2026-05-02T00:00:00Z', closedAt: '2026-05-02T00:00:00Z', assignees: [user('bob')], milestoneId: 'M' }),
				pullRequest(8, { ...fresh, state: 'MERGED', mergedAt: '2026-05-01T23:59:59Z', closedAt: '2026-05-01T23:59:59Z', assignees: [user('bob')] }),
				pullRequest(9, { ...fresh, state: 'MERGED', mergedAt: '2026-05-20T00:00:00Z', closedAt: '2026-05-20T00:00:00Z' }),
				pullRequest(10, { ...fresh, state: 'CLOSED', closedAt: '2026-05-20T00:00:00Z', assignees: [user('bob')], author: { login: 'robot', kind: 'BOT' } }),
			],
		});
		await store.apply({ repository: repository('octo/pier'), pullRequests: [pullRequest(1, { ...fresh, author: user('zoe'), assignees: [user('ADA')] })] });
	});
	afterEach(() => bench.dispose());

	const lower = (rows: WorkloadRow[]) => rows.map((row) => ({ ...row, login: row.login?.toLowerCase() ?? null }));
	const idOf = async (name: string) => (await store.read.repositories()).find((row) => row.nameWithOwner === name)!.id;

	it('counts each assigned pull request once, and those who have nothing', async () => {
		assert.deepEqual(lower(await store.read.workload({ ...period, repositoryId: await idOf('octo/harbor') })), [
			{ ...nothing, login: 'ada', ready: 1, changesRequested: 1, draft: 2, alsoStale: 1, reviewRequested: 1 },
			{ ...nothing, login: 'bob', changesRequested: 1, merged: 1 },
			{ ...nothing, login: 'grace' },
			{ ...nothing, login: null, ready: 1, draft: 1, alsoStale: 1, merged: 1 },
		]);
	});

	it('counts by author what each has opened, and what of theirs was merged', async () => {
		const rows = lower(await store.read.workload({ ...period, role: 'author', repositoryId: await idOf('octo/pier') }));
		assert.deepEqual(rows, [{ ...nothing, login: 'ada' }, { ...nothing, login: 'zoe', ready: 1 }]);
	});

	it('counts by reviewer who is asked, teams too, and the reviews of others that each did in the period', async () => {
		const review = (author: string, submittedAt: string, state: 'APPROVED' | 'PENDING' = 'APPROVED') => ({ id: `R${author}${submittedAt}`, databaseId: null, state, submittedAt, author: user(author), body: null, commitOid: null });
		const reviews = [review('eve', '2026-05-02T00:00:00Z'), review('eve', '2026-05-03T00:00:00Z'), review('eve', '2026-05-01T23:59:59Z'), review('zoe', '2026-05-03T00:00:00Z'), review('dan', '2026-05-03T00:00:00Z', 'PENDING')];
		await store.apply({ repository: repository('octo/pier'), pullRequests: [pullRequest(1, { ...fresh, isDraft: true, author: user('zoe'), details: details({ reviews, reviewRequests: [user('dan'), { login: 'octo/team', kind: 'TEAM' }, { login: 'robot', kind: 'BOT' }] }) })] });
		const rows = lower(await store.read.workload({ ...period, role: 'reviewer', repositoryId: await idOf('octo/pier') })).filter((row) => row.draft + row.reviewed > 0);
		assert.deepEqual(rows, [
			{ ...nothing, login: 'dan', draft: 1 },
			{ ...nothing, login: 'eve', reviewed: 2 },
			{ ...nothing, login: 'octo/team', draft: 1 },
		]);
		const all = await store.read.workload({ ...period, role: 'reviewer' });
		assert.ok(all.every(({ login, ready }) => login !== null || ready <= 3), 'what is not known counts for nobody');
	});

	it('takes a login of several repositories as one person', async () => {
		const rows = lower(await store.read.workload(period));
		assert.deepEqual(rows.map(({ login }) => login), ['ada', 'bob', 'grace', 'zoe', null]);
		assert.equal(rows[0]?.ready, 2);
	});

	it('finds by a selection exactly what it counted', async () => {
		for (const repositoryId of [undefined, await idOf('octo/harbor'), await idOf('octo/pier')]) {
			const base = repositoryId === undefined ? {} : { repositoryId };
			for (const role of WORK_ROLES) for (const row of await store.read.workload({ ...period, ...base, role })) {
				for (const part of partsOf(role)) {
					const work: WorkSelection = { login: row.login, role, part, ...period };
					const found = await store.read.pullRequests({ ...base, work }, { offset: 0, limit: 100 });
					assert.equal(found.length, row[part], `${role} ${String(row.login)} ${part}`);
					const groups = await store.read.groups('milestone', { ...base, work });
					assert.equal(groups.reduce((total, group) => total + group.count, 0), row[part]);
				}
			}
		}
	});

	it('counts only what is so, and finds the same', async () => {
		for (const attributes of [{ draft: true }, { draft: false, text: 'change' }, { author: 'ZOE' }, { labels: { match: 'none' as const, names: ['bug'] } }, { text: 'nothing like it' }]) {
			for (const repositoryId of [undefined, await idOf('octo/harbor')]) {
				const base = repositoryId === undefined ? {} : { repositoryId };
				for (const role of WORK_ROLES) {
				const rows = await store.read.workload({ ...period, ...base, role, attributes });
				assert.ok(rows.length >= 3, 'everybody is there');
				for (const row of rows) {
					for (const part of partsOf(role)) {
						const found = await store.read.pullRequests({ ...base, work: { login: row.login, role, part, ...period, attributes } }, { offset: 0, limit: 100 });
						assert.equal(found.length, row[part], `${role} ${String(row.login)} ${part} ${JSON.stringify(attributes)}`);
					}
				}
				}
			}
		}
		assert.equal((await store.read.workload({ ...period, attributes: { author: 'zoe' } })).reduce((sum, { ready }) => sum + ready, 0), 1);
	});

	it('finds those of one repository by its name', async () => {
		const find = async (nameWithOwner: string, part: WorkSelection['part']) =>
			(await store.read.pullRequests({ work: { login: 'ada', part, ...period, repository: { host: 'github.com', nameWithOwner } } }, { offset: 0, limit: 100 })).map(({ number }) => number);
		assert.deepEqual(await find('OCTO/pier', 'ready'), [1]);
		assert.deepEqual(await find('octo/pier', 'reviewRequested'), []);
		assert.deepEqual(await find('octo/harbor', 'reviewRequested'), [5]);
		assert.deepEqual(await find('octo/gone', 'ready'), []);
	});

	it('tells a milestone’s days', async () => {
		const repositoryId = await idOf('octo/harbor');
		assert.deepEqual(await store.read.burnUp({ repositoryId, nodeId: 'M' }), [
			{ day: '2026-01-01', opened: 3, closed: 0 },
			{ day: '2026-05-02', opened: 0, closed: 1 },
		]);
		assert.deepEqual(await store.read.burnUp({ repositoryId, nodeId: 'M_unknown' }), []);
	});
});

describe('the parts of the work of 100,000 pull requests', function () {
	it('are counted quickly', async () => {
		const connection = new Connection(await sqlJs());
		migrate(connection);
		connection.script(manyRows(100_000));
		const startedAt = performance.now();
		const rows = workload(connection, { ...period, repositoryId: 1 });
		const counted = performance.now();
		const days = burnUp(connection, { repositoryId: 1, nodeId: 'M' });
		const ended = performance.now();
		console.log(`      work parts ${Math.round(counted - startedAt)} ms, burn-up ${Math.round(ended - counted)} ms`);
		const open = rows.reduce((total, row) => total + row.ready + row.changesRequested + row.draft + row.stale, 0);
		assert.equal(open, 10_000);
		assert.equal(rows.length, 501);
		assert.equal(days.reduce((total, row) => total + row.opened, 0), 100_000);
		// Far above what it takes, so that a busy machine does not fail it: it only tells a missing index.
		assert.ok(ended - startedAt < 5_000);
		connection.close();
	});
});

/** A repository whose newest tenth is open; every tenth pull request is assigned to nobody. */
function manyRows(count: number): string {
	return `
		INSERT INTO repository VALUES (1, 'github.com', 'octo/large', 'R', NULL, NULL, NULL, NULL, '');
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
		INSERT INTO member SELECT 'github.com', 'user-' || i, 'USER', NULL, 0 FROM n;
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
		INSERT INTO pull_request SELECT 1, i, CASE WHEN i % 10 = 0 THEN 'OPEN' ELSE 'MERGED' END, i % 7 = 0,
			strftime('%Y-%m-%dT%H:%M:%SZ', '2020-01-01', (i / 50) || ' days'), strftime('%Y-%m-%dT%H:%M:%SZ', '2020-01-02', (i / 45) || ' days'),
			CASE WHEN i % 10 = 0 THEN NULL ELSE strftime('%Y-%m-%dT%H:%M:%SZ', '2020-01-02', (i / 45) || ' days') END,
			CASE WHEN i % 10 = 0 THEN NULL ELSE strftime('%Y-%m-%dT%H:%M:%SZ', '2020-01-02', (i / 45) || ' days') END,
			NULL, 'user-' || (1 + i % 500), 'Change ' || i, '[]', 'M', 1, 'v1', CASE WHEN i % 100 = 0 THEN '[]' ELSE json_array('user-' || (1 + i % 499)) END, '[]', '[]', 1, 1, 1, 1,
			i % 11 = 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'main', 'topic', '', '', 'PR_' || i, NULL, hex(zeroblob(500))
			FROM n;
		INSERT INTO pull_request_assignee SELECT 1, number, 'user-' || (1 + number % 499), 0, state, updated_at, is_draft, changes_requested
			FROM pull_request WHERE number % 100 <> 0;
		INSERT INTO repository_member SELECT 1, login FROM member;
		INSERT INTO review SELECT 1, number, 0, 'PRR', NULL, 'APPROVED', updated_at, 'user-' || (1 + number % 300), NULL, NULL FROM pull_request;
	`;
}
