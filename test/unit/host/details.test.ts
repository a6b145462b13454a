import assert from 'node:assert/strict';
import { detailsMarkdown } from '../../../src/host/details/detailsMarkdown';
import { textBlock } from '../../../src/host/details/textBlock';
import { english } from './english';
import { check, detailOf, turnFacts } from './rows';

const now = Date.parse('2026-01-05T10:00:00Z');
const page = (differences: Parameters<typeof detailOf>[0]) => detailsMarkdown(detailOf(differences), now, english);

describe('the details of a pull request', () => {
	it('say whom an open one waits for', () => {
		assert.match(page({ turnFacts: turnFacts({ checksState: 'failure', checksAt: '2026-01-04T10:00:00Z' }) }), /\| \*\*Waiting for\*\* \| ada · failing checks · yesterday \|/);
		assert.doesNotMatch(page({ state: 'MERGED' }), /Waiting for/);
	});

	it('show every list there is', () => {
		const text = page({
			body: 'First line\nsecond line\n\nnext paragraph',
			mergedAt: '2026-01-04T10:00:00Z',
			state: 'MERGED',
			labels: ['bug'],
			reviews: [{ authorLogin: 'eve', state: 'APPROVED', submittedAt: '2026-01-04T10:00:00Z', body: 'Fine.\n\nReally.' }],
			checks: [check('build', 'FAILURE', '1'), check('build', 'SUCCESS', '2'), { ...check('lint', null, '3'), url: 'https://ci.example.com/3' }],
			commits: [{ oid: 'abcdef0123', message: 'Mend it\n\nbody', authorLogin: null, authorName: 'Ada', authoredAt: '2026-01-04T10:00:00Z' }],
			files: [{ path: 'src/pier.ts', additions: 3, deletions: 1, changeType: 'MODIFIED' }],
			linkedIssues: [{ repository: null, number: 9, title: 'Nine' }],
		});
		assert.match(text, /^# Mend the pier \\#12\n/);
		assert.match(text, /\| \*\*State\*\* \| Merged · yesterday \|/);
		assert.match(text, /\[Open on GitHub\]\(<https:\/\/github\.com\/octo\/harbor\/pull\/12>\)/);
		assert.match(text, /First line\\\nsecond line\n\nnext paragraph/);
		assert.match(text, /\*\*eve\*\* approved · yesterday\n\n> Fine\\\.\n> \n> Really\\\./);
		assert.match(text, /## Checks \(2\)\n\n- ✓ build — success\n- ● \[lint\]\(<https:\/\/ci\.example\.com\/3>\) \(ci\\\.example\\\.com\) — in progress/);
		assert.match(text, /- abcdef0 Mend it — Ada, yesterday/);
		assert.match(text, /- src\\\/pier\\\.ts — \+3 −1/);
		assert.match(text, /- \\#9 Nine/);
	});

	it('leave out what there is not, and say so where it matters', () => {
		const text = page({ detailed: false, size: null });
		assert.doesNotMatch(text, /## (Reviews|Checks|Commits|Files|Linked)/);
		assert.match(text, /\*No description\.\*/);
		assert.match(text, /Only the listing of this pull request is stored so far/);
		assert.match(page({ partial: ['reviews', 'checks'] }), /reviews\\, check runs\. They are retried/);
	});

	it('cut lists that nobody reads to the end', () => {
		const file = (index: number) => ({ path: `f${index}`, additions: 0, deletions: 0, changeType: 'ADDED' });
		const text = page({ files: Array.from({ length: 3_000 }, (_, index) => file(index)) });
		assert.match(text, /## Files \(3,000\)/);
		assert.match(text, /- 2,500 more$/);
	});

	it('let nothing from GitHub be Markdown, HTML, an icon or a command', () => {
		const evil = '<script>alert(1)</script>\n# [x](command:workbench.action.quit) ![](https://evil.example/x.png)\n```\n| a | $(zap) https://evil.example &lt;';
		const text = page({
			title: evil,
			body: evil,
			url: 'command:workbench.action.quit',
			labels: [evil],
			assignees: [evil],
			authorLogin: evil,
			milestoneTitle: evil,
			headRef: evil,
			baseRef: evil,
			reviewRequests: [evil],
			reviews: [{ authorLogin: evil, state: 'APPROVED', submittedAt: evil, body: evil }],
			checks: [{ ...check(evil, 'SUCCESS', '1'), url: 'javascript:alert(1)' }, { ...check('b', evil, '2'), url: 'https://ci.example.com/a>b\n(x)' }],
			commits: [{ oid: evil, message: evil, authorLogin: evil, authorName: evil, authoredAt: evil }],
			files: [{ path: evil, additions: 0, deletions: 0, changeType: evil }],
			linkedIssues: [{ repository: null, number: 1, title: evil }],
		});
		const ours = text
			.replaceAll('[b](<https://ci.example.com/a%3Eb(x)>)', '')
			.replace(/^(> |#+ |\|.*?\| |\| --- \| --- \|)/gm, (mark) => mark.replace(/./g, ' '))
			.replace(/ \|$/gm, '');
		// Whatever could begin something is behind a backslash.
		assert.doesNotMatch(ours, /(?<!\\)[<\[`$&]/);
		assert.doesNotMatch(text, /\((command|javascript):/);
		assert.equal(text.split('\n').filter((one) => one.startsWith('# ')).length, 1);
	});
});

describe('a text of several lines', () => {
	it('keeps its lines, its blank lines and its indents', () => {
		assert.equal(textBlock('a\r\nb\n\n\n\n    code\n\tc'), 'a\\\nb\n\n\u00a0\u00a0\u00a0\u00a0code\\\n\u00a0\u00a0\u00a0\u00a0c');
	});

	it('makes no heading, list or rule of a line', () => {
		for (const line of ['# a', '- a', '1. a', '---', '===', '> a', '    a', '```', '~~~', '<b>', '* * *', '+ a', '1) a']) {
			assert.doesNotMatch(textBlock(line), /^(#|-|\d+[.)]|=|>| {4}|`|~|<|\*|\+)/, line);
		}
	});
});
