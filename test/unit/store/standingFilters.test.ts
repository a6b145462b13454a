import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nodeFiles } from '../../../src/core/files/nodeFiles';
import { latestReviews } from '../../../src/core/model/latestReviews';
import { NO_CHECKS, type Actor, type Review } from '../../../src/core/model/pullRequest';
import type { PullRequestFilter } from '../../../src/core/store/read/filter';
import { pullRequests } from '../../../src/core/store/read/pullRequests';
import { Connection } from '../../../src/core/store/sqlite/connection';
import { REVIEW_STATES } from '../../../src/core/store/sqlite/reviewSql';
import type { SqlStore } from '../../../src/core/store/sqlStore';
import { Bench, details, fullDetails, pullRequest, repository, sqlJs, user } from './fixtures';

const PAGE = { offset: 0, limit: 100 };
const bot: Actor = { login: 'helper', kind: 'BOT' };
const review = (state: Review['state'], author: Actor | null = user('zoe'), day = 1): Review => ({ id: `R${day}`, databaseId: null, state, submittedAt: `2026-02-0${day}T00:00:00Z`, author, body: null, commitOid: null });

describe('SqlStore, filters by where a pull request stands', () => {
	let bench: Bench;
	let store: SqlStore;

	beforeEach(async () => {
		bench = await Bench.make();
		store = await bench.open();
	});
	afterEach(() => bench.dispose());

	const apply = (...all: ReturnType<typeof pullRequest>[]) => store.apply({ repository: repository(), pullRequests: all });
	const numbers = async (filter: PullRequestFilter) => (await store.read.pullRequests(filter, PAGE)).map(({ number }) => number).sort();

	it('by bots, where a deleted account and somebody not known are none', async () => {
		await apply(pullRequest(1), pullRequest(2, { author: bot }), pullRequest(3, { author: null }), pullRequest(4, { author: { login: 'old', kind: 'MANNEQUIN' } }));
		assert.deepEqual([await numbers({ bots: true }), await numbers({ bots: false }), await numbers({})], [[2], [1, 3, 4], [1, 2, 3, 4]]);
	});

	it('by bots of their own host alone', async () => {
		await apply(pullRequest(1, { author: bot }));
		const elsewhere = { ...repository(), ref: { host: 'ghe.example.com', owner: 'octo', name: 'harbor' }, nodeId: 'R_2' };
		await store.apply({ repository: elsewhere, pullRequests: [pullRequest(2, { author: user('helper') })] });
		assert.deepEqual([await numbers({ bots: true }), await numbers({ bots: false })], [[1], [2]]);
	});

	it('by who is asked for a review, teams too, in whatever case, and by nobody', async () => {
		const asks = (...reviewRequests: Actor[]) => ({ details: details({ reviewRequests }) });
		await apply(pullRequest(1, asks(user('zoe'))), pullRequest(2, asks({ login: 'octo/core', kind: 'TEAM' }, user('Zoe'))), pullRequest(3, asks()), pullRequest(4), pullRequest(5, { ...asks(), partial: ['reviewRequests'] }));
		assert.deepEqual([await numbers({ reviewer: 'ZOE' }), await numbers({ reviewer: 'Octo/Core' }), await numbers({ reviewer: 'octo' })], [[1, 2], [2], []]);
		assert.deepEqual(await numbers({ reviewer: null }), [3], 'what was not read is not nobody');
		assert.deepEqual(await store.read.countPullRequests({ reviewer: 'zoe', states: ['OPEN'] }), { OPEN: 2, CLOSED: 0, MERGED: 0 });
	});

	it('by checks, as the rows mark them', async () => {
		await apply(
			pullRequest(1, { details: details({ checksState: 'FAILURE' }) }),
			pullRequest(2, { details: details({ checksState: 'EXPECTED' }) }),
			pullRequest(3, { details: details({ checksState: 'SUCCESS' }) }),
			pullRequest(4, { details: details({ checksState: NO_CHECKS }) }),
			pullRequest(5),
			// GitHub says nothing of these: a run of them is under way.
			pullRequest(6, { details: fullDetails() }),
		);
		const of = (checks: NonNullable<PullRequestFilter['checks']>) => numbers({ checks });
		assert.deepEqual(await Promise.all((['failing', 'running', 'passing', 'none', 'unknown'] as const).map(of)), [[1], [2, 6], [3], [4], [5]]);
	});

	it('by conflicts, where what GitHub does not know is neither', async () => {
		await apply(...[1, 2, 3, 4].map((number) => pullRequest(number)));
		const connection = await saved();
		for (const [number, mergeable] of [[1, 'CONFLICTING'], [2, 'MERGEABLE'], [3, 'UNKNOWN']] as const) connection.run('UPDATE pull_request SET mergeable = ? WHERE number = ?', mergeable, number);
		const of = (conflicts: boolean) => pullRequests(connection, { conflicts }, PAGE).map(({ number }) => number);
		assert.deepEqual([of(true), of(false)], [[1], [2]]);
		connection.close();
	});

	it('by reviews: what stands against it, then what GitHub decides, then an approval of a person', async () => {
		const reviewed = (number: number, ...reviews: Review[]) => pullRequest(number, { details: details({ reviews }) });
		await apply(
			reviewed(1, review('APPROVED')),
			reviewed(2, review('CHANGES_REQUESTED')),
			reviewed(3, review('APPROVED')),
			reviewed(4),
			reviewed(5, review('APPROVED', bot)),
			reviewed(6, review('CHANGES_REQUESTED')),
			reviewed(7),
			pullRequest(8),
			reviewed(9, review('CHANGES_REQUESTED'), review('COMMENTED', user('zoe'), 2), review('APPROVED', user('Zoe'), 3)),
			reviewed(10, review('APPROVED'), review('DISMISSED', user('zoe'), 2)),
		);
		const connection = await saved();
		for (const [number, decision] of [[3, 'REVIEW_REQUIRED'], [4, 'APPROVED'], [6, 'APPROVED'], [7, 'CHANGES_REQUESTED']] as const) connection.run('UPDATE pull_request SET review_decision = ? WHERE number = ?', decision, number);
		const found = REVIEW_STATES.map((reviewState) => [reviewState, ...pullRequests(connection, { reviewState }, PAGE).map(({ number }) => number)]);
		assert.deepEqual(found, [['approved', 9, 4, 1], ['changes-requested', 7, 6, 2], ['review-required', 3], ['none', 10, 8, 5]]);
		connection.close();
	});

	it('by reviews, of which the same is the latest as everywhere', async () => {
		const one = fc.record({ state: fc.constantFrom<Review['state']>('APPROVED', 'CHANGES_REQUESTED', 'DISMISSED', 'COMMENTED'), author: fc.constantFrom(user('zoe'), user('ZOE'), user('bo'), null), day: fc.integer({ min: 1, max: 3 }) });
		await fc.assert(
			fc.asyncProperty(fc.array(one, { maxLength: 5 }), async (all) => {
				const reviews = all.map(({ state, author, day }) => review(state, author, day));
				await apply(pullRequest(1, { details: details({ reviews }) }));
				const states = latestReviews(reviews.map((word) => ({ ...word, authorLogin: word.author?.login ?? null }))).map(({ state }) => state);
				const expected = states.includes('CHANGES_REQUESTED') ? 'changes-requested' : states.includes('APPROVED') ? 'approved' : 'none';
				for (const reviewState of REVIEW_STATES) assert.equal((await numbers({ reviewState })).length, Number(reviewState === expected), `${reviewState} for ${expected}`);
			}),
			{ numRuns: 150, seed: 16 },
		);
	});

	/** What is stored, to change fields that no sync fills here. */
	async function saved(): Promise<Connection> {
		await store.save();
		return new Connection(await sqlJs(), await nodeFiles.read(bench.path));
	}
});
