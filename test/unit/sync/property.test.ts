import { checkHistories, givenHistories } from './property';

describe('random histories', () => {
	it('end with the server\'s state (the same 60 each time), and lose nothing that was right', async function () {
		this.timeout(3_600_000);
		// The same each time, so that only a change of the code can fail them; the long run plays others.
		await checkHistories(...givenHistories(process.env, 60, { seed: 60 }));
	});
});
