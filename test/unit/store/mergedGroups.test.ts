import assert from 'node:assert/strict';
import type { Milestone } from '../../../src/core/model/pullRequest';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import type { PullRequestFilter } from '../../../src/core/store/read/filter';
import type { Grouping } from '../../../src/core/store/read/groupings';
import type { MergedGroupRow } from '../../../src/core/store/read/mergedGroups';
import { Bench, details, NO_TIME, pullRequest, repository, user } from './fixtures';

const GROUPINGS: readonly Grouping[] = ['milestone', 'label', 'author', 'assignee', 'reviewer'];
/** Titles that could be taken for something else: SQL, wildcards, JSON, markup, keys of objects, or nothing at all. */
const STRANGE = ['', ' ', "O'Brien; DROP TABLE label", '100%', '_', '"quoted\\"', '$(zap) [x](command:y)', '__proto__', 'null', '=x#1', '🙅\u200d♂️', 'שלום', 'Ärger'];

let bench: Bench;
let store: SqlStore;

beforeEach(async () => {
	bench = await Bench.make();
	store = await bench.open();
});

afterEach(() => bench.dispose());

function milestone(id: string, title: string, changes: Partial<Milestone> = {}): Milestone {
	return { id, number: 1, title, state: 'OPEN', dueOn: null, ...changes };
}

/** Three repositories with a milestone of the same title each, and one that stands for itself. @returns their row ids, by name */
async function seedThree(): Promise<Record<'harbor' | 'pier' | 'quay' | 'other', number>> {
	await store.apply({
		repository: repository('octo/harbor'),
		labels: [{ id: 'L1', name: 'bug', color: 'ff0000' }, { id: 'L2', name: 'only here', color: '111111' }],
		milestones: [milestone('M1', '1.0', { dueOn: '2026-07-01T00:00:00Z' }), milestone('M2', 'Late', { number: 2, dueOn: '2026-05-01T00:00:00Z' })],
		pullRequests: [
			pullRequest(1, { milestoneId: 'M1', labelIds: ['L1', 'L2'], assignees: [user('Ada')] }),
			pullRequest(2, { milestoneId: 'M1', state: 'MERGED', closedAt: '2026-03-01T00:00:00Z', mergedAt: '2026-03-01T00:00:00Z' }),
			pullRequest(3, { milestoneId: 'M2', assignees: [user('bob')] }),
		],
	});
	await store.apply({
		repository: repository('octo/pier'),
		labels: [{ id: 'L1', name: 'Bug', color: '00ff00' }],
		milestones: [milestone('M1', '1.0', { dueOn: '2026-06-01T00:00:00Z' })],
		pullRequests: [pullRequest(1, { milestoneId: 'M1', labelIds: ['L1'], assignees: [user('ada')] }), pullRequest(2)],
	});
	await store.apply({
		repository: repository('octo/quay'),
		labels: [{ id: 'L1', name: 'BUG', color: '0000ff' }],
		milestones: [milestone('M1', '1.0', { state: 'CLOSED', dueOn: '2026-01-01T00:00:00Z' })],
		pullRequests: [pullRequest(1, { milestoneId: 'M1', state: 'CLOSED', closedAt: '2026-03-01T00:00:00Z' })],
	});
	await store.apply({
		repository: repository('octo/other'),
		labels: [{ id: 'L9', name: 'bug', color: '999999' }],
		milestones: [milestone('M9', '1.0')],
		pullRequests: [pullRequest(1, { milestoneId: 'M9', labelIds: ['L9'], assignees: [user('ada')], author: user('zoe'), details: details({ reviewRequests: [user('zoe')] }) })],
	});
	const ids = new Map((await store.read.repositories()).map((row) => [row.nameWithOwner.slice(5), row.id]));
	return { harbor: ids.get('harbor')!, pier: ids.get('pier')!, quay: ids.get('quay')!, other: ids.get('other')! };
}

async function members(filter: PullRequestFilter): Promise<number> {
	return (await store.read.pullRequests(filter, { offset: 0, limit: 1000 })).length;
}

const brief = (groups: MergedGroupRow[]) => groups.map(({ key, title, count }) => [key, title, count]);

describe('groups of several repositories', () => {
	it('are one where their titles are the same', async () => {
		const { harbor, pier, quay } = await seedThree();
		const repositoryIds = [harbor, pier, quay];
		assert.deepEqual(brief(await store.read.mergedGroups('milestone', { repositoryIds, states: ['OPEN'] })), [['late', 'Late', 1], ['1.0', '1.0', 2], [null, '', 1]]);
		assert.deepEqual(brief(await store.read.mergedGroups('assignee', { repositoryIds })), [['ada', 'Ada', 2], ['bob', 'bob', 1], [null, '', 3]]);
		assert.deepEqual(brief(await store.read.mergedGroups('label', { repositoryIds })), [['bug', 'bug', 2], ['only here', 'only here', 1], [null, '', 4]]);
	});

	it('are one in whatever case and script their titles are written', async () => {
		const spellings = [['Änderung', 'Straße', '1.0 ΟΔΟΣ'], ['änderung', 'STRASSE', '1.0 οδος'], ['A\u0308NDERUNG', 'straße', '1.0 Οδοσ']];
		for (const [at, titles] of spellings.entries()) {
			await store.apply({
				repository: repository(`octo/harbor-${at}`),
				labels: titles.map((name, index) => ({ id: `L${index}`, name, color: 'ffffff' })),
				milestones: titles.map((title, index) => milestone(`M${index}`, title, { number: index + 1 })),
				pullRequests: titles.map((_, index) => pullRequest(index + 1, { labelIds: [`L${index}`], milestoneId: `M${index}` })),
			});
		}
		for (const by of ['milestone', 'label'] as const) {
			const groups = await store.read.mergedGroups(by, {});
			assert.deepEqual(groups.map(({ count }) => count), [3, 3, 3], by);
			for (const { key } of groups) assert.equal(await members({ group: { by, key, merged: true } }), 3, `${by} ${String(key)}`);
		}
		for (const { key } of await store.read.mergedMilestones({})) {
			const days = await store.read.burnUp({ repositoryIds: (await store.read.repositories()).map(({ id }) => id), key });
			assert.equal(days.reduce((sum, { opened }) => sum + opened, 0), 3, key);
		}
	});

	it('have the spelling and colour of the first repository that is named', async () => {
		const { harbor, pier, quay } = await seedThree();
		const first = async (...repositoryIds: number[]) => {
			const [label] = await store.read.mergedGroups('label', { repositoryIds });
			return [label?.title, label?.color];
		};
		assert.deepEqual(await first(harbor, pier, quay), ['bug', 'ff0000']);
		assert.deepEqual(await first(pier, harbor), ['Bug', '00ff00']);
	});

	it('count all that is in a milestone, are open while one is, and due with the first of the open ones', async () => {
		const { harbor, pier, quay } = await seedThree();
		const [late, one] = await store.read.mergedMilestones({ repositoryIds: [harbor, pier, quay] });
		assert.equal(late?.title, 'Late');
		assert.deepEqual(one, { key: '1.0', title: '1.0', state: 'OPEN', dueOn: '2026-06-01T00:00:00Z', open: 2, closed: 2, unfinished: false, repositoryIds: [harbor, pier, quay] });
		const groups = await store.read.mergedGroups('milestone', { repositoryIds: [quay, harbor], states: ['OPEN'] });
		assert.deepEqual(groups.map(({ milestone: row }) => row && [row.open, row.closed, row.dueOn]), [[1, 0, '2026-05-01T00:00:00Z'], [1, 2, '2026-07-01T00:00:00Z']]);
		assert.deepEqual(
			(await store.read.mergedMilestones({ repositoryIds: [quay] })).map(({ state, dueOn }) => [state, dueOn]),
			[['CLOSED', '2026-01-01T00:00:00Z']],
		);
	});

	it('come in the order of the due dates, closed ones last', async () => {
		await store.apply({
			repository: repository('octo/harbor'),
			milestones: [
				milestone('M1', 'done', { state: 'CLOSED', dueOn: '2026-01-01T00:00:00Z' }),
				milestone('M2', 'someday'),
				milestone('M3', 'Autumn', { dueOn: '2026-09-01T00:00:00Z' }),
				milestone('M4', 'anyway'),
				milestone('M5', 'summer', { dueOn: '2026-06-01T00:00:00Z' }),
			],
			pullRequests: [],
		});
		assert.deepEqual((await store.read.mergedMilestones({})).map(({ title }) => title), ['summer', 'Autumn', 'anyway', 'someday', 'done']);
	});

	it('hold as many pull requests as they count, of the named repositories alone', async () => {
		const { harbor, pier, quay, other } = await seedThree();
		for (const repositoryIds of [[harbor, pier, quay], [pier], [other, harbor]]) {
			for (const states of [undefined, ['OPEN' as const], ['MERGED' as const, 'CLOSED' as const]]) {
				const filter: PullRequestFilter = { repositoryIds, ...(states && { states }) };
				for (const by of GROUPINGS) {
					const groups = await store.read.mergedGroups(by, filter);
					for (const { key, count } of groups) assert.equal(await members({ ...filter, group: { by, key, merged: true } }), count, `${by} ${String(key)}`);
					assert.ok(groups.length > 0 || states !== undefined);
				}
			}
		}
	});

	it('whatever they are called', async () => {
		for (const name of ['octo/harbor', 'octo/pier', 'octo/quay']) {
			await store.apply({
				repository: repository(name),
				labels: STRANGE.map((title, index) => ({ id: `L${index}`, name: title, color: 'ffffff' })),
				milestones: STRANGE.map((title, index) => milestone(`M${index}`, title, { number: index + 1 })),
				pullRequests: STRANGE.map((_, index) => pullRequest(index + 1, { labelIds: [`L${index}`], milestoneId: `M${index}` })),
			});
		}
		const repositoryIds = (await store.read.repositories()).map(({ id }) => id);
		for (const by of ['milestone', 'label'] as const) {
			const groups = await store.read.mergedGroups(by, { repositoryIds, states: ['OPEN'] });
			assert.deepEqual(new Set(groups.map(({ title }) => title)), new Set(STRANGE));
			assert.equal(groups.length, STRANGE.length);
			for (const { key, count } of groups) {
				assert.equal(count, 3, String(key));
				assert.equal(await members({ repositoryIds, group: { by, key, merged: true } }), 3, String(key));
			}
		}
		assert.deepEqual(await store.read.burnUp({ repositoryIds, key: '100%' }), [{ day: '2026-01-01', opened: 3, closed: 0 }]);
	});

	it('can be grouped again inside a group', async () => {
		const { harbor, pier, quay } = await seedThree();
		const inside = { repositoryIds: [harbor, pier, quay], states: ['OPEN' as const], group: { by: 'milestone' as const, key: '1.0', merged: true } };
		assert.deepEqual(brief(await store.read.mergedGroups('label', inside)), [['bug', 'bug', 2], ['only here', 'only here', 1]]);
	});

	it('are none in no repository', async () => {
		await seedThree();
		for (const by of GROUPINGS) assert.deepEqual(await store.read.mergedGroups(by, { repositoryIds: [] }), []);
		assert.deepEqual(await store.read.mergedMilestones({ repositoryIds: [] }), []);
		assert.equal(await members({ repositoryIds: [] }), 0);
		assert.deepEqual([await store.read.workload({ ...NO_TIME, repositoryIds: [] }), await store.read.groups('author', { repositoryIds: [] })], [[], []]);
	});

	it('add up over time', async () => {
		const { harbor, pier, quay, other } = await seedThree();
		const days = (repositoryIds: number[]) => store.read.burnUp({ repositoryIds, key: '1.0' });
		assert.deepEqual(await days([harbor, pier, quay]), [{ day: '2026-01-01', opened: 4, closed: 0 }, { day: '2026-03-01', opened: 0, closed: 2 }]);
		assert.deepEqual(await days([other]), [{ day: '2026-01-01', opened: 1, closed: 0 }]);
		assert.deepEqual(await days([]), []);
	});
});

describe('people of several repositories', () => {
	it('are counted there alone', async () => {
		const { harbor, pier, other } = await seedThree();
		const open = async (repositoryIds: number[]) => (await store.read.workload({ ...NO_TIME, repositoryIds })).map(({ login, ready }) => [login?.toLowerCase() ?? null, ready]);
		assert.deepEqual(await open([harbor, pier]), [['ada', 2], ['bob', 1], [null, 1]]);
		assert.deepEqual(await open([other]), [['ada', 1], ['zoe', 0]]);
		assert.deepEqual((await store.read.mergedGroups('author', { repositoryIds: [harbor, pier] })).map(({ key }) => key), ['ada']);
		const period = { staleBefore: '2026-01-01T00:00:00Z', mergedSince: '2026-01-01T00:00:00Z' };
		const parts = async (scope: { repositoryIds: number[]; repositoryId?: number }) =>
			(await store.read.workload({ ...period, ...scope })).map(({ login, ready }) => [login?.toLowerCase() ?? null, ready]);
		assert.deepEqual(await parts({ repositoryIds: [harbor, pier] }), [['ada', 2], ['bob', 1], [null, 1]]);
		assert.deepEqual(await parts({ repositoryIds: [harbor, other] }), [['ada', 2], ['bob', 1], ['zoe', 0], [null, 0]]);
		assert.deepEqual(await parts({ repositoryIds: [harbor, pier], repositoryId: pier }), [['ada', 1], [null, 1]]);
	});

	it('are not those of a repository that is not among them', async () => {
		const { harbor, other } = await seedThree();
		assert.equal(await members({ repositoryIds: [harbor], repositoryId: other }), 0);
		assert.equal(await members({ repositoryIds: [harbor], repositoryId: harbor }), 3);
	});
});
