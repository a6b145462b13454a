import { FEW } from '../../long/tokenCases';
import { runTokenCase } from '../../long/tokenMatrix';

describe('some kinds of tokens, with some permissions missing', function () {
	for (const one of FEW) {
		it(`${one.kind}, ${one.has}`, () => runTokenCase(one, { requests: new Map(), gaps: {} }));
	}
});
