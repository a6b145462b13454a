import { faultMatrix } from '../../long/faultMatrix';

describe('some signals at every request of a small seed', function () {
	this.timeout(120_000);

	it('lose nothing when they come once', () => faultMatrix(25, ['401', '200 RATE_LIMITED', 'reset half-way', 'data null', 'nodes withheld', 'redirect away']));

	it('lose nothing when they stay', () => faultMatrix(25, ['429', '502 HTML', 'truncated', 'data null', 'nodes withheld'], Infinity));
});
