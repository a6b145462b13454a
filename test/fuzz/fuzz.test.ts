import { fuzzBodies } from './bodies';
import { fuzzFiles } from './files';
import { fuzzStorage } from './storage';

/** Another seed gives other data: `FUZZ_SEED=7 npm run test:fuzz`. */
const seed = Number(process.env['FUZZ_SEED'] ?? 1);

describe(`fuzzing, seed ${seed}`, function () {
	this.timeout(3_600_000);

	it('10,000 answers', async () => console.table(await fuzzBodies(10_000, seed)));
	it('2,000 storage folders', async () => console.table(await fuzzStorage(2_000, seed)));
	it('2,000 files', async () => console.table(await fuzzFiles(2_000, seed)));
});
