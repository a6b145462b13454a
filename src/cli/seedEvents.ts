import { networkCode } from '../core/github/errors';
import type { RateBudget } from '../core/github/rateBudget';
import { nameWithOwner, type RepositoryRef } from '../core/model/repository';
import type { RepositoryFailure, RepositoryReport, SeedProgress } from '../core/sync/seedReport';
import type { EventLog } from './eventLog';
import { exitCodeOf } from './exitCode';
import type { LowBudget } from './lowBudget';
import { withMessages } from './seedDocument';
import { reservations } from './seedText';

/** A phase that goes on is told of so seldom. */
const PROGRESS_MS = 5_000;

/** Tells of a seed event by event. */
export class SeedEvents {
	private step = '';
	private toldAt = -Infinity;

	constructor(
		private readonly log: EventLog,
		private readonly budget: RateBudget,
		private readonly now: () => number = Date.now,
	) {}

	started(refs: readonly RepositoryRef[], { host, proxy, storage }: { host: string; proxy: string | undefined; storage: string }): void {
		this.log.write('info', 'started', { repositories: refs.map(nameWithOwner), host, proxy, storage, pid: process.pid });
	}

	/** A new phase at once, the same one now and then. */
	progress({ nameWithOwner: repository, phase, done, total, pausedUntil, pauseReason }: SeedProgress): void {
		const now = this.now();
		if (pausedUntil !== undefined) {
			this.log.write('info', 'waiting', { repository, until: new Date(pausedUntil).toISOString(), waitMs: Math.max(0, pausedUntil - now), reason: pauseReason });
			return;
		}
		const step = `${repository} ${phase}`;
		if (step === this.step && now - this.toldAt < PROGRESS_MS) {
			return;
		}
		this.step = step;
		this.toldAt = now;
		this.log.write('info', 'progress', { repository, phase, done, total, pointsLeft: this.budget.current.graphql?.remaining });
	}

	/** One repository is over: with its report, or with what stopped it. */
	ended(end: RepositoryReport | RepositoryFailure, message: (failure: RepositoryFailure) => string): void {
		if ('error' in end) {
			const { nameWithOwner: repository, error, resumable } = end;
			this.log.write(resumable ? 'warn' : 'error', 'failed', {
				repository,
				class: error.name,
				cause: networkCode(error),
				message: message(end),
				resumable,
				exitStatus: exitCodeOf(error),
			});
			return;
		}
		const { nameWithOwner: repository, ...figures } = end;
		const isWhole = end.pending.length + end.unreadable.length === 0;
		// Told each on its own, or --quiet would leave out with the figures what keeps them from being believed.
		for (const message of reservations(end)) {
			this.log.write('warn', 'note', { repository, message });
		}
		this.log.write(isWhole ? 'info' : 'warn', 'done', { repository, ...withMessages(figures) });
	}

	/** Fewer points are left than the threshold says. */
	low({ resource, threshold, limit: { remaining, limit, resetAt } }: LowBudget): void {
		this.log.write('warn', 'budget', { resource, remaining, limit, resetAt, threshold });
	}

	/** Those behind one that ended the run. */
	skipped(repositories: readonly string[]): void {
		for (const repository of repositories) {
			this.log.write('warn', 'skipped', { repository });
		}
	}
}
