import assert from 'node:assert/strict';
import { LANES, myWork } from '../../../src/core/insights/myWork';
import type { Review } from '../../../src/core/model/pullRequest';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import { Bench, details, NOW, pullRequest, repository, user } from './fixtures';

const review = (login: string): Review => ({ id: 'R', databaseId: null, state: 'COMMENTED', submittedAt: '2026-05-01T00:00:00Z', author: user(login), body: null, commitOid: 'f'.repeat(40) });

describe('the pull requests that have to do with somebody', () => {
	let bench: Bench;
	let store: SqlStore;

	before(async () => {
		bench = await Bench.make();
		store = await bench.open();
		const team = { login: 'octo/crew', kind: 'TEAM' as const };
		await store.apply({
			repository: repository(),
			pullRequests: [
				pullRequest(1, { author: user('Zoe') }),
				pullRequest(2, { assignees: [user('zoe')] }),
				pullRequest(3, { details: details({ reviewRequests: [user('zoe')] }) }),
				pullRequest(4, { details: details({ reviewRequests: [team] }) }),
				pullRequest(5, { details: details({ reviews: [review('zoe')] }) }),
				pullRequest(6, { details: details({ reviews: [review('bo')] }), assignees: [user('bo')] }),
				pullRequest(7, { author: user('zoe'), state: 'MERGED', mergedAt: '2026-05-01T00:00:00Z' }),
				pullRequest(8, { author: user('zoe'), assignees: [user('zoe')] }),
			],
		});
		const elsewhere = repository('octo/elsewhere');
		await store.apply({ repository: { ...elsewhere, ref: { ...elsewhere.ref, host: 'ghe.example.com' } }, pullRequests: [pullRequest(9, { author: user('zoe') })] });
	});

	after(() => bench.dispose());

	const mine = async (teams: string[] | null) => (await store.read.myFacts({ host: 'github.com', login: 'ZOE', teams }, {})).map(({ number }) => number);

	it('are those they wrote, are assigned to, asked for or have reviewed, on that host', async () => {
		assert.deepEqual(await mine(['octo/crew']), [8, 5, 4, 3, 2, 1]);
		assert.deepEqual(await mine(null), [8, 5, 3, 2, 1]);
		assert.deepEqual(await store.read.myFacts({ host: 'github.com', login: 'nobody', teams: null }, {}), []);
		assert.deepEqual(await store.read.myFacts({ host: 'github.com', login: 'zoe', teams: null }, { repositoryIds: [] }), []);
	});

	it('have the lanes that all open ones would have', async () => {
		for (const [login, teams] of [['zoe', ['octo/crew']], ['bo', []], ['ada', []]] as const) {
			const me = { login, teams, now: NOW, stuckDays: 7 };
			const [own, all] = await Promise.all([store.read.myFacts({ host: 'github.com', login, teams: [...teams] }, {}), store.read.turnFacts({})]);
			const ids = new Set((await store.read.repositories()).filter(({ host }) => host === 'github.com').map(({ id }) => id));
			const lanes = (facts: typeof all) => myWork(facts, me).map(({ lane, facts: { number } }) => [LANES[lane], number]);
			assert.deepEqual(lanes(own), lanes(all.filter(({ repositoryId }) => ids.has(repositoryId))), login);
		}
	});

	it('are besides those of the branch that is checked out, from the copy that it is in', async () => {
		const [harbor] = (await store.read.repositories()).filter(({ host }) => host === 'github.com');
		assert.ok(harbor);
		const found = async (name: string, owners: string[], repositoryIds = [harbor.id]) => (await store.read.branchFacts({ name, owners, repositoryIds })).map(({ number }) => number);
		const standing = { reviewDecision: null, autoMergeAt: null, inMergeQueue: false, comments: 0, authorAssociation: 'NONE', isCrossRepository: true, headOwner: 'Zoe' };
		await store.apply({ repository: repository(), pullRequests: [pullRequest(10, { headRef: 'fork', details: details({ standing }) })] });
		assert.deepEqual(await found('topic-3', []), [3]);
		assert.deepEqual(await found('fork', ['octo', 'zoe']), [10]);
		assert.deepEqual([await found('fork', ['octo']), await found('topic-7', []), await found('topic-3', ['octo'], [])], [[], [], []]);
	});

	it('are what the filter calls @me, on each host the account of that host', async () => {
		const asker = { me: [{ host: 'github.com', login: 'zoe' }, { host: 'ghe.example.com', login: 'ada' }], stuckBefore: '' };
		const numbers = async (filter: object) => (await store.read.pullRequests({ ...filter, asker }, { offset: 0, limit: 100 })).map(({ number }) => number).sort();
		assert.deepEqual(await numbers({ author: '@me' }), [1, 7, 8]);
		assert.deepEqual(await numbers({ assignee: '@ME' }), [2, 8]);
		assert.deepEqual(await store.read.countPullRequests({ author: '@me' }), { OPEN: 0, CLOSED: 0, MERGED: 0 });
	});
});
