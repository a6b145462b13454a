import { UnauthorizedError } from '../core/github/errors';
import type { RateBudget } from '../core/github/rateBudget';
import { CancelledError, HumanError } from '../core/model/humanError';
import type { RepositoryRef } from '../core/model/repository';
import type { SeedService } from '../core/seedService';
import type { RepositoryFailure, RepositoryReport, SeedProgress, SeedReport } from '../core/sync/seedReport';
import { cancellable } from './cancellation';
import type { Invocation } from './command';
import { credentialsOf, type Endpoint } from './endpoint';
import { exitCodeOfReport, type ExitCode } from './exitCode';
import { lowText, watchBudget } from './lowBudget';
import { counted, numberText } from './measures';
import type { Output } from './output';
import { proxyOf, type Proxy } from './proxy';
import type { SeedBatch } from './seedBatches';
import { failureMessage, notStarted, seedDocument } from './seedDocument';
import { SeedEvents } from './seedEvents';
import { repositoryText, reservations } from './seedText';
import { withOpeningSession, type Session } from './session';

/** Seeds the repositories, shows how far it is, and tells how it ended: the common part of `seed` and `verify`. */
export async function runSeed(invocation: Invocation, endpoint: Endpoint, batches: readonly SeedBatch[]): Promise<ExitCode> {
	const { output, env } = invocation;
	const refs = batches.flatMap((batch) => batch.refs);
	// Before anything is opened: without a token there is nothing to do.
	const credentials = credentialsOf(endpoint, env);
	const proxy = proxyOf(new URL(endpoint.apiUrl), env);
	return withOpeningSession(invocation, async (session) => {
		const { storage } = session;
		// While GitHub is asked: the one takes the processor, the other the network.
		const ready = openToWrite(session, refs);
		const seeder = session.service(undefined, proxy && (await tunnelTo(proxy)));
		const budget = seeder.budget(credentials);
		const events = output.events && new SeedEvents(output.events, budget);
		const messageOf = (failure: RepositoryFailure) => failureMessage(failure, { endpoint, storage });
		const watch = watchBudget(budget, (low) => (events ? events.low(low) : output.warn(lowText(low))));
		events?.started(refs, { host: endpoint.host, proxy: proxy?.url.host, storage });
		const hasRead = new Set<string>();
		const report = await cancellable(
			(signal) =>
				seedAll(seeder, batches, {
					credentials: () => Promise.resolve(credentials),
					onProgress: (progress) => {
						if (progress.phase === 'details') {
							hasRead.add(progress.nameWithOwner);
						}
						const again = hasRead.has(progress.nameWithOwner);
						events?.progress(progress);
						output.progress(progressText(progress, again, budget), `${progress.nameWithOwner} ${progress.phase}`);
					},
					onEnd: (end) => events?.ended(end, messageOf),
					signal,
					ready,
				}),
			() => {
				session.store.hurry();
				output.warn('Stopping. What was fetched stays stored; press Ctrl+C again to end at once.');
			},
		);
		watch.dispose();
		output.endProgress();
		// Nothing was done then, and that is one failure, not one of each repository.
		await ready;
		report.repositories.forEach((repository) => tell(repository, output));
		if (events) {
			events.skipped(notStarted(report, refs));
		} else {
			report.failures.forEach((failure) => output.warn(`${failure.nameWithOwner}: ${messageOf(failure)}`));
			summarize(report, refs, output.warn.bind(output));
		}
		const status = exitCodeOfReport(report);
		await output.document(seedDocument(report, { refs, endpoint, storage, status }));
		return status;
	});
}

/** What a person should know of what is stored reaches them also where the rest is left out; an event log has it already. */
function tell(report: RepositoryReport, output: Output): void {
	output.note(repositoryText(report));
	if ((output.quiet || output.json) && !output.events) {
		reservations(report).forEach((line) => output.warn(`${report.nameWithOwner}: ${line}`));
	}
}

/** Loaded where there is a proxy alone. */
async function tunnelTo(proxy: Proxy): Promise<typeof globalThis.fetch> {
	const { fetchThrough } = await import('./tunnel');
	return fetchThrough(proxy);
}

/** @throws HumanError when the database can be read only */
async function openToWrite({ open, store }: Session, refs: RepositoryRef[]): Promise<void> {
	await open(refs);
	if (store.readOnlyReason !== undefined) {
		throw new HumanError(store.readOnlyReason);
	}
}

type SeedContext = Parameters<SeedService['seed']>[2];

/** One batch after the other; what ends one, ends all. */
async function seedAll(seeder: SeedService, batches: readonly SeedBatch[], context: SeedContext): Promise<SeedReport> {
	const all: SeedReport = { repositories: [], failures: [], rateLimit: { graphql: null, rest: null } };
	for (const { refs, options } of batches) {
		const { repositories, failures, rateLimit } = await seeder.seed(refs, options, context);
		all.repositories.push(...repositories);
		all.failures.push(...failures);
		all.rateLimit = rateLimit;
		if (failures.some(({ error }) => error instanceof CancelledError || error instanceof UnauthorizedError)) {
			break;
		}
	}
	return all;
}

function summarize(report: SeedReport, refs: readonly RepositoryRef[], warn: (text: string) => void): void {
	if (refs.length === 1 || report.failures.length === 0) {
		return;
	}
	const failed = report.failures.map(({ nameWithOwner }) => nameWithOwner).join(', ');
	const skipped = notStarted(report, refs);
	warn(
		`${report.failures.length} of ${counted(refs.length, 'repository', 'repositories')} failed: ${failed}.` +
			(skipped.length > 0 ? ` Not started: ${skipped.join(', ')}.` : ''),
	);
}

const PHASES: Record<SeedProgress['phase'], string> = {
	probing: 'looking for changes',
	listing: 'listing pull requests',
	details: 'reading details',
	checks: 'reading check runs',
	verifying: 'verifying',
	waiting: 'waiting',
};

/** @param again pull requests have been read already: looking for changes now is for those made meanwhile */
function progressText(progress: SeedProgress, again: boolean, budget: RateBudget): string {
	const { nameWithOwner, phase, done, total, pausedUntil, pauseReason } = progress;
	if (pausedUntil !== undefined) {
		return `${nameWithOwner}: paused until ${new Date(pausedUntil).toTimeString().slice(0, 8)}${pauseReason === undefined ? '' : ` (${pauseReason})`}`;
	}
	const share = total > 0 ? ` ${numberText(done)} of ${numberText(total)}` : '';
	const left = budget.current.graphql?.remaining;
	const doing = phase === 'probing' && again ? 'checking for changes since' : PHASES[phase];
	return `${nameWithOwner}: ${doing}${share}${left === undefined ? '' : ` · ${counted(left, 'point')} left`}`;
}
