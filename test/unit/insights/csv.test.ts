import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csvRows, csvText } from '../../../src/core/insights/csv';

const DANGEROUS = /^[\s\u0000-\u001f\u202e]*[=+\-@＝＋－＠]|^[\t\r\n]/u;

/** As spreadsheets read it: quotes count where a cell begins, what follows the closing one is text as it stands. */
function cellsOf(text: string, separator: string): string[] {
	const cells: string[] = [];
	for (let at = 0; at < text.length; at++) {
		let cell = '';
		if (text[at] === '"') {
			for (at++; at < text.length && (text[at] !== '"' || text[at + 1] === '"'); at++) {
				cell += text[at] ?? '';
				if (text[at] === '"') at++;
			}
			at++;
		}
		while (at < text.length && text[at] !== separator && text[at] !== '\r' && text[at] !== '\n') cell += text[at++] ?? '';
		if (text[at] === '\r' && text[at + 1] === '\n') at++;
		cells.push(cell);
	}
	return cells;
}

/** What nobody sees; some readers of CSV take it away. */
const HIDDEN = ['\u0085', '\u009b', '\u200b', '\u034f', '\ufe0f', '\u00ad', '\u{e0041}', '\u2800', '\u115f', '\u17b4', '\u{e0100}'];

describe('CSV', () => {
	it('lets no cell be one behind what nobody sees, whatever separates cells', () => {
		for (const sign of HIDDEN) assert.equal(csvRows([[`a;${sign}=1`]]), `"a;${sign}'=1"\r\n`);
	});

	it('ends rows with CRLF, begins with the mark of UTF-8, and quotes every text', () => {
		assert.equal(csvText([['Person', 'Total'], ['a,"b"\nc', 3], ['', true]]), '\ufeff"Person","Total"\r\n"a,""b""\nc",3\r\n,true\r\n');
		assert.equal(csvText([]), '\ufeff');
	});

	it('lets no cell be a formula', () => {
		const attacks = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', "=cmd|' /C calc'!A0", ...HIDDEN.map((sign) => `${sign}=1`)];
		for (const attack of attacks) {
			const cell = csvText([[attack]]).slice(1, -2).replace(/^"|"$/g, '');
			assert.ok(cell.startsWith("'"), JSON.stringify(cell));
		}
		assert.equal(csvText([['a-b', 'x=1', -1, 'it’s']]), '\ufeff"a-b","x=1",-1,"it’s"\r\n');
	});

	it('lets no cell be a formula to whoever reads other separators', () => {
		const texts = ['cmd;=1+1', 'a; -b; +c', 'a\t@SUM(A1)', 'a\n=1', 'a;"=1+1"', 'a;"" =1', 'a;\u0001=1', 'a;\u202e=1', 'a;＝1', 'a;\tb', ';=1;=2', '=1;=2'];
		for (const text of texts) {
			for (const separator of [',', ';', '\t']) {
				for (const cell of cellsOf(csvRows([['first', text, 'last'], [text]]), separator)) assert.doesNotMatch(cell, DANGEROUS, JSON.stringify([text, separator]));
			}
		}
		assert.equal(csvRows([['cmd;=1+1']]), '"cmd;\'=1+1"\r\n');
	});

	it('lets no cell be a formula whatever the text', () => {
		const text = fc.array(fc.constantFrom(';', '\t', '\r', '\n', ',', '"', "'", ' ', '=', '+', '-', '@', 'a', '1', '\u0001'), { maxLength: 12 }).map((parts) => parts.join(''));
		fc.assert(
			fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), fc.constantFrom(',', ';', '\t'), (row, separator) => {
				for (const cell of cellsOf(csvRows([['first', ...row, 1]]), separator)) assert.doesNotMatch(cell, DANGEROUS);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('changes nothing else, and takes no time', () => {
		for (const text of ['a; b', 'a, -b', 'fix: x=1; y', "it's", 'a;b-c', 'tides - harbor']) assert.equal(csvRows([[text]]), `"${text}"\r\n`);
		const startedAt = performance.now();
		csvRows([['; '.repeat(100_000), '\n'.repeat(100_000), `;${' '.repeat(100_000)}=`, ';='.repeat(100_000), `;${'"'.repeat(100_000)}`]]);
		assert.ok(performance.now() - startedAt < 2_000);
	});
});
