import type { Command } from '../command';
import { endpointOfCommand } from '../endpoint';
import { seedOptions } from '../seedBatches';
import { EMPTY_SEED_DOCUMENT } from '../seedDocument';
import { runSeed } from '../seedRun';
import { onlyRepository } from '../storedRepository';

export const verifyCommand: Command = {
	name: 'verify',
	synopsis: 'OWNER/REPO',
	summary: 'compare everything stored with GitHub, to find what vanished without a trace',
	options: ['no-check-runs', 'no-wait', 'log'],
	emptyDocument: EMPTY_SEED_DOCUMENT,
	run: (invocation) => {
		const { words, options } = invocation;
		const endpoint = endpointOfCommand(invocation);
		const refs = [onlyRepository('verify', words, endpoint)];
		return runSeed(invocation, endpoint, [{ refs, options: { ...seedOptions(options, Date.now()), verify: true, keepExtent: true } }]);
	},
};
