import assert from 'node:assert/strict';
import type { Actor, PullRequest, PullRequestDetails, Review } from '../../../src/core/model/pullRequest';
import { CHANGES_KEPT_EACH } from '../../../src/core/store/write/changeRecorder';
import { Bench, details, pullRequest, repository, rows, user } from './fixtures';

const SEEN = '2026-05-03T00:00:00Z';
const bot: Actor = { login: 'helper', kind: 'BOT' };
const labels = [{ id: 'L1', name: 'bug', color: 'ff0000' }, { id: 'L2', name: 'late, again', color: '00ff00' }];
const milestones = [{ id: 'M1', number: 1, title: '1.0', state: 'OPEN' as const, dueOn: null }];
const review = (author: Actor, state: Review['state'], id = `R_${author.login}`): Review => ({ id, databaseId: null, state, submittedAt: SEEN, author, body: null, commitOid: null });
const standing = { mergeable: 'MERGEABLE', comments: 2 };

describe('what a sync sees changed', () => {
	let bench: Bench;
	let store: Awaited<ReturnType<Bench['open']>>;

	beforeEach(async () => {
		bench = await Bench.make();
		store = await bench.open();
	});
	afterEach(() => bench.dispose());

	const write = (changes: Partial<PullRequest>, seenAt = SEEN, number = 1) =>
		store.apply({ repository: repository(), labels, milestones, pullRequests: [{ ...pullRequest(number, { details: full(), ...changes }), readAt: Date.parse(seenAt) }] });
	const full = (changes: Partial<PullRequestDetails> = {}) => details({ standing, ...changes });
	const recorded = () => rows(store, 'SELECT kind, before, after FROM pull_request_change ORDER BY seen_at, number, kind');

	it('is recorded kind by kind, with what it was and what it is', async () => {
		await write({ labelIds: ['L1'], assignees: [user('ada')], details: full({ reviewRequests: [user('bo')], reviews: [review(user('cy'), 'CHANGES_REQUESTED')], checksState: 'PENDING' }) });
		await write({
			title: 'Another title',
			state: 'OPEN',
			isDraft: true,
			headOid: 'f'.repeat(40),
			labelIds: ['L2'],
			milestoneId: 'M1',
			assignees: [user('ADA'), user('eve')],
			details: details({
				reviewRequests: [user('dan'), bot],
				reviews: [review(user('cy'), 'DISMISSED'), review(user('bo'), 'APPROVED'), review(bot, 'COMMENTED'), review(user('ada'), 'PENDING', 'R_p')],
				checksState: 'SUCCESS',
				standing: { mergeable: 'CONFLICTING', comments: 5 },
			}),
		});
		assert.deepEqual(await recorded(), [
			['assignees', '[]', '["eve"]'],
			['checks', 'PENDING', 'SUCCESS'],
			['comments', '2', '5'],
			['commits', '1'.padStart(40, '0'), 'f'.repeat(40)],
			['conflicts', 'MERGEABLE', 'CONFLICTING'],
			['draft', 'false', 'true'],
			['labels', '["bug"]', '["late, again"]'],
			['milestone', null, '1.0'],
			['review', '["cy CHANGES_REQUESTED"]', '["cy DISMISSED","bo APPROVED"]'],
			['reviewRequests', '["bo"]', '["dan"]'],
			['title', 'Change 1', 'Another title'],
		]);
		await write({ state: 'MERGED', mergedAt: SEEN, closedAt: SEEN, details: null }, '2026-05-04T00:00:00Z');
		assert.deepEqual((await recorded()).filter(([kind]) => kind === 'state'), [['state', 'OPEN', 'MERGED']]);
	});

	it('is nothing while the first sync goes on, and nothing where the database is made again from the cache', async () => {
		const begun = { ...repository(), syncedAt: null };
		await store.apply({ repository: begun, pullRequests: [pullRequest(1)] });
		await store.apply({ repository: begun, pullRequests: [pullRequest(1, { title: 'Else', details: full() })] });
		assert.deepEqual(await recorded(), []);
		const other = repository('octo/pier');
		await store.apply({ repository: other, pullRequests: [pullRequest(1)] });
		await store.apply({ repository: other, pullRequests: [pullRequest(2, { details: full() })] });
		assert.deepEqual(await recorded(), []);
	});

	it('is nothing of what was not known before or is not known any more', async () => {
		await write({ details: null });
		await write({ labelIds: ['L1'], partial: ['labels'], details: full({ reviewRequests: [user('bo')], checksState: 'FAILURE' }) });
		await write({ labelIds: ['L1', 'L2'], details: full({ checksState: null, standing: null }), partial: ['reviewRequests', 'reviews'] });
		await write({ labelIds: ['L1', 'L2'], details: full({ standing: { mergeable: 'UNKNOWN' } }) });
		assert.deepEqual(await recorded(), []);
	});

	it('is nothing where a label, a milestone or a person is only called otherwise, or the same is written again', async () => {
		const ada = { ...user('ada'), id: 'U_1' };
		await write({ labelIds: ['L1'], milestoneId: 'M1', assignees: [ada], details: full({ reviews: [review(ada, 'APPROVED', 'R_1')] }) });
		await store.apply({
			repository: repository(),
			labels: [{ ...labels[0]!, name: 'defect' }, labels[1]!],
			milestones: [{ ...milestones[0]!, title: '2.0' }],
			pullRequests: [
				{ ...pullRequest(1, { labelIds: ['L1'], milestoneId: 'M1', assignees: [{ ...ada, login: 'lovelace' }], details: full({ reviews: [review({ ...ada, login: 'lovelace' }, 'APPROVED', 'R_1')] }) }), readAt: Date.parse('2026-05-05T00:00:00Z') },
			],
		});
		assert.deepEqual(await rows(store, 'SELECT assignees FROM pull_request'), [['["lovelace"]']]);
		assert.deepEqual(await recorded(), []);
	});

	it('is a new pull request, but not an old one that came into sight', async () => {
		await store.apply({ repository: repository() });
		await write({ createdAt: '2026-05-02T12:00:00Z' }, SEEN, 7);
		await write({ createdAt: '2025-05-02T12:00:00Z' }, SEEN, 8);
		assert.deepEqual(await rows(store, 'SELECT number, kind, before, after FROM pull_request_change'), [[7, 'state', null, 'OPEN']]);
	});

	it('is kept thirty days, and no more than a number of each pull request', async () => {
		await write({}, SEEN);
		await write({}, SEEN, 2);
		await write({ title: 'Old' }, SEEN);
		for (let i = 0; i < CHANGES_KEPT_EACH + 5; i++) {
			await write({ title: `Title ${i}` }, new Date(Date.parse('2026-06-01T00:00:00Z') + i * 1000).toISOString(), 2);
		}
		assert.deepEqual(await rows(store, 'SELECT count(*), min(before), max(seen_at) FROM pull_request_change WHERE number = 2'), [[CHANGES_KEPT_EACH, 'Title 10', '2026-06-01T00:01:44Z']]);
		assert.deepEqual(await rows(store, 'SELECT count(*) FROM pull_request_change WHERE number = 1'), [[1]]);
		await write({ title: 'New' }, '2026-06-04T00:00:00Z');
		assert.deepEqual(await rows(store, 'SELECT after FROM pull_request_change WHERE number = 1'), [['New']]);
		await store.apply({ repository: repository(), removed: [1, 2] });
		assert.deepEqual(await recorded(), []);
	});

	it('is read since a moment, pull request by pull request', async () => {
		await write({});
		await write({ state: 'CLOSED' }, '2026-05-03T10:00:00Z');
		await write({ state: 'OPEN', title: 'Again' }, '2026-05-04T10:00:00Z');
		await write({}, SEEN, 2);
		await write({ title: 'Two' }, '2026-05-03T11:00:00Z', 2);
		const since = async (moment: string, filter = {}) => (await store.read.changes({ since: moment, ...filter })).map(({ number, changes }) => [number, ...changes.map(({ kind, seenAt }) => `${kind} ${seenAt}`)]);
		assert.deepEqual(await since('2026-05-03T11:00:00Z'), [
			[2, 'title 2026-05-03T11:00:00Z'],
			[1, 'state 2026-05-04T10:00:00Z', 'title 2026-05-04T10:00:00Z'],
		]);
		assert.deepEqual(await since(SEEN, { text: 'two' }), [[2, 'title 2026-05-03T11:00:00Z']]);
		assert.deepEqual(await since('2026-05-05T00:00:00Z'), []);
	});
});
