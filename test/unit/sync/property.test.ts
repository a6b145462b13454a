import { checkHistories, givenHistories } from './property';

describe('random histories', () => {
	it('end with the server\'s state (60 of them), and lose nothing that was right', async function () {
		this.timeout(3_600_000);
		await checkHistories(...givenHistories(process.env, 60));
	});
});
