import { mutated } from '../../mutations/mutated';
import { MUTATIONS } from '../../mutations/mutations';

describe('the faults that random histories have to find', () => {
	it('can all be put back into the code as it is', async () => {
		for (const mutation of MUTATIONS) {
			await mutated(mutation);
		}
	});
});
