import assert from 'node:assert/strict';
import type { Check } from '../../../src/core/model/pullRequest';
import { latestChecks, outcomeOf } from '../../../src/core/store/read/checksRollup';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import type { PullRequestFilter } from '../../../src/core/store/read/filter';
import type { PullRequestOrder } from '../../../src/core/store/read/pullRequestRow';
import { Bench, details, fullDetails, pullRequest, repository, user } from './fixtures';

let bench: Bench;
let store: SqlStore;

beforeEach(async () => {
	bench = await Bench.make();
	store = await bench.open();
});

afterEach(() => bench.dispose());

const LABELS = [
	{ id: 'L_bug', name: 'bug', color: 'ff0000' },
	{ id: 'L_ui', name: 'UI', color: '00ff00' },
];
const ALL = [
	pullRequest(1, { labelIds: ['L_bug', 'L_ui'], title: '100% of "harbor"', createdAt: '2026-01-09T00:00:00Z', assignees: [user('zoe')] }),
	pullRequest(2, { labelIds: ['L_bug'], title: 'Harbor_lights', author: user('Zoe'), isDraft: true, createdAt: '2026-01-02T00:00:00Z' }),
	pullRequest(3, { labelIds: ['L_ui'], title: 'harborXlights', author: null, state: 'MERGED', createdAt: '2026-01-08T00:00:00Z' }),
	pullRequest(4, { title: 'Pier \\ 100', author: user('zoe'), assignees: [user('zoe')], createdAt: '2026-01-04T00:00:00Z' }),
];

async function seed(pullRequests = ALL): Promise<void> {
	await store.apply({ repository: repository(), labels: LABELS, milestones: [], pullRequests });
}

async function numbers(filter: PullRequestFilter, order?: PullRequestOrder): Promise<number[]> {
	const rows = await store.read.pullRequests(filter, { offset: 0, limit: 100, ...(order && { order }) });
	return rows.map((row) => row.number);
}

describe('SqlStore, filters', () => {
	beforeEach(() => seed());

	it('by labels: any, all or none of them, whatever the case', async () => {
		const by = (match: 'any' | 'all' | 'none', ...names: string[]) => numbers({ labels: { match, names } });
		assert.deepEqual(await by('any', 'BUG', 'ui'), [3, 2, 1]);
		assert.deepEqual(await by('all', 'bug', 'UI'), [1]);
		assert.deepEqual(await by('none', 'bug', 'UI'), [4]);
		assert.deepEqual(await by('none', 'bug'), [4, 3]);
		assert.deepEqual(await by('any', 'nobody knows'), []);
		assert.deepEqual(await by('none', 'nobody knows'), [4, 3, 2, 1]);
		for (const match of ['any', 'all', 'none'] as const) assert.deepEqual(await by(match), [4, 3, 2, 1]);
	});

	it('by author and draft', async () => {
		assert.deepEqual(await numbers({ author: 'ZOE' }), [4, 2]);
		assert.deepEqual(await numbers({ author: 'zoe', draft: false }), [4]);
		assert.deepEqual(await numbers({ draft: true }), [2]);
		assert.deepEqual((await store.read.groups('author', {})).map(({ title, count }) => [title.toLowerCase(), count]), [['ada', 1], ['zoe', 2], ['', 1]]);
	});

	it('by assignee and milestone, and by neither', async () => {
		const milestones = [
			{ id: 'M1', number: 1, title: 'Spring', state: 'OPEN' as const, dueOn: null },
			{ id: 'M2', number: 2, title: 'spring', state: 'CLOSED' as const, dueOn: null },
		];
		await store.apply({ repository: repository(), milestones, pullRequests: [pullRequest(5, { milestoneId: 'M1' }), pullRequest(6, { milestoneId: 'M2', assignees: [user('zoe')] })] });
		assert.deepEqual(await numbers({ assignee: 'ZOE' }), [6, 4, 1]);
		assert.deepEqual(await numbers({ assignee: null }), [5, 3, 2]);
		assert.deepEqual(await numbers({ milestone: 'SPRING' }), [6, 5]);
		assert.deepEqual(await numbers({ milestone: null, assignee: 'zoe' }), [4, 1]);
		assert.deepEqual(await numbers({ milestone: 'spring', assignee: 'zoe', states: ['OPEN'] }), [6]);
		assert.deepEqual(await numbers({ milestone: "' OR 1 --" }), []);
	});

	it('are counted by state, with and without a group', async () => {
		assert.deepEqual(await store.read.countPullRequests({}), { OPEN: 3, CLOSED: 0, MERGED: 1 });
		assert.deepEqual(await store.read.countPullRequests({ labels: { match: 'any', names: ['ui'] } }), { OPEN: 1, CLOSED: 0, MERGED: 1 });
		assert.deepEqual(await store.read.countPullRequests({ states: ['OPEN'], group: { by: 'label', key: 'L_bug' } }), { OPEN: 2, CLOSED: 0, MERGED: 0 });
		assert.deepEqual(await store.read.countPullRequests({ group: { by: 'assignee', key: null } }), { OPEN: 1, CLOSED: 0, MERGED: 1 });
		assert.deepEqual(await store.read.countPullRequests({ states: [] }), { OPEN: 0, CLOSED: 0, MERGED: 0 });
	});

	it('by text in the title, in which nothing is a wildcard or SQL', async () => {
		assert.deepEqual(await numbers({ text: ' HARBOR ' }), [3, 2, 1]);
		assert.deepEqual(await numbers({ text: 'harbor_' }), [2]);
		assert.deepEqual(await numbers({ text: '100%' }), [1]);
		assert.deepEqual(await numbers({ text: '\\' }), [4]);
		assert.deepEqual(await numbers({ text: `"harbor"` }), [1]);
		assert.deepEqual(await numbers({ text: `' OR 1=1 --` }), []);
		assert.deepEqual(await numbers({ text: '  ' }), [4, 3, 2, 1]);
	});

	it('by text in the title, in whatever case and script', async () => {
		const titles = ['Änderung der Straße', 'A\u0308NDERUNG 50%', 'ΟΔΟΣ', 'Миграция_схемы', 'İzmir', '300 \u212A'];
		await store.apply({ repository: repository(), pullRequests: titles.map((title, i) => pullRequest(11 + i, { title })) });
		assert.deepEqual(await numbers({ text: 'änderung' }), [12, 11]);
		assert.deepEqual(await numbers({ text: 'ÄNDERUNG' }), [12, 11]);
		assert.deepEqual(await numbers({ text: 'a\u0308nderung 50%' }), [12]);
		assert.deepEqual(await numbers({ text: 'anderung' }), []);
		assert.deepEqual(await numbers({ text: 'STRASSE' }), [11]);
		assert.deepEqual(await numbers({ text: 'straß' }), [11]);
		assert.deepEqual(await numbers({ text: 'οδος' }), [13]);
		assert.deepEqual(await numbers({ text: 'οδοσ' }), [13]);
		assert.deepEqual(await numbers({ text: 'миграция_' }), [14]);
		assert.deepEqual(await numbers({ text: 'миграция%' }), []);
		assert.deepEqual(await numbers({ text: 'k' }), [16]);
		assert.deepEqual(await store.read.countPullRequests({ text: 'änderung', states: ['OPEN'] }), { OPEN: 2, CLOSED: 0, MERGED: 0 });
		await store.save();
		assert.deepEqual(await numbers({ text: 'änderung' }), [12, 11], 'after it was saved too');
	});

	it('by labels and milestone in whatever case and script', async () => {
		const labels = [{ id: 'L1', name: 'Änderung', color: 'ff0000' }, { id: 'L2', name: 'STRASSE \u212A', color: '00ff00' }];
		const milestones = [{ id: 'M1', number: 1, title: 'Frühling', state: 'OPEN' as const, dueOn: null }];
		await store.apply({ repository: repository(), labels, milestones, pullRequests: [pullRequest(11, { labelIds: ['L1'], milestoneId: 'M1' }), pullRequest(12, { labelIds: ['L1', 'L2'] })] });
		for (const name of ['änderung', 'ÄNDERUNG', 'A\u0308nderung']) assert.deepEqual(await numbers({ labels: { match: 'any', names: [name] } }), [12, 11], name);
		assert.deepEqual(await numbers({ labels: { match: 'all', names: ['änderung', 'straße k'] } }), [12]);
		assert.deepEqual(await numbers({ labels: { match: 'none', names: ['straße k'] } }), [11, 4, 3, 2, 1]);
		assert.deepEqual(await numbers({ milestone: 'FRÜHLING' }), [11]);
	});

	it('count as many in each group as they find', async () => {
		const filters: PullRequestFilter[] = [
			{ labels: { match: 'none', names: ['ui'] } },
			{ labels: { match: 'all', names: ['bug', 'ui'] }, states: ['OPEN'] },
			{ author: 'zoe' },
			{ text: 'harbor', draft: false, states: ['OPEN', 'MERGED'] },
			{ bots: false, reviewState: 'none' },
			{ checks: 'unknown', states: ['OPEN'] },
		];
		for (const filter of filters) {
			for (const by of ['label', 'author', 'assignee', 'milestone', 'reviewer'] as const) {
				for (const { repositoryId, key, count } of await store.read.groups(by, filter)) {
					const found = await numbers({ ...filter, repositoryId, group: { by, key } });
					assert.equal(found.length, count, JSON.stringify({ filter, by, key }));
				}
			}
		}
	});
});

describe('SqlStore, orders', () => {
	it('by update, creation or number, either way, in a group too', async () => {
		await seed();
		assert.deepEqual(await numbers({}, { by: 'updated', ascending: true }), [1, 2, 3, 4]);
		assert.deepEqual(await numbers({}, { by: 'created', ascending: false }), [1, 3, 4, 2]);
		assert.deepEqual(await numbers({}, { by: 'created', ascending: true }), [2, 4, 3, 1]);
		assert.deepEqual(await numbers({}, { by: 'number', ascending: false }), [4, 3, 2, 1]);
		const assigned = { group: { by: 'assignee', key: 'zoe' } } as const;
		assert.deepEqual(await numbers(assigned, { by: 'created', ascending: false }), [1, 4]);
		const [first] = await store.read.pullRequests({}, { offset: 1, limit: 1, order: { by: 'created', ascending: true } });
		assert.equal(first?.number, 4);
	});
});

describe('SqlStore, checks', () => {
	const run = (name: string, id: number, conclusion: string | null): Check => ({
		id: `CR_${id}`,
		databaseId: String(id),
		kind: 'CHECK_RUN',
		name,
		status: conclusion === null ? 'IN_PROGRESS' : 'COMPLETED',
		conclusion,
		startedAt: null,
		completedAt: null,
		url: null,
		app: null,
		workflow: null,
		event: null,
	});
	const cases: [string, Check[], string][] = [
		['none', [], 'none'],
		['all well', [run('a', 1, 'SUCCESS'), run('b', 2, 'SKIPPED'), run('c', 3, 'NEUTRAL')], 'success'],
		['one under way', [run('a', 1, 'SUCCESS'), run('b', 2, null)], 'pending'],
		['one failed while another runs', [run('a', 1, 'TIMED_OUT'), run('b', 2, null)], 'failure'],
		['a failure that ran again', [run('a', 9, 'FAILURE'), run('a', 10, 'SUCCESS')], 'success'],
		['told in the other order', [run('a', 10, 'FAILURE'), run('a', 9, 'SUCCESS')], 'failure'],
		['a conclusion nobody knows', [run('a', 1, 'STALE')], 'pending'],
	];

	it('come to one state, the latest run of each counting', async () => {
		await seed(cases.map(([, checks], index) => pullRequest(index + 1, { details: details({ checks }) })));
		const rows = await store.read.pullRequests({}, { offset: 0, limit: 100, order: { by: 'number', ascending: true } });
		assert.deepEqual(rows.map(({ checksState }) => checksState), cases.map(([, , state]) => state));
	});

	it('are unknown, not none, where they were not read or only the listing is stored', async () => {
		await seed([
			pullRequest(1, { details: details({ checksState: null }), partial: ['checks'] }),
			pullRequest(2, { details: details({ checksState: null }) }),
			pullRequest(3),
		]);
		const rows = await store.read.pullRequests({}, { offset: 0, limit: 100 });
		assert.deepEqual(rows.map(({ checksState }) => checksState), ['unknown', 'unknown', 'unknown']);
	});

	it('come to the same in a pull request’s details', () => {
		for (const [title, checks, state] of cases.slice(1)) {
			const outcomes = latestChecks(checks).map(outcomeOf);
			const worst = outcomes.includes('failure') ? 'failure' : outcomes.includes('pending') ? 'pending' : 'success';
			assert.equal(worst, state, title);
		}
	});
});

describe('SqlStore, one pull request', () => {
	it('comes with all its lists', async () => {
		const full = fullDetails();
		await seed([pullRequest(7, { labelIds: ['L_bug'], body: 'Text', details: full, headOid: 'c'.repeat(40) })]);
		const [row] = await store.read.pullRequests({}, { offset: 0, limit: 1 });
		const found = await store.read.pullRequestDetail({ repositoryId: row!.repositoryId, number: 7 });
		assert.ok(found);
		assert.deepEqual([found.nameWithOwner, found.body, found.size], ['octo/harbor', 'Text', { additions: 10, deletions: 2, changedFiles: 1 }]);
		assert.deepEqual(found.reviewRequests, ['grace', 'octo/reviewers', 'Bob']);
		assert.deepEqual(found.reviews.map(({ state, authorLogin }) => [state, authorLogin]), [['CHANGES_REQUESTED', 'grace'], ['PENDING', null]]);
		assert.deepEqual(found.commits.map(({ message }) => message), ['Second first\n\nbody', 'Then this']);
		assert.deepEqual(found.files.map(({ path }) => path), ['src/ünïcode "quoted".ts']);
		assert.deepEqual(found.checks.map(({ databaseId }) => databaseId), ['9007199254740993', '9007199254740994', null]);
		assert.deepEqual(found.linkedIssues, full.linkedIssues);
		assert.deepEqual(found.labels, ['bug']);
	});

	it('is told apart from one of which only the listing is known, and from none', async () => {
		await seed();
		const [row] = await store.read.pullRequests({}, { offset: 0, limit: 1 });
		assert.equal((await store.read.pullRequestDetail(row!))?.size, null);
		assert.equal(await store.read.pullRequestDetail({ repositoryId: row!.repositoryId, number: 99 }), undefined);
	});
});
