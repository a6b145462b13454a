import { checkKills } from '../unit/store/kills';

describe('a process that is killed while it seeds and saves', () => {
	it('leaves a whole database, and the next run completes it (200 of them)', async function () {
		this.timeout(3_600_000);
		await checkKills(200, Date.now());
	});
});
