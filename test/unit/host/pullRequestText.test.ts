import assert from 'node:assert/strict';
import type { ChecksState } from '../../../src/core/store/read/checksRollup';
import { pullRequestText, pullRequestTooltip } from '../../../src/host/tree/pullRequestText';
import { labelIconUri } from '../../../src/host/tree/labelIcon';
import { english } from './english';
import { check, detailOf, pullRequestRow, turnFacts } from './rows';
import { formatAge } from '../../../src/host/format/localizer';
import { markdownText } from '../../../src/host/format/plainText';

const now = Date.parse('2026-01-05T10:00:00Z');
const hostileDetail = (evil: string) =>
	detailOf({
		reviewRequests: [evil],
		reviews: [{ authorLogin: evil, state: 'APPROVED', submittedAt: null, body: evil }],
		checks: [check(evil, 'FAILURE', '1')],
		linkedIssues: [{ repository: null, number: 1, title: evil }],
		turnFacts: turnFacts({ requests: [{ login: evil, isTeam: false }], authorLogin: evil }),
	});

describe('the row of a pull request', () => {
	it('shows number, title, author and age', () => {
		const { label, description, spoken } = pullRequestText(pullRequestRow(), now, english);
		assert.equal(label, '#12 Mend the pier');
		assert.equal(description, 'ada · 4 days');
		assert.equal(spoken, 'Open pull request 12 by ada, Mend the pier, 4 days');
	});

	it('has an icon for each state', () => {
		const icon = (row: Parameters<typeof pullRequestRow>[0]) => pullRequestText(pullRequestRow(row), now, english).icon.id;
		assert.equal(icon({}), 'git-pull-request');
		assert.equal(icon({ isDraft: true }), 'git-pull-request-draft');
		assert.equal(icon({ state: 'MERGED', isDraft: true }), 'git-merge');
		assert.equal(icon({ state: 'CLOSED' }), 'git-pull-request-closed');
	});

	it('says ghost where the account is gone, and marks what is incomplete', () => {
		assert.equal(pullRequestText(pullRequestRow({ authorLogin: null, partial: ['reviews'] }), now, english).description, 'ghost · 4 days · incomplete: reviews');
	});

	it('tells a screen reader how the checks stand', () => {
		const spoken = (checksState: ChecksState) => pullRequestText(pullRequestRow({ checksState }), now, english).spoken;
		assert.equal(spoken('failure'), 'Open pull request 12 by ada, Mend the pier, 4 days, checks failed');
		assert.match(spoken('pending'), /checks pending$/);
		assert.match(spoken('success'), /checks passed$/);
	});

	it('has a name even when the title is blank', () => {
		assert.equal(pullRequestText(pullRequestRow({ title: ' \n' }), now, english).label, '#12 (no title)');
	});

	it('counts months as people write them', () => {
		assert.equal(pullRequestText(pullRequestRow({ createdAt: '2025-10-20T10:00:00Z' }), now, english).description, 'ada · 2 mo');
	});
});

describe('the tooltip of a pull request', () => {
	it('says all that the row has', () => {
		const row = pullRequestRow({ labels: ['bug', 'help wanted'], milestoneTitle: 'v1', assignees: ['eve'], partial: ['files'] });
		assert.deepEqual(pullRequestTooltip(row, undefined, now, english).split('\n\n'), [
			'**Mend the pier**',
			'Open · \\#12 · ada',
			'opened 4 days ago\\, updated 2 days ago',
			'Milestone: v1',
			'Labels: bug · help wanted',
			'Assignees: eve',
			'Incomplete: files. They are retried once they can be read.',
		]);
	});

	it('says how reviews, checks and issues stand, once they are read', () => {
		const detail = detailOf({
			reviewRequests: ['grace', 'octo/team'],
			reviews: [
				{ authorLogin: 'eve', state: 'APPROVED', submittedAt: null, body: null },
				{ authorLogin: 'Eve', state: 'COMMENTED', submittedAt: null, body: null },
				{ authorLogin: 'bob', state: 'APPROVED', submittedAt: null, body: null },
				{ authorLogin: 'bob', state: 'CHANGES_REQUESTED', submittedAt: null, body: null },
				{ authorLogin: 'kim', state: 'APPROVED', submittedAt: null, body: null },
				{ authorLogin: 'kim', state: 'DISMISSED', submittedAt: null, body: null },
				{ authorLogin: null, state: 'CHANGES_REQUESTED', submittedAt: null, body: null },
				{ authorLogin: null, state: 'APPROVED', submittedAt: null, body: null },
			],
			checks: [check('a', 'SUCCESS', '1'), check('b', 'FAILURE', '2'), check('b', 'SUCCESS', '3'), check('c', null, '4')],
			linkedIssues: [{ repository: null, number: 9, title: 'Nine' }],
		});
		assert.deepEqual(pullRequestTooltip(pullRequestRow(), detail, now, english).split('\n\n').slice(3), [
			'Reviews: changes requested by bob\\, ghost, approved by eve\\, ghost, waiting for grace\\, octo\\/team',
			'Checks: 1 pending\\, 2 passed',
			'Linked issues: \\#9 Nine',
		]);
	});

	it('says whom an open one waits for, why and since when', () => {
		const waiting = (facts: Parameters<typeof turnFacts>[0]) => pullRequestTooltip(pullRequestRow(), detailOf({ turnFacts: turnFacts(facts) }), now, english).split('\n\n')[3];
		const review = { state: 'CHANGES_REQUESTED' as const, submittedAt: '2025-12-22T00:00:00Z', authorLogin: 'bo', commitOid: null };
		assert.equal(waiting({ createdAt: '2025-12-20T00:00:00Z' }), `Waiting for: the maintainers · nobody is asked for a review · ${markdownText(formatAge('2025-12-20T00:00:00Z', now, english))}`);
		assert.equal(waiting({ reviews: [review] }), `Waiting for: ada · changes requested · ${markdownText(formatAge('2025-12-22T00:00:00Z', now, english))}`);
		assert.equal(waiting({ requests: [{ login: 'bo', isTeam: false }, { login: 'octo/crew', isTeam: true }] }), 'Waiting for: bo\\, octo\\/crew · review requested');
		assert.equal(waiting({ requests: [{ login: 'a team', isTeam: true }, { login: 'bo', isTeam: false }, { login: 'a team', isTeam: true }] }), 'Waiting for: bo\\, 2 teams · review requested');
		assert.equal(waiting({ isDraft: true, authorLogin: null, createdAt: '2025-12-22T00:00:00Z' }), `Waiting for: ghost · draft · ${markdownText(formatAge('2025-12-22T00:00:00Z', now, english))}`);
		assert.equal(waiting({ checksState: 'pending' }), 'Waiting for: the checks · checks are running');
		assert.equal(waiting({ detailed: false }), 'Waiting for: not known · details not fetched yet');
		assert.ok(!pullRequestTooltip(pullRequestRow({ state: 'MERGED' }), detailOf(), now, english).includes('Waiting for'));
	});

	it('counts the teams that have no name', () => {
		const waiting = (reviewRequests: string[]) => pullRequestTooltip(pullRequestRow(), detailOf({ reviewRequests }), now, english).split('\n\n')[3];
		assert.equal(waiting(['a team', 'grace']), 'Reviews: waiting for grace\\, a team');
		assert.equal(waiting(['a team', 'grace', 'a team']), 'Reviews: waiting for grace\\, 2 teams');
	});

	it('lets nothing from GitHub be Markdown', () => {
		const evil = '[x](command:workbench.action.quit) <b>$(zap)';
		const text = pullRequestTooltip(pullRequestRow({ title: evil, labels: [evil], milestoneTitle: evil, assignees: [evil], authorLogin: evil }), hostileDetail(evil), now, english);
		assert.doesNotMatch(text, /(?<!\\)[[\]<>$]/);
	});
});

describe('the icon of a label', () => {
	const svg = (color: string | undefined) => atob(labelIconUri(color).replace('data:image/svg+xml;base64,', ''));

	it('is a dot in the label’s colour', () => assert.match(svg('D73A4A'), /fill="#D73A4A"/));

	it('lets nothing but six hexadecimal digits in', () => {
		for (const color of [undefined, '', 'fff', '"/><script>', 'd73a4a"']) {
			assert.match(svg(color), /fill="#8b949e"/);
		}
	});
});
