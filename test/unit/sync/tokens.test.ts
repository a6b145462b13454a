import { FEW } from '../../long/tokenCases';
import { runTokenCase } from '../../long/tokenMatrix';

describe('some kinds of tokens, with some permissions missing', function () {
	this.timeout(60_000);

	for (const one of FEW) {
		it(`${one.kind}, ${one.has}`, () => runTokenCase(one, { requests: new Map(), gaps: {} }));
	}
});
