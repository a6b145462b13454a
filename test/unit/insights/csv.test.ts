import assert from 'node:assert/strict';
import { csvText } from '../../../src/core/insights/csv';

describe('CSV', () => {
	it('ends rows with CRLF, begins with the mark of UTF-8, and quotes what needs it', () => {
		assert.equal(csvText([['Person', 'Total'], ['a,"b"\nc', 3]]), '\ufeffPerson,Total\r\n"a,""b""\nc",3\r\n');
		assert.equal(csvText([]), '\ufeff');
	});

	it('lets no cell be a formula', () => {
		const attacks = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', "=cmd|' /C calc'!A0"];
		for (const attack of attacks) {
			const cell = csvText([[attack]]).slice(1, -2).replace(/^"|"$/g, '');
			assert.ok(cell.startsWith("'"), JSON.stringify(cell));
		}
		assert.equal(csvText([['a-b', 'x=1', -1, 'it’s']]), '\ufeffa-b,x=1,-1,it’s\r\n');
	});
});
