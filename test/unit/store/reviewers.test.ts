import assert from 'node:assert/strict';
import { askedFilter } from '../../../src/cli/askedFilter';
import { MARKS } from '../../../src/cli/marks';
import { reviewersReport } from '../../../src/cli/reports/groupReports';
import { HIDDEN_TEAM, type Actor } from '../../../src/core/model/pullRequest';
import type { PullRequestFilter } from '../../../src/core/store/read/filter';
import { NOT_KNOWN } from '../../../src/core/store/read/groupings';
import type { Group } from '../../../src/core/store/read/groups';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import { Bench, details, pullRequest, repository, user } from './fixtures';

const team = (login: string): Actor => ({ login, kind: 'TEAM' });
const asks = (...reviewRequests: Actor[]) => ({ details: details({ reviewRequests }) });
const ALL = [
	pullRequest(1, asks(user('zoe'), team('octo/core'))),
	pullRequest(2, asks(user('core'))),
	// The login of a team without an organization, which no host has yet.
	pullRequest(3, asks(team('Core'))),
	pullRequest(4, asks(team(HIDDEN_TEAM), team(HIDDEN_TEAM), user('zoe'))),
	pullRequest(5, asks()),
	pullRequest(6),
	pullRequest(7, { ...asks(user('ada'), user('zoe')), partial: ['reviewRequests'] }),
	pullRequest(8, { ...asks(user('zoe')), state: 'MERGED' }),
];

describe('the groups of who is asked for a review', () => {
	let bench: Bench;
	let store: SqlStore;

	beforeEach(async () => {
		bench = await Bench.make();
		store = await bench.open();
		await store.apply({ repository: repository('octo/harbor'), pullRequests: ALL });
	});
	afterEach(() => bench.dispose());

	const brief = (groups: Group[]) => groups.map(({ key, title, count, isTeam = false }) => [key === NOT_KNOWN ? 'not known' : title, count, isTeam ? 'team' : key === null ? 'nobody' : '']);
	const numbers = async (filter: PullRequestFilter) => (await store.read.pullRequests(filter, { offset: 0, limit: 100 })).map(({ number }) => number);
	const OPEN: PullRequestFilter = { states: ['OPEN'] };

	it('are people, then teams, each apart, then nobody, then what was not read', async () => {
		const expected = [['ada', 1, ''], ['core', 1, ''], ['zoe', 3, ''], ['a team', 1, 'team'], ['Core', 1, 'team'], ['octo/core', 1, 'team'], ['', 1, 'nobody'], ['not known', 2, '']];
		assert.deepEqual(brief(await store.read.groups('reviewer', OPEN)), expected);
		assert.deepEqual(brief(await store.read.mergedGroups('reviewer', OPEN)), expected);
		assert.deepEqual(brief(await store.read.groups('reviewer', {})).find(([title]) => title === 'zoe'), ['zoe', 4, '']);
	});

	it('are reported with what is not known apart', async () => {
		const repositories = await store.read.repositories();
		const { rows, items } = await reviewersReport({ store, now: 0, repositories, filter: {}, merged: false, asked: askedFilter({}), staleDays: undefined, marks: MARKS });
		assert.deepEqual(rows.slice(-3), [['octo/core', '1', '1'], ['(nobody asked)', '1', '1'], ['(not known)', '2', '2']]);
		assert.deepEqual(items.slice(-3), [
			{ repository: 'octo/harbor', login: 'octo/core', kind: 'team', open: 1, total: 1 },
			{ repository: 'octo/harbor', login: null, kind: 'nobody', open: 1, total: 1 },
			{ repository: 'octo/harbor', login: null, kind: 'unknown', open: 2, total: 2 },
		]);
	});

	it('hold as many pull requests as they count, each once, in any order', async () => {
		await store.apply({ repository: repository('octo/pier'), pullRequests: ALL });
		for (const filter of [OPEN, {}, { states: ['MERGED' as const] }, { ...OPEN, text: 'change' }, { ...OPEN, author: 'ada' }]) {
			for (const by of ['updated', 'created', 'number'] as const) {
				const count = async (one: PullRequestFilter) => (await store.read.pullRequests(one, { offset: 0, limit: 100, order: { by, ascending: true } })).length;
				for (const { repositoryId, key, count: wanted } of await store.read.groups('reviewer', filter)) {
					assert.equal(await count({ ...filter, repositoryId, group: { by: 'reviewer', key } }), wanted, `${String(key)} ${JSON.stringify(filter)}`);
				}
				for (const { key, count: wanted } of await store.read.mergedGroups('reviewer', filter)) {
					assert.equal(await count({ ...filter, group: { by: 'reviewer', key, merged: true } }), wanted, `merged ${String(key)}`);
				}
			}
		}
	});

	it('do not take a team for a person of the same name', async () => {
		const of = async (title: string, isTeam: boolean) => {
			const group = (await store.read.groups('reviewer', OPEN)).find((one) => one.title === title && (one.isTeam ?? false) === isTeam);
			return await numbers({ ...OPEN, group: { by: 'reviewer', key: group?.key ?? null } });
		};
		assert.deepEqual([await of('core', false), await of('Core', true), await of(HIDDEN_TEAM, true)], [[2], [3], [4]]);
	});

	it('can be grouped again, and tell nobody from not known', async () => {
		assert.deepEqual(await numbers({ ...OPEN, group: { by: 'reviewer', key: null } }), [5]);
		assert.deepEqual(await numbers({ ...OPEN, group: { by: 'reviewer', key: NOT_KNOWN, merged: true } }), [7, 6]);
		assert.deepEqual(await store.read.countPullRequests({ group: { by: 'reviewer', key: NOT_KNOWN } }), { OPEN: 2, CLOSED: 0, MERGED: 0 });
		assert.deepEqual(brief(await store.read.groups('author', { group: { by: 'reviewer', key: NOT_KNOWN } })), [['ada', 2, '']]);
		assert.deepEqual(brief(await store.read.groups('reviewer', { ...OPEN, group: { by: 'author', key: 'ada' } })).at(-1), ['not known', 2, '']);
	});
});
