import { dateWindow, type SeedOptions } from '../../core/sync/seedOptions';
import { wholeNumber, type Options } from '../arguments';
import type { Command } from '../command';
import { asUsageError, endpointOf, repositoriesOf } from '../endpoint';
import { EMPTY_SEED_DOCUMENT } from '../seedDocument';
import { runSeed } from '../seedRun';
import { UsageError } from '../usageError';

export const seedCommand: Command = {
	name: 'seed',
	synopsis: 'OWNER/REPO…',
	summary: 'bring repositories up to date: GitHub → cache → database',
	options: ['project', 'max-prs', 'since', 'until', 'days-back', 'refresh', 'no-cache', 'clear', 'no-check-runs', 'no-wait'],
	emptyDocument: EMPTY_SEED_DOCUMENT,
	run: (invocation) => {
		const { words, options } = invocation;
		if (options.project !== undefined) {
			throw new UsageError(`There is no project "${options.project}": this version knows no projects yet. Name the repositories instead.`);
		}
		if (words.length === 0) {
			throw new UsageError('Which repository? Write pr-seeder seed OWNER/REPO.');
		}
		const endpoint = endpointOf({ host: options.host, apiUrl: options['api-url'] });
		return runSeed(invocation, endpoint, repositoriesOf(words, endpoint), seedOptions(options, Date.now()));
	},
};

/** What `seed` and `verify` are asked to do. @throws UsageError */
export function seedOptions(options: Options, now: number): SeedOptions {
	const { since, until, refresh, clear } = options;
	const daysBack = options['days-back'] === undefined ? undefined : wholeNumber('days-back', options['days-back']);
	const maxPullRequests = options['max-prs'] === undefined ? undefined : wholeNumber('max-prs', options['max-prs']);
	return {
		...asUsageError(() =>
			dateWindow(
				{ ...(since !== undefined && { since }), ...(until !== undefined && { until }), ...(daysBack !== undefined && { daysBack }) },
				now,
			),
		),
		...(maxPullRequests !== undefined && { maxPullRequests }),
		refresh: refresh === true,
		clear: clear === true,
		noCache: options['no-cache'] === true,
		checkRuns: options['no-check-runs'] !== true,
		waitForReset: options['no-wait'] !== true,
	};
}
