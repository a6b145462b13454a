import assert from 'node:assert/strict';
import { isStuck, stuckBefore, turnOf, type Waiting } from '../../../src/core/insights/turn';
import type { Actor, PullRequest, Review } from '../../../src/core/model/pullRequest';
import type { PullRequestFilter } from '../../../src/core/store/read/filter';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import { Random } from '../../github-server/random';
import { Bench, details, NOW, pullRequest, repository, user } from './fixtures';

const DAYS = 7;
const PAGE = { offset: 0, limit: 1000 };
const NAMES = ['octo/harbor', 'octo/lighthouse'];
const asker = { me: [], stuckBefore: stuckBefore(NOW, DAYS) };

describe('the turns of open pull requests, as the views ask for them', () => {
	let bench: Bench;
	let store: SqlStore;

	beforeEach(async () => {
		bench = await Bench.make();
		store = await bench.open();
	});

	afterEach(() => bench.dispose());

	const numbers = async (filter: PullRequestFilter) => (await store.read.pullRequests(filter, PAGE)).map(({ number }) => number);

	it('group and filter by whom each waits for, and by how long it has', async () => {
		await store.apply({
			repository: repository(),
			pullRequests: [
				pullRequest(1, { isDraft: true }),
				pullRequest(2, { details: details() }),
				pullRequest(3),
				pullRequest(4, { isDraft: true, createdAt: '2026-05-30T00:00:00Z' }),
				pullRequest(5, { state: 'CLOSED', closedAt: '2026-05-01T00:00:00Z' }),
			],
		});
		const groups = (await store.read.groups('turn', {})).map(({ key, count }) => [key, count]);
		assert.deepEqual(groups, [['author', 2], ['maintainers', 1], ['unknown', 1], [null, 1]]);
		assert.deepEqual((await store.read.mergedGroups('turn', {})).map(({ key, count }) => [key, count]), groups);
		assert.deepEqual(await numbers({ group: { by: 'turn', key: 'author' } }), [4, 1]);
		assert.deepEqual(await numbers({ group: { by: 'turn', key: 'author', merged: true }, states: ['OPEN'] }), [4, 1]);
		assert.deepEqual(await numbers({ group: { by: 'turn', key: null } }), [5]);
		assert.deepEqual(await numbers({ turn: 'maintainers' }), [2]);
		assert.deepEqual(await numbers({ stuck: true, asker }), [2, 1]);
		assert.deepEqual(await numbers({ stuck: false, turn: 'author', asker }), [4]);
		assert.deepEqual(await numbers({ stuck: true }), []);
		assert.deepEqual((await store.read.workload({ staleBefore: '', mergedSince: '', attributes: { turn: 'author' } })).find(({ login }) => login === null)?.ready, 0);
	});

	it('are never older than what is stored, whatever is written', async () => {
		for (let seed = 1; seed <= 4; seed++) {
			const random = new Random(seed);
			for (let step = 0; step < 40; step++) {
				await write(store, random);
				await assertFresh(store, `seed ${seed}, step ${step}`);
			}
		}
	});

	it('are those of the file that another process has saved', async () => {
		await store.apply({ repository: repository(), pullRequests: [pullRequest(1, { isDraft: true })] });
		await store.save();
		await assertFresh(store, 'before');
		const other = await bench.open();
		await other.apply({ repository: repository(), pullRequests: [pullRequest(1, { details: details() })] });
		await other.save();
		await store.refresh();
		await assertFresh(store, 'after');
		assert.deepEqual(await numbers({ turn: 'maintainers' }), [1]);
	});
});

async function assertFresh(store: SqlStore, when: string): Promise<void> {
	const facts = await store.read.turnFacts({});
	const expected = facts.map((one) => ({ one, turn: turnOf(one) }));
	const keys = (all: { repositoryId: number; number: number }[]) => all.map(({ repositoryId, number }) => `${repositoryId} ${number}`).sort();
	for (const waitsFor of new Set<Waiting>([...expected.map(({ turn }) => turn.waitsFor), 'author', 'maintainers'])) {
		const wanted = keys(expected.filter(({ turn }) => turn.waitsFor === waitsFor).map(({ one }) => one));
		assert.deepEqual(keys(await store.read.pullRequests({ turn: waitsFor }, PAGE)), wanted, `${when}: ${waitsFor}`);
	}
	const stuck = keys(expected.filter(({ turn }) => isStuck(turn, NOW, DAYS)).map(({ one }) => one));
	assert.deepEqual(keys(await store.read.pullRequests({ stuck: true, asker }, PAGE)), stuck, `${when}: stuck`);
}

/** One write of any kind: pull requests, what is removed, a repository that goes, a row that is mended, somebody renamed or found to be a bot. */
async function write(store: SqlStore, random: Random): Promise<void> {
	const below = (most: number) => random.between(0, most - 1);
	const name = NAMES[below(NAMES.length)] ?? '';
	const pullRequests = Array.from({ length: 1 + below(2) }, (): PullRequest => anyPullRequest(1 + below(4), below));
	const unique = [...new Map(pullRequests.map((one) => [one.number, one])).values()];
	switch (below(8)) {
		case 0:
			await store.removeRepository(repository(name).ref);
			return;
		case 1:
			await store.apply({ repository: repository(name), removed: [1 + below(4)] });
			return;
		case 2:
			await store.apply({ repository: repository(name) });
			await store.mend({ repository: repository(name), pullRequests: unique });
			return;
		default:
			await store.apply({ repository: repository(name), pullRequests: unique });
	}
}

function anyPullRequest(number: number, below: (most: number) => number): PullRequest {
	const people: Actor[] = [user('ada'), { login: 'bo', kind: below(2) === 0 ? 'USER' : 'BOT' }, { login: ['eve', 'eva'][below(2)] ?? '', kind: 'USER', id: 'U_eve' }];
	const someone = () => people[below(people.length)] ?? user('ada');
	const states: Review['state'][] = ['APPROVED', 'COMMENTED', 'CHANGES_REQUESTED'];
	const review = (i: number): Review => ({ id: `R${i}`, databaseId: null, state: states[below(3)] ?? 'APPROVED', submittedAt: `2026-05-${10 + below(15)}T00:00:00Z`, author: someone(), body: null, commitOid: null });
	const isOpen = below(5) > 0;
	return pullRequest(number, {
		author: someone(),
		isDraft: below(4) === 0,
		...(isOpen ? {} : { state: 'MERGED', mergedAt: '2026-05-20T00:00:00Z' }),
		details: below(4) === 0 ? null : details({ reviewRequests: below(2) === 0 ? [someone()] : [], reviews: Array.from({ length: below(3) }, (_, i) => review(i)) }),
	});
}
