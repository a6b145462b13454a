import { checkHistories } from './property';

describe('random histories', () => {
	it('end with the server\'s state (50 of them)', async function () {
		this.timeout(180_000);
		await checkHistories(50);
	});
});
