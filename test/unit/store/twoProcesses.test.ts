import { checkTwoProcesses } from './twoProcesses';

describe('two processes over one storage folder', () => {
	it('lose nothing, and never sync one repository both (3 rounds)', async function () {
		this.timeout(120_000);
		await checkTwoProcesses(3, Date.now());
	});
});
