import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LANES, myWork, type Me } from '../../../src/core/insights/myWork';
import { isStuck, turnOf, TURN_REASONS, type Turn, type TurnReason, type TurnReview, type Waiting } from '../../../src/core/insights/turn';
import type { TurnFacts } from '../../../src/core/store/read/turnFacts';

const HEAD = 'b'.repeat(40);
const OLD = 'a'.repeat(40);

/** The times of the table, in the order in which things happened. */
const AT = { created: '2026-05-01T00:00:00Z', oldReview: '2026-05-02T00:00:00Z', head: '2026-05-03T00:00:00Z', asked: '2026-05-04T00:00:00Z', review: '2026-05-05T00:00:00Z', checks: '2026-05-06T00:00:00Z', autoMerge: '2026-05-07T00:00:00Z' };

/** Each input with the values that differ in what follows. */
const INPUTS = {
	draft: ['no', 'yes'],
	fetched: ['yes', 'no'],
	mergeable: ['MERGEABLE', 'CONFLICTING', 'UNKNOWN', 'not told'],
	checks: ['success', 'failure', 'pending', 'none', 'unknown'],
	auto: ['none', 'auto-merge', 'queue'],
	asked: ['nobody', 'bo', 'bo and a team', 'not told'],
	review: ['none', 'approved', 'approved, more required', 'changes', 'changes, at an older head', 'commented', 'commented, at an older head', 'approved by eve, changes by bo'],
	state: ['CLEAN', 'BLOCKED', 'not told'],
	merger: ['assignee', 'member', 'nobody'],
	read: ['all', 'not all reviews', 'not all commits'],
} as const;
type Inputs = { [K in keyof typeof INPUTS]: (typeof INPUTS)[K][number] };

/** A row holds for the inputs that it names; the first row that holds says what is expected. */
type TableRow = [Partial<{ [K in keyof Inputs]: Inputs[K] | readonly Inputs[K][] }>, Waiting, TurnReason, string | null];

const SOMEBODY = ['bo', 'bo and a team'] as const;
const TABLE: TableRow[] = [
	[{ draft: 'yes' }, 'author', 'draft', AT.created],
	[{ fetched: 'no' }, 'unknown', 'notFetched', null],
	[{ mergeable: 'CONFLICTING' }, 'author', 'conflicts', null],
	[{ checks: 'failure' }, 'author', 'failingChecks', AT.checks],
	// Bo, who is asked again, has no say in this.
	[{ review: ['changes', 'approved by eve, changes by bo'], asked: ['nobody', 'not told'] }, 'author', 'changesRequested', AT.review],
	[{ review: 'changes, at an older head', asked: ['nobody', 'not told'] }, 'author', 'changesRequested', AT.oldReview],
	[{ mergeable: 'UNKNOWN' }, 'github', 'conflictsUnknown', null],
	[{ auto: 'queue' }, 'github', 'mergeQueue', null],
	[{ auto: 'auto-merge' }, 'github', 'autoMerge', AT.autoMerge],
	[{ checks: 'pending' }, 'ci', 'checksRunning', AT.checks],
	[{ asked: SOMEBODY }, 'reviewers', 'reviewRequested', AT.asked],
	[{ read: 'not all reviews' }, 'unknown', 'reviewsUnknown', null],
	[{ review: 'approved, more required', checks: 'success' }, 'maintainers', 'moreApprovals', AT.checks],
	[{ review: 'approved, more required' }, 'maintainers', 'moreApprovals', AT.review],
	[{ review: 'approved', merger: ['assignee', 'member'], checks: 'success' }, 'mergers', 'approved', AT.checks],
	[{ review: 'approved', merger: ['assignee', 'member'] }, 'mergers', 'approved', AT.review],
	[{ review: 'approved', checks: 'success' }, 'maintainers', 'approved', AT.checks],
	[{ review: 'approved' }, 'maintainers', 'approved', AT.review],
	// Of one of these reviews it is not told of which head it was.
	[{ review: 'commented', read: 'not all commits' }, 'unknown', 'commitsUnknown', null],
	[{ review: 'commented' }, 'author', 'commented', AT.review],
	[{ review: 'commented, at an older head' }, 'reviewers', 'newCommits', AT.head],
	[{ asked: 'not told' }, 'unknown', 'requestsUnknown', null],
	[{ state: 'CLEAN', merger: ['assignee', 'member'], checks: 'success' }, 'mergers', 'noReviewRequired', AT.checks],
	[{ state: 'CLEAN', merger: ['assignee', 'member'] }, 'mergers', 'noReviewRequired', AT.created],
	[{ state: 'CLEAN', checks: 'success' }, 'maintainers', 'noReviewRequired', AT.checks],
	[{ state: 'CLEAN' }, 'maintainers', 'noReviewRequired', AT.created],
	[{}, 'maintainers', 'nobodyAsked', AT.created],
];

function factsOf(inputs: Inputs): TurnFacts {
	const { mergeable, checks, auto, asked, review, state, merger, read } = inputs;
	const isFetched = inputs.fetched === 'yes';
	return {
		repositoryId: 1, number: 1, title: 'Change', state: 'OPEN', isDraft: inputs.draft === 'yes', authorLogin: 'ada', createdAt: AT.created, updatedAt: AT.autoMerge,
		url: 'https://github.com/octo/harbor/pull/1', labels: [], milestoneTitle: null, assignees: merger === 'assignee' ? ['cy'] : [], partial: read === 'all' ? [] : [read === 'not all reviews' ? 'reviews' : 'commits'], checksState: checks,
		detailed: isFetched, headOid: HEAD, authorAssociation: merger === 'member' ? 'MEMBER' : 'CONTRIBUTOR',
		mergeable: mergeable === 'not told' ? null : mergeable, mergeState: state === 'not told' ? null : state,
		reviewDecision: review === 'approved, more required' ? 'REVIEW_REQUIRED' : null,
		autoMergeAt: auto === 'auto-merge' ? AT.autoMerge : null, inMergeQueue: auto === 'queue',
		headAt: AT.head, checksAt: checks === 'none' || checks === 'unknown' ? null : AT.checks,
		requests: asked === 'not told' ? null : asked === 'nobody' ? [] : [{ login: 'Bo', isTeam: false }, ...(asked === 'bo' ? [] : [{ login: 'octo/crew', isTeam: true }])],
		reviews: reviewsOf(review),
		events: asked === 'bo' || asked === 'bo and a team' ? ['bo', 'Octo/crew'].map((subjectLogin) => ({ kind: 'REVIEW_REQUESTED', subjectLogin, at: AT.asked })) : [],
	};
}

function reviewsOf(review: Inputs['review']): TurnReview[] {
	const at = (state: TurnReview['state'], authorLogin: string, commitOid: string | null = HEAD): TurnReview => ({ state, authorLogin, commitOid, submittedAt: commitOid === OLD ? AT.oldReview : AT.review });
	switch (review) {
		case 'none':
			return [];
		case 'approved':
		case 'approved, more required':
			return [at('COMMENTED', 'bo', OLD), at('APPROVED', 'eve')];
		case 'changes':
			return [at('CHANGES_REQUESTED', 'bo'), at('COMMENTED', 'bo')];
		case 'changes, at an older head':
			return [at('CHANGES_REQUESTED', 'bo', OLD)];
		case 'commented':
			return [at('COMMENTED', 'bo', OLD), at('COMMENTED', 'eve', null)];
		case 'commented, at an older head':
			return [at('COMMENTED', 'bo', OLD)];
		case 'approved by eve, changes by bo':
			return [at('APPROVED', 'eve'), at('CHANGES_REQUESTED', 'BO')];
	}
}

function* combinations(): Generator<Inputs> {
	const names = Object.keys(INPUTS) as (keyof Inputs)[];
	const total = names.reduce((product, name) => product * INPUTS[name].length, 1);
	for (let index = 0; index < total; index++) {
		let rest = index;
		const inputs = names.map((name) => {
			const values = INPUTS[name];
			const value = values[rest % values.length];
			rest = Math.floor(rest / values.length);
			return [name, value] as const;
		});
		yield Object.fromEntries(inputs) as Inputs;
	}
}

function expected(inputs: Inputs): TableRow {
	const row = TABLE.find(([asks]) =>
		Object.entries(asks).every(([name, wanted]) => ([] as readonly string[]).concat(wanted).includes(inputs[name as keyof Inputs])));
	assert.ok(row);
	return row;
}

describe('whose turn it is', () => {
	it('is what the table says, for every combination of its inputs', () => {
		const used = new Set<TableRow>();
		let count = 0;
		for (const inputs of combinations()) {
			const row = expected(inputs);
			const [, waitsFor, reason, since] = row;
			const turn = turnOf(factsOf(inputs));
			assert.deepEqual([turn.waitsFor, turn.reason, turn.since], [waitsFor, reason, since], JSON.stringify(inputs));
			used.add(row);
			count++;
		}
		assert.equal(count, 2 * 2 * 4 * 5 * 3 * 4 * 8 * 3 * 3 * 3);
		assert.deepEqual(TABLE.filter((row) => !used.has(row)), [], 'each row of the table decides something');
		assert.deepEqual([...new Set(TABLE.map(([, , reason]) => reason))].sort(), Object.keys(TURN_REASONS).sort());
	});

	it('names those who are asked and have not seen the present head, else all who are asked', () => {
		const all = { draft: 'no', fetched: 'yes', mergeable: 'MERGEABLE', checks: 'success', auto: 'none', review: 'none', state: 'BLOCKED', merger: 'nobody', read: 'all' } as const;
		assert.deepEqual(turnOf(factsOf({ ...all, asked: 'bo and a team' })).who, ['Bo', 'octo/crew']);
		assert.deepEqual(turnOf(factsOf({ ...all, asked: 'bo and a team', review: 'changes' })).who, ['octo/crew']);
		assert.deepEqual(turnOf(factsOf({ ...all, asked: 'bo', review: 'changes' })).who, ['Bo']);
		assert.deepEqual(turnOf(factsOf({ ...all, asked: 'nobody', review: 'approved', merger: 'assignee' })).who, ['cy']);
		assert.deepEqual(turnOf(factsOf({ ...all, asked: 'nobody', review: 'approved', merger: 'member' })).who, ['ada']);
		assert.deepEqual(turnOf(factsOf({ ...all, asked: 'nobody', review: 'commented, at an older head' })).who, ['bo']);
	});

	it('begins no earlier than the pull request was ready, and for a draft when it became one again', () => {
		const inputs = { draft: 'no', fetched: 'yes', mergeable: 'MERGEABLE', checks: 'none', auto: 'none', asked: 'nobody', review: 'none', state: 'BLOCKED', merger: 'nobody', read: 'all' } as const;
		const event = (kind: string, at: string) => ({ kind, subjectLogin: null, at });
		const events = [event('READY_FOR_REVIEW', AT.head), event('CONVERTED_TO_DRAFT', AT.asked), event('READY_FOR_REVIEW', AT.review)];
		assert.equal(turnOf({ ...factsOf(inputs), events }).since, AT.review);
		assert.equal(turnOf({ ...factsOf({ ...inputs, draft: 'yes' }), events: events.slice(0, 2) }).since, AT.asked);
	});

	it('is stuck after more than so many days, and not where it is not known since when', () => {
		const turn: Turn = { waitsFor: 'author', who: [], reason: 'draft', since: AT.created };
		const days = (count: number) => Date.parse(AT.created) + count * 86_400_000;
		assert.deepEqual([isStuck(turn, days(7), 7), isStuck(turn, days(7) + 1, 7), isStuck({ ...turn, since: null }, days(99), 7)], [false, true, false]);
	});
});

describe('a person’s own work', () => {
	const choice = (name: keyof Inputs) => fc.constantFrom<string>(...INPUTS[name]);
	const inputs = fc.record(Object.fromEntries((Object.keys(INPUTS) as (keyof Inputs)[]).map((name) => [name, choice(name)]))) as unknown as fc.Arbitrary<Inputs>;
	const person = fc.constantFrom('ada', 'Bo', 'eve', 'cy', 'ghost');

	it('holds each of theirs in one lane, and each open pull request has one turn', () => {
		fc.assert(
			fc.property(fc.array(inputs, { maxLength: 8 }), person, fc.constantFrom<string[]>([], ['Octo/Crew']), fc.nat(30), (many, login, teams, days) => {
				const me: Me = { login, teams, stuckDays: days, now: Date.parse('2026-06-01T00:00:00Z') };
				const all = many.map((one, index) => ({ ...factsOf(one), number: index + 1 }));
				const held = myWork(all, me).map(({ facts }) => facts.number);
				assert.equal(new Set(held).size, held.length);
				const seesNew = (facts: TurnFacts) => !facts.isDraft && facts.reviews.some((one) => isMe(one.authorLogin)) && !facts.reviews.some((one) => isMe(one.authorLogin) && one.commitOid !== OLD);
				const isMe = (name: string | null) => name?.toLowerCase() === login.toLowerCase();
				for (const facts of all) {
					const isMine =
						isMe(facts.authorLogin) || facts.assignees.some(isMe) || seesNew(facts) ||
						facts.requests?.some((one) => isMe(one.login) || (one.isTeam && teams.length > 0)) === true;
					assert.equal(held.includes(facts.number), isMine, JSON.stringify(facts));
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('is in the lane of what they have to do first', () => {
		const usual = { draft: 'no', fetched: 'yes', mergeable: 'MERGEABLE', checks: 'success', auto: 'none', asked: 'nobody', review: 'none', state: 'BLOCKED', merger: 'member', read: 'all' } as const;
		const laneFor = (login: string, changes: Partial<Inputs>, stuckDays = 99) => myWork([factsOf({ ...usual, ...changes })], { login, teams: ['octo/crew'], stuckDays, now: Date.parse('2026-06-01T00:00:00Z') })[0]?.lane;
		assert.equal(laneFor('bo', { asked: 'bo' }), 'reviewRequested');
		assert.equal(laneFor('bo', { asked: 'bo', draft: 'yes' }), 'reviewRequested', 'a draft too');
		assert.equal(laneFor('zoe', { asked: 'bo and a team' }), 'reviewRequested', 'by a team');
		assert.equal(laneFor('bo', { review: 'commented, at an older head' }), 'newCommits');
		assert.equal(laneFor('bo', { review: 'changes, at an older head' }), 'newCommits', 'although the author was not told to ask again');
		assert.equal(laneFor('bo', { review: 'changes' }), undefined);
		assert.equal(laneFor('ada', { mergeable: 'CONFLICTING' }), 'toActOn');
		assert.equal(laneFor('ada', { mergeable: 'UNKNOWN', checks: 'failure' }), 'toActOn', 'whether it conflicts or not');
		assert.equal(laneFor('ada', { review: 'approved' }), 'readyToMerge');
		assert.equal(laneFor('cy', { review: 'approved', merger: 'assignee' }), 'readyToMerge');
		assert.equal(laneFor('ada', { asked: 'bo' }), 'waiting');
		assert.equal(laneFor('ada', { asked: 'bo' }, 7), 'stuck');
		assert.equal(laneFor('cy', { asked: 'bo', merger: 'assignee' }), 'assigned');
		assert.equal(laneFor('eve', {}), undefined);
		assert.equal(Object.keys(LANES).length, 7);
	});
});
