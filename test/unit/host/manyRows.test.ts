import assert from 'node:assert/strict';
import { latestChecks } from '../../../src/core/store/read/checksRollup';
import { checkCounts } from '../../../src/host/tree/checksText';
import { markdownLinks, numberLines } from '../../../src/host/tree/copyText';
import { groupText } from '../../../src/host/tree/groupText';
import { pullRequestText } from '../../../src/host/tree/pullRequestText';
import { groupNode, pullRequestNode } from '../../../src/host/tree/treeNode';
import { english } from './english';
import { check, pullRequestRow, repositoryRow } from './rows';

const now = Date.parse('2026-01-05T10:00:00Z');
const upTo = <T>(count: number, make: (number: number) => T) => Array.from({ length: count }, (_, index) => make(index + 1));

for (const count of [0, 1, 300, 100_000]) {
	describe(`with ${count} rows`, () => {
		const group = { key: 'L_bug', title: 'bug', count };
		const parent = groupNode('label', { kind: 'repository', repository: repositoryRow() }, group, { narrowed: false });

		it('each pull request has a row of its own', () => {
			const nodes = upTo(count, (number) => pullRequestNode(parent, repositoryRow(), pullRequestRow({ number })));
			assert.equal(new Set(nodes.map(({ id }) => id)).size, count);
			const texts = nodes.map(({ row }) => pullRequestText(row, now, english));
			assert.equal(new Set(texts.map(({ spoken }) => spoken)).size, count);
		});

		it('a group counts them', () => {
			assert.equal(groupText('label', group, { narrowed: false }, now, english).description, count.toLocaleString('en'));
		});

		it('copying takes all of them', () => {
			const rows = upTo(count, (number) => ({ number, title: 'Mend', url: `https://github.com/octo/harbor/pull/${number}` }));
			assert.equal(numberLines(rows).split('\n').filter(Boolean).length, count);
			assert.equal(markdownLinks(rows).split('\n').filter(Boolean).length, count);
		});

		it('the latest run of each check counts', () => {
			const checks = upTo(count, (number) => check(`check ${number % 100}`, number % 2 === 0 ? 'SUCCESS' : 'FAILURE', String(number)));
			assert.equal(latestChecks(checks).length, Math.min(100, count));
			assert.equal(checkCounts(checks, english), { 0: '', 1: '1 failed' }[count] ?? '50 failed, 50 passed');
		});
	});
}
