import type { Command } from '../command';
import { endpointOfCommand, repositoriesOf } from '../endpoint';
import { askedProjects } from '../projectsFile';
import { seedBatches } from '../seedBatches';
import { EMPTY_SEED_DOCUMENT } from '../seedDocument';
import { runSeed } from '../seedRun';
import { UsageError } from '../usageError';

export const seedCommand: Command = {
	name: 'seed',
	synopsis: 'OWNER/REPO… [--project NAME]',
	summary: 'bring repositories up to date: GitHub → cache → database',
	options: ['project', 'all-projects', 'projects', 'max-prs', 'all-open', 'since', 'until', 'days-back', 'refresh', 'no-cache', 'clear', 'no-check-runs', 'no-wait', 'log'],
	emptyDocument: EMPTY_SEED_DOCUMENT,
	run: async (invocation) => {
		const { words, options, output } = invocation;
		const endpoint = endpointOfCommand(invocation);
		const refs = repositoriesOf(words, endpoint);
		const projects = await askedProjects(invocation);
		const batches = seedBatches(refs, projects, { options, endpoint, now: Date.now(), warn: (text) => output.warn(text) });
		if (batches.length === 0) {
			throw new UsageError('Which repository? Write pr-seeder seed OWNER/REPO, or seed --project NAME.');
		}
		return runSeed(invocation, endpoint, batches);
	},
};
