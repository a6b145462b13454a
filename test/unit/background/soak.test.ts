import { Random } from '../../github-server/random';
import { soak } from './soak';

describe('three hours of background sync in two windows', () => {
	it('cost what the arithmetic says, and leave nothing stale', async function () {
		await soak({ count: 5, rounds: 12, random: new Random(1) });
	});
});
