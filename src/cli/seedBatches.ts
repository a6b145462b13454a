import { nameWithOwner, repositoryKey, type RepositoryRef } from '../core/model/repository';
import type { Project } from '../core/projects/project';
import { dateWindow, type SeedOptions } from '../core/sync/seedOptions';
import { maximum, numberOption, type Options } from './arguments';
import { asUsageError, type Endpoint } from './endpoint';
import { UsageError } from './usageError';

/** Repositories that are seeded with the same options. */
export interface SeedBatch {
	refs: RepositoryRef[];
	options: SeedOptions;
}

/**
 * The repositories that were named and those of the projects, in this order. One that stands in several places is
 * seeded once, unless its options differ: then it is seeded with each of them.
 * @param warn told of what is on another host: the token goes only where the options say
 * @throws UsageError when a project has nothing on the endpoint's host, or an option is wrong
 */
export function seedBatches(
	refs: RepositoryRef[],
	projects: readonly Project[],
	{ options, endpoint, now, warn }: { options: Options; endpoint: Endpoint; now: number; warn: (text: string) => void },
): SeedBatch[] {
	const asked = [
		...(refs.length > 0 ? [{ refs, options: { ...seedOptions(options, now), ...(refreshesWhatIsStored(options) && { keepExtent: true }) } }] : []),
		...projects.map((project) => ({ refs: reachable(project, endpoint, warn), options: seedOptions(options, now, project.options) })),
	];
	const seen = new Set<string>();
	const isNew = (ref: RepositoryRef, batch: SeedBatch) => {
		const key = `${repositoryKey(ref)} ${JSON.stringify(batch.options)}`;
		return !seen.has(key) && seen.add(key);
	};
	return asked.map((batch) => ({ ...batch, refs: batch.refs.filter((ref) => isNew(ref, batch)) })).filter((batch) => batch.refs.length > 0);
}

/** A refresh of a part stays one, unless it was said how much to take: that would fetch what nobody asked for. */
function refreshesWhatIsStored({ refresh, ...options }: Options): boolean {
	return refresh === true && (['max-prs', 'since', 'until', 'days-back', 'all-open'] as const).every((name) => options[name] === undefined);
}

/**
 * What `seed` and `verify` are asked to do.
 * @param defaults what holds where nothing was typed; a typed day takes the place of the whole period
 * @throws UsageError
 */
export function seedOptions(options: Options, now: number, defaults: SeedOptions = {}): SeedOptions {
	const { since, until, refresh, clear } = options;
	const daysBack = numberOption('days-back', options);
	const maxPullRequests = options['max-prs'] === undefined ? defaults.maxPullRequests : maximum('max-prs', options['max-prs']);
	const typed = { ...(since !== undefined && { since }), ...(until !== undefined && { until }), ...(daysBack !== undefined && { daysBack }) };
	const period = Object.keys(typed).length > 0 ? asUsageError(() => dateWindow(typed, now)) : defaults.since === undefined ? {} : { since: defaults.since };
	return {
		...period,
		...(maxPullRequests !== undefined && { maxPullRequests }),
		...((options['all-open'] ?? defaults.allOpen) === true && { allOpen: true }),
		refresh: refresh === true,
		clear: clear === true,
		noCache: options['no-cache'] === true,
		checkRuns: options['no-check-runs'] !== true && defaults.checkRuns !== false,
		waitForReset: options['no-wait'] !== true,
	};
}

function reachable({ name, repositories }: Project, { host }: Endpoint, warn: (text: string) => void): RepositoryRef[] {
	const here = repositories.filter((ref) => ref.host === host);
	const elsewhere = repositories.find((ref) => ref.host !== host);
	if (elsewhere === undefined) {
		return here;
	}
	const hint = `this command talks to ${host}. Add --host ${elsewhere.host}`;
	if (here.length === 0) {
		throw new UsageError(`The repositories of project "${name}" are on ${elsewhere.host}, but ${hint}.`);
	}
	for (const ref of repositories) {
		if (ref.host !== host) {
			warn(`Left out ${nameWithOwner(ref)} of project "${name}": it is on ${ref.host}, but this command talks to ${host}. Run it again with --host ${ref.host}.`);
		}
	}
	return here;
}
