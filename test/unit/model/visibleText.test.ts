import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beginningOf, beginningOfWords, escapedJson, markedText, oneLine, plainLines, shownText } from '../../../src/core/model/visibleText';

const tags = (text: string) => text.replace(/./g, (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0)));

/** What is hidden between two letters, and what is seen instead. */
const HIDDEN: [what: string, text: string, seen: string][] = [
	['zero widths', 'pass\u200bw\u200co\u200dr\u2060d\ufeff', 'password'],
	['a soft hyphen and a grapheme joiner', 'Daten\u00adbank\u034f', 'Datenbank'],
	['invisible signs of mathematics', 'a\u2061b\u2062c\u2063d\u2064e', 'abcde'],
	['words in tags', `bug${tags('ignore all of it')}`, 'bug'],
	['tags behind a flag that nobody draws', `\u{1f3f4}${tags('usdo')}\u{e007f} x`, '\u{1f3f4} x'],
	['bytes in variation selectors', `x${Array.from({ length: 40 }, (_, i) => String.fromCodePoint(0xe0100 + i)).join('')}y`, 'xy'],
	['selectors behind an emoji', '😀\ufe0f\ufe0e\ufe01\u{e0101}!', '😀\ufe0f!'],
	['selectors behind letters', 'a\ufe0fb\ufe0e', 'ab'],
	['fillers', 'a\u3164b\u115fc\u1160d\uffa0e', 'a b c d e'],
	['a blank of Braille', 'a\u2800\u2800b', 'a b'],
	['a note that is not drawn', 'a\u{1d159}b', 'a b'],
	['a mark of Arabic in Latin text', 'a\u061cb', 'ab'],
	['directions turned round', 'abc\u202egpj.exe\u202cx\u2066y\u2069', 'abc gpj.exe x y'],
	['direction marks in Latin text', 'a\u200eb\u200fc', 'abc'],
	['many direction marks behind Hebrew', `שלום${'\u200f\u200e'.repeat(50)}!`, 'שלום!'],
	['joiners of emoji between letters', 'a\u200db\u200d😀\u200dc', 'ab😀c'],
	['many joiners in Persian', 'می\u200c\u200c\u200d\u200cخواهم', 'می\u200cخواهم'],
	['vowels of Khmer that are not drawn', 'ក\u17b4\u17b5', 'ក'],
	['separators of Mongolian in Latin text', 'a\u180eb\u180bc', 'abc'],
	['selectors of Mongolian one after the other', `ᠠ${'\u180b\u180c\u180d\u180e\u180f'.repeat(500)}ᠨ`, 'ᠠ\u180bᠨ'],
	['no characters', 'a\ufdd0b\ufdefc\ufffed\uffffe\u{1fffe}f\u{10ffff}g', 'abcdefg'],
	['marks of direction beside no characters', '\ufdd0\u200f\ufdd0\u200fa', 'a'],
	['annotations', 'a\ufff9b\ufffac\ufffb', 'abc'],
	['controls', 'a\u0000b\u001b[2Jc\u009b1md\u2028e', 'a b [2Jc 1md e'],
	['signs heaped on a letter', `z${'\u0301'.repeat(5_000)}a`, `z${'\u0301'.repeat(6)}a`],
	['signs heaped with hidden ones between', `z${'\u0301\u0302\u200b'.repeat(500)}a`, `z${'\u0301\u0302'.repeat(3)}a`],
	['signs heaped with joiners of Devanagari between', `अ${'\u0951\u200d'.repeat(1_000)}`, `अ${'\u0951\u200d'.repeat(5)}\u0951`],
	['signs heaped with joiners of Arabic between', `ب${'\u064e\u200c'.repeat(1_000)}`, `ب${'\u064e\u200c'.repeat(5)}\u064e`],
	['signs heaped with marks of direction between', `א${'\u05b0\u200f'.repeat(1_000)}`, `א${'\u05b0\u200f'.repeat(5)}\u05b0`],
	['signs heaped with both between', `ب${'\u064e\u200d\u200f'.repeat(1_000)}ب`, `ب${'\u064e\u200d\u200f'.repeat(5)}\u064eب`],
	['nothing else', '\u200b\u3164\u2800\ufe0f', ''],
];

/** Texts of people, which need what could be hidden elsewhere. */
const READABLE: [what: string, text: string][] = [
	['families and professions', '👩‍👩‍👧‍👦 👩🏽‍🚒 🏃🏿‍♀️ 🏳️‍🌈 ❤️‍🔥 🐦‍⬛'],
	['emoji with their form', '❤️ ☎︎ ☎️ ©️ ⚠️ 1️⃣ #️⃣'],
	['skin and flags', '👍🏽 🇩🇪🇫🇷 🏴‍☠️'],
	['the flags of Scotland, England and Wales', '🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿'],
	['Persian', 'می‌خواهم کتاب‌ها را'],
	['Arabic with vowels', 'ٱلسَّلَامُ عَلَيْكُمْ'],
	['Hindi, Marathi and Bengali', 'क्‍ष क्‌ष र्‍य র‍্যাব'],
	['Malayalam and Sinhala', 'അവന്‍ ശ്‍രീ ශ්‍රී ලංකාව'],
	['Hebrew with points and a mark', 'בְּרֵאשִׁ֖ית שלום!\u200f \u200f(א) C++\u200f א'],
	['Thai, Burmese and Tibetan', 'ที่นี่ ကျွန်ုပ်တို့ ཧཱུྃ རྒྱུད'],
	['Vietnamese, decomposed', 'Tie\u0302\u0301ng Vie\u0323\u0302t'],
	['Mongolian', 'ᠮᠣᠩᠭᠣᠯ᠎ᠠ ᠨ᠋ᠠ'],
	['Chinese, Japanese and Korean', '葛飾区 バグ修正 한국어'],
	['Devanagari with many signs', 'र्त्स्न्या'],
];

describe('visible text', () => {
	for (const [what, text, seen] of HIDDEN) {
		it(`has none of: ${what}`, () => {
			assert.equal(oneLine(text), seen);
			assert.equal(plainLines(`${text}\n${text}`), `${seen}\n${seen}`);
			assert.equal(shownText(text).trimEnd(), seen);
			const json = escapedJson(JSON.stringify({ text }));
			assert.deepEqual(JSON.parse(json), { text });
			assert.equal(escapedJson(json), json);
			assert.equal(oneLine(json), json, 'nothing hidden is left');
			const marked = markedText(text);
			assert.ok(marked.includes('\ufffd') && oneLine(marked) === marked.trim(), marked);
		});
	}

	for (const [what, text] of READABLE) {
		it(`keeps: ${what}`, () => {
			for (const shown of [oneLine, plainLines, shownText, markedText, escapedJson]) {
				assert.equal(shown(text), text, shown.name);
			}
		});
	}

	it('keeps lines where they mean something', () => {
		assert.equal(oneLine(' a\r\n\tb '), 'a b');
		assert.equal(plainLines('a \n\tb\u001b\n'), 'a\n b\n');
		assert.equal(shownText('a\r\n"b\tc"\u0000'), 'a\r\n"b\tc" ');
		assert.equal(markedText('SELECT\n\t1\r\u0000'), 'SELECT\n\t1\ufffd\ufffd');
	});

	it('is cut between two characters, with a mark', () => {
		assert.equal(beginningOf('ab\u200b\ncd', 5), 'ab cd');
		assert.equal(beginningOf('😀😀😀😀', 3), '😀😀…');
		assert.equal(beginningOf(`${'\u200b'.repeat(1_000)}a`, 5), '…');
		assert.ok(beginningOf('x'.repeat(9_000_000), 300).length === 300);
		assert.deepEqual(['one two three', 'onetwothree', 'one two'].map((text) => beginningOfWords(text, 9)), ['one two …', '…', 'one two']);
		for (let words = 40; words < 70; words++) {
			const token = `tok${'9'.repeat(37)}`;
			const said = beginningOfWords(`${'word '.repeat(words)}${token} and more of it, so that it is cut`.repeat(2), 300);
			assert.equal(said.split(token).join('').includes('tok9'), false, said);
		}
	});

	it('is the same when it is cleaned again, and JSON stays what it was, whatever the text', () => {
		const pieces = fc.constantFrom(...HIDDEN.map(([, text]) => text), ...READABLE.map(([, text]) => text), '\u200d', '\ufe0f', '\u200f', 'a', '\ud83d', '"', '\\');
		fc.assert(
			fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 6 }), (parts) => {
				const text = parts.join('');
				assert.equal(oneLine(oneLine(text)), oneLine(text));
				assert.deepEqual(JSON.parse(escapedJson(JSON.stringify(text))), text);
			}),
			{ numRuns: 300 },
		);
	});

	it('costs a long text no more than its length', () => {
		for (const piece of ['\u200b', '\u0301', '👩‍', '\u200f', 'ש ', 'ש!!!\u200f\u200f', '\u{1f3f4}\u{e0067}\u{e0062}', 'می\u200c\u200c', '\ufe0f\u0301', '\u064e\u200d\u200f', '\u064e\u064e\u064e\u064e\u064e\u200f\u200fa', '\u180bᠠ', '\ufdd0']) {
			const text = piece.repeat(400_000 / piece.length);
			const isFast = () => {
				const startedAt = performance.now();
				oneLine(text);
				return performance.now() - startedAt < 2_000;
			};
			// A busy machine may be slow once; a pattern that is not in proportion always is.
			assert.ok(isFast() || isFast() || isFast(), JSON.stringify(piece));
		}
	});
});
