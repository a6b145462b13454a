import assert from 'node:assert/strict';
import { changeTexts, netChanges } from '../../../src/core/insights/changes';
import type { ChangeKind, PullRequestChange } from '../../../src/core/model/pullRequestChange';
import { inEnglish } from '../../../src/core/model/sentence';

const change = (kind: ChangeKind, before: string | string[] | null, after: string | string[] | null): PullRequestChange => {
	const text = (value: string | string[] | null) => (Array.isArray(value) ? JSON.stringify(value) : value);
	return { kind, seenAt: '2026-05-03T00:00:00Z', before: text(before), after: text(after) };
};
const told = (...changes: PullRequestChange[]) => changeTexts(netChanges(changes)).map(inEnglish);

describe('what changes come to', () => {
	it('is from the first value to the last, and nothing where both are the same', () => {
		assert.deepEqual(netChanges([change('checks', 'SUCCESS', 'PENDING'), change('checks', 'PENDING', 'FAILURE')]), [{ kind: 'checks', before: 'SUCCESS', after: 'FAILURE' }]);
		assert.deepEqual(netChanges([change('checks', 'SUCCESS', 'PENDING'), change('checks', 'PENDING', 'SUCCESS')]), []);
	});

	it('is of a list what came and what went', () => {
		const labels = [change('labels', [], ['bug', 'late, again']), change('labels', ['bug', 'old'], [])];
		assert.deepEqual(netChanges(labels), [{ kind: 'labels', before: ['old'], after: ['late, again'] }]);
		assert.deepEqual(netChanges([change('labels', [], ['bug']), change('labels', ['bug'], [])]), []);
	});

	it('is told in words, the weightiest first', () => {
		assert.deepEqual(told(change('title', 'Was', 'Is'), change('comments', '2', '3'), change('state', 'OPEN', 'MERGED')), ['merged', '1 new comment', 'title was "Was"']);
		assert.deepEqual(told(change('state', null, 'OPEN')), ['opened']);
		assert.deepEqual(told(change('state', null, 'OPEN'), change('state', 'OPEN', 'MERGED')), ['opened', 'merged']);
		assert.deepEqual(told(change('draft', 'true', 'false'), change('conflicts', 'MERGEABLE', 'CONFLICTING'), change('checks', 'PENDING', 'ERROR')), ['ready for review', 'has conflicts', 'checks failed']);
		assert.deepEqual(told(change('milestone', '1.0', null), change('commits', 'a', 'b'), change('comments', '2', '7')), ['new commits', '5 new comments', 'no milestone']);
	});

	it('does not tell that somebody who reviewed is no longer asked', () => {
		const reviewed = [change('reviewRequests', ['bo', 'cy'], ['octo/crew']), change('review', [], ['bo APPROVED', 'eve COMMENTED'])];
		assert.deepEqual(told(...reviewed), ['approved by bo', 'review comments by eve', 'review requested: octo/crew', 'review request removed: cy']);
	});

	it('is nothing of what can not be read', () => {
		assert.deepEqual(told(change('labels', 'not JSON', '{"a":1}')), []);
	});
});
