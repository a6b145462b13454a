import assert from 'node:assert/strict';
import { markdownLinks, numberLines } from '../../../src/host/tree/copyText';
import { selectedPullRequests } from '../../../src/host/tree/selection';
import { groupNode, pullRequestNode } from '../../../src/host/tree/treeNode';
import { pullRequestRow, repositoryRow } from './rows';

const group = (key: string) => groupNode('label', { kind: 'repository', repository: repositoryRow() }, { key, title: key, count: 1 }, { narrowed: false });
const node = (number: number, key = 'bug') => pullRequestNode(group(key), repositoryRow(), pullRequestRow({ number }));

describe('what a command of a row is for', () => {
	it('is the row alone, or all that are selected with it, each pull request once', () => {
		const [one, two, again] = [node(1), node(2), node(1, 'ui')];
		const numbers = (clicked: unknown, selected?: unknown) => selectedPullRequests(clicked, selected).map(({ row }) => row.number);
		assert.deepEqual(numbers(one), [1]);
		assert.deepEqual(numbers(one, [one, two, again]), [1, 2]);
		assert.deepEqual(numbers(one, [two]), [1], 'called on a row outside the selection');
		assert.deepEqual(numbers(group('bug'), [group('bug')]), []);
		for (const nothing of [undefined, null, 'x', {}]) assert.deepEqual(numbers(nothing, nothing), []);
	});

	it('is all of a large selection', () => {
		const nodes = Array.from({ length: 300 }, (_, index) => node(index + 1));
		assert.equal(selectedPullRequests(nodes[7], nodes).length, 300);
	});
});

describe('what is copied', () => {
	const row = (number: number, title = 'Mend the pier') => ({ number, title, url: `https://github.com/octo/harbor/pull/${number}` });

	it('is a link, or a list of links', () => {
		assert.equal(markdownLinks([row(1)]), '[#1 Mend the pier](<https://github.com/octo/harbor/pull/1>)');
		assert.match(markdownLinks([row(1), row(2)]), /^- \[#1 [^\n]+\n- \[#2 [^\n]+$/);
		assert.equal(markdownLinks([]), '');
		assert.equal(numberLines([row(1), row(2)]), '#1\n#2');
	});

	it('keeps a title a title', () => {
		assert.equal(
			markdownLinks([row(1, '](x) <b>\n# *a*')]),
			'[#1 \\]\\(x\\) \\<b\\> \\# \\*a\\*](<https://github.com/octo/harbor/pull/1>)',
		);
	});
});
