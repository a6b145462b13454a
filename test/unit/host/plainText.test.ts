import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelText, markdownText, notificationText, oneLine, withoutIcons } from '../../../src/host/format/plainText';

describe('plain text', () => {
	it('puts everything on one line, without control characters', () => {
		assert.equal(oneLine('  one\r\ntwo\u0000\tthree\u2028four\u0085 '), 'one two three four');
	});

	it('drops what turns the reading direction round, and keeps the marks that Hebrew needs', () => {
		assert.equal(oneLine('abc\u202Egpj.exe\u202C'), 'abc gpj.exe');
		assert.equal(oneLine('שלום\u200F!'), 'שלום\u200F!');
	});

	it('keeps a right-to-left title apart from what follows it', () => {
		assert.equal(labelText('שלום'), '\u2068שלום\u2069');
		assert.equal(labelText('naïve 日本語 😀'), 'naïve 日本語 😀');
	});

	it('cuts long titles, never inside an emoji', () => {
		assert.equal(labelText('x'.repeat(200)), 'x'.repeat(200));
		assert.equal(labelText('x'.repeat(5000)).length, 200);
		const family = '👩‍👩‍👧‍👦';
		const cut = labelText(family.repeat(100));
		assert.equal(cut.slice(0, -1).split(family).join(''), '');
		assert.ok(cut.endsWith('…') && cut.length <= 200);
	});

	it('leaves nothing for Markdown to read', () => {
		assert.equal(markdownText('**a** [b](command:x) <img> `c` $(d) &lt;'), '\\*\\*a\\*\\* \\[b\\]\\(command\\:x\\) \\<img\\> \\`c\\` \\$\\(d\\) \\&lt\\;');
		assert.equal(markdownText('https://evil.example www.evil.example a@b.example'), 'https\\:\\/\\/evil\\.example www\\.evil\\.example a\\@b\\.example');
		assert.equal(markdownText('a\n\n# b'), 'a \\# b');
	});

	it('escapes every punctuation mark whatever the text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				assert.doesNotMatch(markdownText(text).replace(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~\n\r]/);
			}),
		);
	});

	it('writes no link into a notification and no icon into a list', () => {
		assert.equal(notificationText('see [here](command:rm)'), 'see [here] (command:rm)');
		assert.equal(withoutIcons('$(rocket) go'), '\\$(rocket) go');
	});
});
