import assert from 'node:assert/strict';
import { pullRequestText, pullRequestTooltip } from '../../../src/host/tree/pullRequestText';
import { labelIconUri } from '../../../src/host/tree/labelIcon';
import { english } from './english';
import { pullRequestRow } from './rows';

const now = Date.parse('2026-01-05T10:00:00Z');

describe('the row of a pull request', () => {
	it('shows title, number and author', () => {
		const { label, description, spoken } = pullRequestText(pullRequestRow(), english);
		assert.equal(label, 'Mend the pier');
		assert.equal(description, '#12 · ada');
		assert.equal(spoken, 'Open pull request 12 by ada, Mend the pier');
	});

	it('has an icon for each state', () => {
		const icon = (row: Parameters<typeof pullRequestRow>[0]) => pullRequestText(pullRequestRow(row), english).icon.id;
		assert.equal(icon({}), 'git-pull-request');
		assert.equal(icon({ isDraft: true }), 'git-pull-request-draft');
		assert.equal(icon({ state: 'MERGED', isDraft: true }), 'git-merge');
		assert.equal(icon({ state: 'CLOSED' }), 'git-pull-request-closed');
	});

	it('says ghost where the account is gone, and marks what is incomplete', () => {
		assert.equal(pullRequestText(pullRequestRow({ authorLogin: null, partial: ['reviews'] }), english).description, '#12 · ghost · incomplete: reviews');
	});

	it('has a name even when the title is blank', () => {
		assert.equal(pullRequestText(pullRequestRow({ title: ' \n' }), english).label, '(no title)');
	});
});

describe('the tooltip of a pull request', () => {
	it('says all that the row has', () => {
		const row = pullRequestRow({ labels: ['bug', 'help wanted'], milestoneTitle: 'v1', assignees: ['eve'], partial: ['files'] });
		assert.deepEqual(pullRequestTooltip(row, now, english).split('\n\n'), [
			'**Mend the pier**',
			'Open · \\#12 · ada',
			'opened 4 days ago\\, updated 2 days ago',
			'Milestone: v1',
			'Labels: bug, help wanted',
			'Assignees: eve',
			'Incomplete: files. The next seeding tries to complete them.',
		]);
	});

	it('lets nothing from GitHub be Markdown', () => {
		const evil = '[x](command:workbench.action.quit) <b>$(zap)';
		const text = pullRequestTooltip(pullRequestRow({ title: evil, labels: [evil], milestoneTitle: evil, assignees: [evil], authorLogin: evil }), now, english);
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
