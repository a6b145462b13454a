import { checkTwoProcesses } from '../unit/store/twoProcesses';

describe('two processes over one storage folder', () => {
	it('lose nothing, and never sync one repository both (20 rounds)', async function () {
		this.timeout(1_200_000);
		await checkTwoProcesses(20, Date.now());
	});
});
