import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import fc from 'fast-check';
import { detailsMarkdown } from '../../../src/host/details/detailsMarkdown';
import { english } from './english';
import { check, detailOf } from './rows';

/** What the editor's own Markdown preview is made of; it comes with the packaging tool. */
interface MarkdownIt {
	new (options: { html: boolean; linkify: boolean }): { render(text: string): string };
}

const EVIL = [
	'<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '[x](command:workbench.action.quit)', '![x](https://evil.example/pixel.png)', '<command:quit>',
	'```\n# out\n```', '\n\n# heading', '</td></table><b>', '| a | b |\n|---|---|', '> quote', '&lt;b&gt;', '[ref]: https://evil.example', '[ref]', 'https://evil.example',
	'javascript:alert(1)', '\\', '`', '*', '_', '~~', '\u202e', '$(zap)', '\r', '\n', '    code', '-', '1.', '<!--', ']]>', 'a',
];

describe('the page of a hostile pull request', () => {
	let render: (text: string) => string;

	before(function () {
		try {
			const Markdown = createRequire(join(process.cwd(), 'package.json'))('markdown-it') as MarkdownIt;
			const markdown = new Markdown({ html: true, linkify: true });
			render = (text) => markdown.render(text);
		} catch {
			this.skip();
		}
	});

	it('has no tag and no address of its making', () => {
		const hostile = fc.array(fc.constantFrom(...EVIL), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
		fc.assert(
			fc.property(hostile, hostile, hostile, (one, two, three) => {
				const html = render(
					detailsMarkdown(
						detailOf({
							title: one,
							body: two,
							labels: [three],
							assignees: [one],
							authorLogin: two,
							milestoneTitle: three,
							headRef: one,
							baseRef: two,
							url: 'https://github.com/octo/harbor/pull/12',
							reviews: [{ authorLogin: one, state: 'COMMENTED', submittedAt: null, body: `${two}${three}` }],
							checks: [{ ...check(three, 'SUCCESS', '1'), url: `https://ci.example/${encodeURI(one)}` }, { ...check(one, 'SUCCESS', '2'), url: 'javascript:alert(1)' }],
							commits: [{ oid: 'abcdef0', message: one, authorLogin: two, authorName: three, authoredAt: '2026-01-04T10:00:00Z' }],
							files: [{ path: two, additions: 1, deletions: 1, changeType: 'ADDED' }],
							linkedIssues: [{ repository: null, number: 9, title: three }],
						}),
						Date.parse('2026-01-05T10:00:00Z'),
						english,
					),
				);
				const tags = new Set([...html.matchAll(/<\/?([a-z0-9!-]+)/gi)].map(([, name]) => name));
				const ours = new Set(['h1', 'h2', 'p', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'strong', 'em', 'ul', 'li', 'a', 'blockquote', 'br', 'code']);
				assert.deepEqual([...tags].filter((name) => !ours.has(name ?? '')), [], html);
				const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address ?? '');
				assert.deepEqual(addresses.filter((address) => !address.startsWith('https://github.com/octo/') && !address.startsWith('https://ci.example/')), [], html);
			}),
			{ numRuns: 500 },
		);
	});
});
