import { CancelledError } from '../../core/model/humanError';
import { nameWithOwner, repositoryKey, type RepositoryRef } from '../../core/model/repository';
import type { Project } from '../../core/projects/project';
import type { SeedOptions } from '../../core/sync/seedOptions';
import type { RepositoryReport } from '../../core/sync/seedReport';
import { errorText } from '../format/errorText';
import { formatNumber, type Localizer } from '../format/localizer';

/** One repository that is to be seeded. */
export interface SeedJob {
	ref: RepositoryRef;
	options: SeedOptions;
}

/** How several seeds ended. */
export interface SeedOutcome {
	reports: RepositoryReport[];
	failures: { ref: RepositoryRef; error: unknown }[];
	/** A person stopped it; what came after was not begun. */
	isCancelled: boolean;
	total: number;
}

/** The repositories of projects with the options of each. One that stands in several is there once for each set of options. */
export function seedJobs(projects: readonly Project[]): SeedJob[] {
	const jobs = projects.flatMap(({ repositories, options }) => repositories.map((ref) => ({ ref, options })));
	return [...new Map(jobs.map((job) => [`${repositoryKey(job.ref)} ${JSON.stringify(job.options)}`, job])).values()];
}

/**
 * Seeds one after the other; one that fails does not stop the others. Never rejects.
 * @param endsHost whether after this error nothing else on that host could be read: it is then not asked again
 */
export async function seedInTurn(
	jobs: readonly SeedJob[],
	{ run, endsHost }: { run: (job: SeedJob) => Promise<RepositoryReport>; endsHost: (error: unknown) => boolean },
): Promise<SeedOutcome> {
	const outcome: SeedOutcome = { reports: [], failures: [], isCancelled: false, total: jobs.length };
	const closed = new Map<string, unknown>();
	for (const job of jobs) {
		const { ref } = job;
		try {
			if (closed.has(ref.host)) {
				throw closed.get(ref.host);
			}
			outcome.reports.push(await run(job));
		} catch (error) {
			if (error instanceof CancelledError) {
				return { ...outcome, isCancelled: true };
			}
			outcome.failures.push({ ref, error });
			if (endsHost(error)) {
				closed.set(ref.host, error);
			}
		}
	}
	return outcome;
}

/** One sentence or two about how it ended. @param title what was seeded */
export function outcomeText(title: string, { reports, failures, isCancelled, total }: SeedOutcome, l10n: Localizer): string {
	const done = formatNumber(reports.length, l10n);
	const all = formatNumber(total, l10n);
	const reasons = failures.map(({ ref, error }) => `${nameWithOwner(ref)}: ${errorText(error, l10n)}`);
	if (isCancelled) {
		return [l10n.t('{0}: stopped, {1} of {2} repositories are up to date. What was fetched is kept.', title, done, all), ...reasons].join(' ');
	}
	if (failures.length > 0) {
		return [l10n.t('{0}: {1} of {2} repositories are up to date.', title, done, all), ...reasons].join(' ');
	}
	return total === 1 ? l10n.t('{0}: 1 repository is up to date', title) : l10n.t('{0}: {1} repositories are up to date', title, all);
}
