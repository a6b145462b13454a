import assert from 'node:assert/strict';
import { Output } from '../../src/cli/output';

/** No string of Node's is longer, in characters. https://nodejs.org/api/buffer.html#bufferconstantsmax_string_length */
const LONGEST = 0x1fffffe8;
const MEGABYTE = 1024 * 1024;

describe('a result that is longer than any string can be', () => {
	const rows = Array.from({ length: Math.ceil(LONGEST / MEGABYTE) + 1 }, (_, i) => [i, 'x'.repeat(MEGABYTE)] as const);

	it('is written as a document', async () => {
		let written = 0;
		const write = (text: string, done?: () => void) => {
			written += text.length;
			done?.();
		};
		await new Output({ out: { write }, error: { write: () => undefined } }, { json: true, quiet: false }).document({ columns: ['n', 'text'], rows });
		assert.ok(written > LONGEST);
	});
});
