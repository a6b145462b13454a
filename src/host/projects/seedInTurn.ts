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
	failures: { ref: RepositoryRef; error: Error }[];
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
	{ run, endsHost }: { run: (job: SeedJob) => Promise<RepositoryReport>; endsHost: (error: Error) => boolean },
): Promise<SeedOutcome> {
	const outcome: SeedOutcome = { reports: [], failures: [], isCancelled: false, total: jobs.length };
	const closed = new Map<string, Error>();
	for (const job of jobs) {
		const { ref } = job;
		try {
			const known = closed.get(ref.host);
			if (known) {
				throw known;
			}
			outcome.reports.push(await run(job));
		} catch (thrown) {
			const error = thrown instanceof Error ? thrown : new Error(String(thrown));
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
	const reasons = reasonTexts(failures, l10n);
	if (isCancelled) {
		return [l10n.t('{0}: stopped, {1} of {2} repositories are up to date. What was fetched is kept.', title, done, all), ...reasons].join(' ');
	}
	if (failures.length > 0) {
		return [l10n.t('{0}: {1} of {2} repositories are up to date.', title, done, all), ...reasons].join(' ');
	}
	return total === 1 ? l10n.t('{0}: 1 repository is up to date', title) : l10n.t('{0}: {1} repositories are up to date', title, all);
}

/** The one error that kept everything from being done; `undefined` when something was done, or there are several. */
export function onlyError({ reports, failures }: SeedOutcome): Error | undefined {
	const [first, ...others] = failures;
	return reports.length === 0 && others.every(({ error }) => error === first?.error) ? first?.error : undefined;
}

/** `octo/harbor, octo/pier: You are not signed in…`: each reason once. */
function reasonTexts(failures: SeedOutcome['failures'], l10n: Localizer): string[] {
	const names = new Map<string, string[]>();
	for (const { ref, error } of failures) {
		const reason = errorText(error, l10n);
		names.set(reason, [...(names.get(reason) ?? []), nameWithOwner(ref)]);
	}
	return [...names].map(([reason, of]) => `${of.join(', ')}: ${reason}`);
}
