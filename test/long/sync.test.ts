import { checkHistories } from '../unit/sync/property';

describe('random histories', () => {
	it('end with the server\'s state (2,000 of them), and lose nothing that was right', async function () {
		this.timeout(3_600_000);
		await checkHistories(2_000);
	});
});
