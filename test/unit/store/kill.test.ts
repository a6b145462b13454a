import { checkKills } from './kills';

describe('a process that is killed while it seeds and saves', () => {
	it('leaves a whole database, and the next run completes it (5 of them)', async function () {
		this.timeout(180_000);
		await checkKills(5, Date.now());
	});
});
