import { faultMatrix } from '../../long/faultMatrix';

describe('some signals at every request of a small seed', function () {
	this.timeout(120_000);

	it('lose nothing', () => faultMatrix(25, ['401', '200 RATE_LIMITED', 'reset half-way', 'data null', 'nodes withheld', 'redirect away']));
});
