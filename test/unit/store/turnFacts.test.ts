import assert from 'node:assert/strict';
import type { Actor, Review } from '../../../src/core/model/pullRequest';
import type { TurnFacts } from '../../../src/core/store/read/turnFacts';
import type { Store } from '../../../src/core/store/store';
import { Bench, details, pullRequest, repository, user } from './fixtures';

const bot: Actor = { login: 'helper', kind: 'BOT' };
const review = (author: Actor | null, state: Review['state'] = 'COMMENTED'): Review => ({ id: `R_${author?.login}`, databaseId: null, state, submittedAt: '2026-05-01T00:00:00Z', author, body: null, commitOid: null });

describe('what decides whose turn it is', () => {
	let bench: Bench;
	let store: Store;

	before(async () => {
		bench = await Bench.make();
		store = await bench.open();
		await store.apply({
			repository: repository(),
			pullRequests: [
				pullRequest(1, {
					author: user('ada'),
					details: details({ reviewRequests: [user('bo'), bot, { login: 'octo/crew', kind: 'TEAM' }], reviews: [review(bot, 'APPROVED'), review(user('Ada')), review(user('eve')), review(null)] }),
				}),
				pullRequest(2, { details: null }),
				pullRequest(3, { details: details(), partial: ['reviewRequests'] }),
				pullRequest(4, { state: 'MERGED', mergedAt: '2026-05-01T00:00:00Z', details: details({ reviews: [review(user('eve'))] }) }),
			],
		});
		await store.apply({ repository: repository('octo/lighthouse'), pullRequests: [pullRequest(1, { details: details() })] });
	});

	after(() => bench.dispose());

	async function facts(): Promise<Map<string, TurnFacts>> {
		const names = new Map((await store.read.repositories()).map(({ id, nameWithOwner }) => [id, nameWithOwner]));
		return new Map((await store.read.turnFacts({})).map((one) => [`${names.get(one.repositoryId)}#${one.number}`, one]));
	}

	it('is of people alone, and of others than the author', async () => {
		const one = (await facts()).get('octo/harbor#1');
		assert.deepEqual(one?.requests, [{ login: 'bo', isTeam: false }, { login: 'octo/crew', isTeam: true }]);
		assert.deepEqual(one.reviews.map(({ authorLogin }) => authorLogin), ['eve', null]);
	});

	it('tells what is not known from what is not there, and goes by the open ones', async () => {
		const all = await facts();
		assert.deepEqual([...all.keys()].sort(), ['octo/harbor#1', 'octo/harbor#2', 'octo/harbor#3', 'octo/lighthouse#1']);
		const known = [...all].map(([name, { detailed, requests }]) => [name, detailed, requests?.length ?? null]).sort();
		assert.deepEqual(known, [['octo/harbor#1', true, 2], ['octo/harbor#2', false, null], ['octo/harbor#3', true, null], ['octo/lighthouse#1', true, 0]]);
		assert.ok([...all.values()].every(({ mergeable, mergeState, reviewDecision }) => mergeable === null && mergeState === null && reviewDecision === null));
	});

	it('is with the rest of an open pull request, and of no other', async () => {
		const [harbor] = await store.read.repositories();
		assert.ok(harbor);
		const turnOf = async (number: number) => (await store.read.pullRequestDetail({ repositoryId: harbor.id, number }))?.turnFacts;
		assert.deepEqual(await turnOf(1), (await facts()).get('octo/harbor#1'));
		assert.equal(await turnOf(4), null);
	});
});
