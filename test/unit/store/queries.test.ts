import assert from 'node:assert/strict';
import type { Actor, PullRequest, Review } from '../../../src/core/model/pullRequest';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import type { PullRequestFilter } from '../../../src/core/store/read/filter';
import type { Grouping } from '../../../src/core/store/read/groupings';
import { Bench, details, NO_TIME, pullRequest, repository, user } from './fixtures';

describe('queries of the store', () => {
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
		{ id: 'L_unused', name: 'unused', color: '0000ff' },
	];
	const MILESTONES = [
		{ id: 'M_none', number: 1, title: 'Someday', state: 'OPEN' as const, dueOn: null },
		{ id: 'M_late', number: 2, title: 'Same', state: 'OPEN' as const, dueOn: '2026-05-01T00:00:00Z' },
		{ id: 'M_next', number: 3, title: 'Same', state: 'OPEN' as const, dueOn: '2026-07-01T00:00:00Z' },
		{ id: 'M_done', number: 4, title: 'Done', state: 'CLOSED' as const, dueOn: '2026-01-01T00:00:00Z' },
		{ id: 'M_later', number: 5, title: 'Later', state: 'OPEN' as const, dueOn: '2026-01-02T00:00:00Z' },
	];

	async function seed(...pullRequests: PullRequest[]): Promise<number> {
		await store.apply({ repository: repository(), labels: LABELS, milestones: MILESTONES, pullRequests });
		return (await store.read.repositories())[0]!.id;
	}

	async function counts(by: Grouping, filter: PullRequestFilter): Promise<[string, number][]> {
		return (await store.read.groups(by, filter)).map((group) => [group.key === null ? '–' : group.title, group.count]);
	}

	async function numbers(filter: PullRequestFilter, offset = 0, limit = 100): Promise<number[]> {
		return (await store.read.pullRequests(filter, { offset, limit })).map((row) => row.number);
	}

	describe('SqlStore, groups and their pull requests', () => {
		const all: PullRequest[] = [
			pullRequest(1, { details: details(), labelIds: ['L_bug', 'L_ui'], milestoneId: 'M_late', assignees: [user('Zoe'), user('ada')] }),
			pullRequest(2, { details: details(), labelIds: ['L_bug'], milestoneId: 'M_next', state: 'MERGED', assignees: [user('zoe')] }),
			pullRequest(3, { details: details(), state: 'CLOSED', milestoneId: 'M_done' }),
			pullRequest(4, { details: details(), labelIds: ['L_new'], milestoneId: 'M_new', isDraft: true, partial: ['reviews'] }),
		];

		it('count by label, in the order of names, those without one last', async () => {
			const repositoryId = await seed(...all);
			assert.deepEqual(await counts('label', { repositoryId }), [['bug', 2], ['UI', 1], ['–', 2]]);
			assert.deepEqual(await counts('label', { repositoryId, states: ['OPEN'] }), [['bug', 1], ['UI', 1], ['–', 1]]);
			assert.deepEqual(await counts('label', { states: ['CLOSED', 'MERGED'] }), [['bug', 1], ['–', 1]]);
			assert.deepEqual(await counts('label', { states: [] }), []);
			assert.deepEqual((await store.read.groups('label', {}))[0], { repositoryId, key: 'L_bug', title: 'bug', color: 'ff0000', count: 2 });
		});

		it('count by assignee, whatever the case', async () => {
			await seed(...all);
			assert.deepEqual(
				(await counts('assignee', {})).map(([title, count]) => [title.toLowerCase(), count]),
				[['ada', 1], ['zoe', 2], ['–', 2]],
			);
			assert.deepEqual(await numbers({ group: { by: 'assignee', key: 'ZOE' } }), [2, 1]);
		});

		it('count by milestone, with its progress, two of one title apart', async () => {
			const repositoryId = await seed(...all);
			const found = await store.read.groups('milestone', { states: ['OPEN', 'MERGED'] });
			assert.deepEqual(
				found.map((group) => [group.key, group.title, group.count]),
				[['M_late', 'Same', 1], ['M_next', 'Same', 1], [null, '', 1]],
			);
			assert.deepEqual(found[1]?.milestone, { repositoryId, nodeId: 'M_next', number: 3, title: 'Same', state: 'OPEN', dueOn: '2026-07-01T00:00:00Z', open: 0, closed: 1, unfinished: false });
			assert.deepEqual(await counts('milestone', {}), [['Same', 1], ['Same', 1], ['Done', 1], ['–', 1]]);
		});

		it('hold as many pull requests as they count', async () => {
			const repositoryId = await seed(...all);
			await store.apply({ repository: repository('octo/other'), labels: LABELS, milestones: MILESTONES, pullRequests: all });
			for (const by of ['label', 'author', 'assignee', 'milestone', 'reviewer'] as const) {
				for (const states of [undefined, ['OPEN'], ['CLOSED', 'MERGED']] as const) {
					for (const scope of [{}, { repositoryId }]) {
						const filter: PullRequestFilter = { ...scope, ...(states && { states: [...states] }) };
						for (const group of await store.read.groups(by, filter)) {
							const members = await numbers({ ...filter, repositoryId: group.repositoryId, group: { by, key: group.key } });
							assert.equal(members.length, group.count, JSON.stringify(group));
						}
					}
				}
			}
		});

		it('can be grouped again inside a group', async () => {
			await seed(...all);
			assert.deepEqual(await counts('label', { group: { by: 'assignee', key: 'zoe' } }), [['bug', 2], ['UI', 1]]);
			assert.deepEqual(await counts('assignee', { group: { by: 'label', key: null } }), [['–', 2]]);
			assert.deepEqual(await counts('milestone', { group: { by: 'label', key: 'L_bug' }, states: ['MERGED'] }), [['Same', 1]]);
		});

		it('come in pages, newest update first', async () => {
			const repositoryId = await seed(...Array.from({ length: 25 }, (_, index) => pullRequest(index + 1, { labelIds: ['L_bug'], updatedAt: '2026-03-01T00:00:00Z' })), pullRequest(99));
			assert.deepEqual(await numbers({ repositoryId }, 0, 3), [25, 24, 23]);
			assert.deepEqual(await numbers({ group: { by: 'label', key: 'L_bug' } }, 20, 10), [5, 4, 3, 2, 1]);
			assert.deepEqual(await numbers({ repositoryId: repositoryId + 1 }), []);
			assert.deepEqual(await numbers({}, 26, 10), []);
		});

		it('show a row whole', async () => {
			const repositoryId = await seed(...all);
			assert.deepEqual(await store.read.pullRequests({ states: ['OPEN'] }, { offset: 0, limit: 2 }), [
				{
					repositoryId,
					number: 4,
					title: 'Change 4',
					state: 'OPEN',
					isDraft: true,
					authorLogin: 'ada',
					createdAt: '2026-01-01T00:00:00Z',
					updatedAt: '2026-02-01T00:04:00Z',
					url: 'https://github.com/octo/harbor/pull/4',
					labels: [],
					milestoneTitle: null,
					assignees: [],
					partial: ['reviews'],
					checksState: 'none',
				},
				{
					repositoryId,
					number: 1,
					title: 'Change 1',
					state: 'OPEN',
					isDraft: false,
					authorLogin: 'ada',
					createdAt: '2026-01-01T00:00:00Z',
					updatedAt: '2026-02-01T00:01:00Z',
					url: 'https://github.com/octo/harbor/pull/1',
					labels: ['bug', 'UI'],
					milestoneTitle: 'Same',
					assignees: ['Zoe', 'ada'],
					partial: [],
					checksState: 'none',
				},
			]);
		});

		it('follow a pull request whose state changes', async () => {
			await seed(...all);
			await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { state: 'MERGED', labelIds: ['L_ui'], assignees: [user('ada')], updatedAt: '2026-04-01T00:00:00Z' })] });
			assert.deepEqual(await counts('label', { states: ['OPEN'] }), [['–', 1]]);
			assert.deepEqual(await counts('label', { states: ['MERGED'] }), [['bug', 1], ['UI', 1]]);
			assert.deepEqual(await numbers({ states: ['MERGED'] }), [1, 2]);
		});

		it('are told with the repositories they are of', async () => {
			await seed(...all);
			const [row] = await store.read.repositories();
			assert.deepEqual([row?.pullRequests, row?.open, row?.partial], [4, 2, 1]);
		});
	});

	describe('SqlStore, progress and workload', () => {
		const review = (id: number, state: Review['state'], author: Actor | null, day: number): Review => ({
			id: `PRR_${id}`,
			databaseId: String(id),
			state,
			submittedAt: state === 'PENDING' ? null : `2026-02-${String(day).padStart(2, '0')}T00:00:00Z`,
			author,
			body: null,
			commitOid: null,
		});

		it('puts overdue milestones first, then by due date, then those without, then closed ones', async () => {
			await seed(pullRequest(1, { milestoneId: 'M_late' }), pullRequest(2, { milestoneId: 'M_late', state: 'MERGED' }), pullRequest(3, { milestoneId: 'M_late', state: 'CLOSED' }));
			const found = await store.read.milestones({});
			assert.deepEqual(
				found.map((row) => [row.nodeId, row.open, row.closed]),
				[['M_later', 0, 0], ['M_late', 1, 2], ['M_next', 0, 0], ['M_none', 0, 0], ['M_done', 0, 0]],
			);
		});

		const nothing = { ready: 0, changesRequested: 0, draft: 0, stale: 0, alsoStale: 0, reviewRequested: 0, merged: 0, reviewed: 0 };

		it('says who carries what', async () => {
			const ada = [user('ada')];
			const repositoryId = await seed(
				pullRequest(1, { assignees: ada, details: details({ reviews: [review(1, 'CHANGES_REQUESTED', user('rev'), 1)] }) }),
				// Asked for, then approved by the same reviewer; a comment or a pending review decides nothing.
				pullRequest(2, { assignees: ada, isDraft: true, details: details({ reviews: [review(2, 'CHANGES_REQUESTED', user('rev'), 1), review(3, 'APPROVED', user('REV'), 2), review(4, 'PENDING', user('rev'), 0)] }) }),
				// Approved by one, still asked for by another, who commented since.
				pullRequest(3, { assignees: [...ada, user('zoe')], details: details({ reviews: [review(5, 'CHANGES_REQUESTED', null, 1), review(6, 'APPROVED', user('rev'), 2), review(7, 'COMMENTED', null, 3)] }) }),
				pullRequest(4, { assignees: ada, details: details({ reviews: [review(8, 'APPROVED', user('rev'), 1), review(9, 'DISMISSED', user('rev'), 2)] }) }),
				pullRequest(5, { assignees: ada, state: 'MERGED', details: details({ reviewRequests: [user('rev')], reviews: [review(10, 'CHANGES_REQUESTED', user('rev'), 1)] }) }),
				pullRequest(6, { details: details({ reviewRequests: [user('rev'), user('ADA'), { login: 'octo/team', kind: 'TEAM' }, { login: 'robot', kind: 'BOT' }], reviews: [review(11, 'CHANGES_REQUESTED', user('rev'), 1)] }) }),
				pullRequest(7, { isDraft: true }),
				// By two accounts that are deleted, or by one: nobody knows.
				pullRequest(8, { assignees: ada, details: details({ reviews: [review(12, 'CHANGES_REQUESTED', null, 1), review(13, 'APPROVED', null, 2)] }) }),
			);
			const expected = [
				{ ...nothing, login: 'ada', ready: 1, draft: 1, reviewRequested: 1, changesRequested: 3 },
				{ ...nothing, login: 'rev', reviewRequested: 1 },
				{ ...nothing, login: 'zoe', changesRequested: 1 },
				{ ...nothing, login: null, changesRequested: 1, draft: 1 },
			];
			const lower = async (id?: number) =>
				(await store.read.workload({ ...NO_TIME, ...(id === undefined ? {} : { repositoryId: id }) })).map((row) => ({ ...row, login: row.login?.toLowerCase() ?? null }));
			assert.deepEqual(await lower(), expected);
			assert.deepEqual(await lower(repositoryId), expected);
			assert.deepEqual(await lower(repositoryId + 1), []);
		});

		it('follows what a listing says of a pull request whose details are stored', async () => {
			const shown = pullRequest(1, {
				assignees: [user('ada')],
				details: details({ reviewRequests: [user('zoe')], reviews: [review(1, 'CHANGES_REQUESTED', user('rev'), 1)] }),
			});
			await seed(shown);
			await store.apply({ repository: repository(), pullRequests: [{ ...shown, assignees: [user('bob')], isDraft: true, details: null }] });
			assert.deepEqual(await store.read.workload(NO_TIME), [
				{ ...nothing, login: 'ada' },
				{ ...nothing, login: 'bob', draft: 1 },
				{ ...nothing, login: 'rev' },
				{ ...nothing, login: 'zoe', reviewRequested: 1 },
			]);
			await store.apply({ repository: repository(), pullRequests: [{ ...shown, state: 'CLOSED', details: null }] });
			assert.deepEqual((await store.read.workload(NO_TIME)).map((row) => [row.changesRequested, row.draft, row.reviewRequested]).flat().filter(Boolean), []);
			await store.apply({ repository: repository(), pullRequests: [{ ...shown, details: null }] });
			assert.deepEqual((await store.read.workload(NO_TIME)).filter((row) => row.reviewRequested + row.changesRequested > 0).map((row) => [row.login, row.reviewRequested, row.changesRequested]), [['ada', 0, 1], ['zoe', 1, 0]]);
		});

		it('counts two requests of one second by their order', async () => {
			await seed(pullRequest(1, { assignees: [user('ada')], details: details({ reviews: [review(1, 'APPROVED', user('rev'), 1), review(2, 'CHANGES_REQUESTED', user('rev'), 1)] }) }));
			assert.equal((await store.read.workload(NO_TIME))[0]?.changesRequested, 1);
		});
	});

	describe('SqlStore, what moved since somebody looked', () => {
		const at = (second: number) => `2026-02-01T00:00:${String(second).padStart(2, '0')}Z`;
		const updated = (...seconds: number[]) => seconds.map((second, i) => pullRequest(i + 1, { updatedAt: at(second) }));

		it('counts repository by repository what is later than what was seen of it', async () => {
			await store.apply({ repository: repository('octo/harbor', 'R1'), pullRequests: updated(10, 20, 30) });
			// Its updates are older than what was seen of the other, and came later.
			await store.apply({ repository: repository('octo/pier', 'R2'), pullRequests: updated(5, 6) });
			await store.apply({ repository: repository('octo/empty', 'R3') });
			const seen = { repositories: [{ host: 'github.com', nodeId: 'R1', until: at(20) }, { host: 'github.com', nodeId: 'R2', until: at(5) }], otherwise: at(59) };
			const found = await store.read.updates(seen);
			assert.deepEqual(
				found.map(({ nodeId, newest, unseen }) => [nodeId, newest, unseen]).sort(),
				[['R1', at(30), 1], ['R2', at(6), 1], ['R3', null, 0]],
			);
		});

		it('counts in a repository that nobody has seen yet what came after the last look', async () => {
			await store.apply({ repository: repository(), pullRequests: updated(10, 20, 30) });
			const [found] = await store.read.updates({ repositories: [], otherwise: at(20) });
			assert.equal(found?.unseen, 1);
		});
	});
});
