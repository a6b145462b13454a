import { checkHistories } from '../unit/sync/property';

describe('random histories', () => {
	it('end with the server\'s state (1,000 of them)', async function () {
		this.timeout(3_600_000);
		await checkHistories(1_000);
	});
});
