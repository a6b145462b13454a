import { fuzzBodies } from '../../fuzz/bodies';
import { fuzzFiles } from '../../fuzz/files';
import { fuzzStorage } from '../../fuzz/storage';

describe('some of the fuzzing', function () {
	this.timeout(180_000);

	it('200 answers that are not what they should be', () => fuzzBodies(200));
	it('100 storage folders that somebody has prepared', () => fuzzStorage(100));
	it('50 files that hold something else', () => fuzzFiles(50));
});
