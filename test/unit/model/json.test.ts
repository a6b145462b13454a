import assert from 'node:assert/strict';
import { parseJson } from '../../../src/core/model/json';

describe('JSON from outside', () => {
	it('that is nested deeper than anything of ours is not read', () => {
		for (const text of ['['.repeat(4_000_000), `${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`, `[${'"\\"[",'.repeat(100_000)}${'['.repeat(101)}${']'.repeat(101)}]`]) {
			assert.throws(() => parseJson(text), /nested too deep/);
		}
	});

	it('that is long and wide is, whatever stands in its texts', () => {
		const value = Array.from({ length: 20_000 }, (_, index) => ({ index, text: `[[[{{{"\\${'['.repeat(index % 7)}\\\\`, list: [[], {}] }));
		assert.deepEqual(parseJson(JSON.stringify(value)), value);
	});

	it('that is none is none', () => {
		assert.throws(() => parseJson('{'), SyntaxError);
		assert.throws(() => parseJson(`"${'x'.repeat(300_000)}`), SyntaxError);
	});
});
