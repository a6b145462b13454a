import { storageError } from '../files/storageError';
import type { RateBudget } from '../github/rateBudget';
import { Emitter } from '../model/event';
import { CancelledError, messageOf } from '../model/humanError';
import { repositoryKey, type RepositoryRef } from '../model/repository';
import { LeaseHeldError } from '../sync/lease';
import type { SeedProgress } from '../sync/seedReport';
import type { BackgroundAccount, BackgroundPorts, BackgroundStatus } from './backgroundPorts';
import { DueTimes } from './dueTimes';
import { LeadHeldError, type Lead } from './lead';
import { Obstacles } from './obstacles';
import { AFTER_RESET_MS, postponementOf } from './postponement';
import { Rest } from './rest';

/** How often a window that does not lead asks whether it can. */
const ASK_AGAIN_MS = 60_000;
/** Why a run was stopped half-way. */
const OVERDRAWN = 'the rest of the points is for the person';

/**
 * Keeps the chosen repositories up to date while somebody is there: each an interval after its last sync, one after the
 * other, in one window at a time. Nothing is thrown or shown: {@link status} says how it stands.
 */
export class BackgroundSync {
	private readonly changed = new Emitter<undefined>();
	private readonly stopping = new AbortController();
	private readonly due: DueTimes;
	private readonly obstacles: Obstacles;
	private role: BackgroundStatus['role'] = 'off';
	private current: { ref: RepositoryRef; progress: SeedProgress | undefined; abort: AbortController } | undefined;
	private nextAt: number | undefined;
	private readonly rest: Rest;
	/** Another one after each {@link reconsider}. */
	private plans = 0;
	private running: Promise<void> | undefined;
	/** What kept it from leading the last time; empty when nothing did. */
	private problem = '';

	/** {@link status} is another now. */
	readonly onDidChange = this.changed.event;

	constructor(private readonly ports: BackgroundPorts) {
		const now = () => ports.clock.now();
		this.due = new DueTimes({ now, lastSyncedAt: ports.lastSyncedAt });
		this.obstacles = new Obstacles(now);
		this.rest = new Rest(ports.clock);
	}

	get status(): BackgroundStatus {
		const { role, current: syncing, nextAt, obstacles } = this;
		return { role, syncing, nextAt, pause: obstacles.pause, failures: obstacles.failures };
	}

	/** Begins, once; rests while nothing is chosen or nobody is there. */
	start(): void {
		this.running ??= this.run();
	}

	/** Ends for good. Resolves once what was fetched is stored and the lead is let go of. */
	async stop(): Promise<void> {
		this.stopping.abort();
		this.wake();
		await this.running;
	}

	/** Somebody may have come: looks at once. */
	wake(): void {
		this.rest.wake();
	}

	/** The plan or the sign-in is another: what was put off is looked at again, and what is no longer wanted ends. */
	reconsider(): void {
		this.plans++;
		this.due.clear();
		this.obstacles.clear();
		if (this.current && !this.isChosen(this.current.ref)) {
			this.current.abort.abort();
		}
		this.wake();
	}

	private async run(): Promise<void> {
		while (!this.stopping.signal.aborted) {
			if (!this.isWanted()) {
				await this.rest.untilWoken();
				continue;
			}
			try {
				await this.ports.lead((lead) => this.leadOn(lead));
				this.problem = '';
				this.play('off');
			} catch (error) {
				this.tellProblem(error);
				this.play(error instanceof LeadHeldError ? 'following' : 'off');
			}
			if (this.isWanted()) {
				await this.rest.for(ASK_AGAIN_MS);
			}
		}
	}

	/** A storage folder that can't be written is tried again each minute, and told once. */
	private tellProblem(thrown: unknown): void {
		const error = storageError(thrown);
		const problem = thrown instanceof LeadHeldError ? '' : messageOf(error);
		if (problem !== '' && problem !== this.problem) {
			this.ports.onDidFail(error);
		}
		this.problem = problem;
	}

	private async leadOn(lead: Lead): Promise<void> {
		lead.signal.addEventListener('abort', () => this.wake(), { once: true });
		// What others did meanwhile is on disk.
		this.due.clear();
		this.play('leading');
		while (this.mayGoOn(lead)) {
			const plan = this.plans;
			const nextAt = await this.round(lead);
			if (plan === this.plans && this.mayGoOn(lead)) {
				this.nextAt = Number.isFinite(nextAt) ? nextAt : undefined;
				this.tell();
				await this.rest.for(Math.min(nextAt, this.ports.attendedUntil()) - this.ports.clock.now());
			}
		}
	}

	/** Visits every repository once. Resolves with when one has to be visited again. */
	private async round(lead: Lead): Promise<number> {
		const plan = this.plans;
		let nextAt = Infinity;
		for (const ref of this.ports.plan().repositories) {
			if (plan !== this.plans || !this.mayGoOn(lead)) {
				break;
			}
			nextAt = Math.min(nextAt, await this.visit(ref, lead));
		}
		return nextAt;
	}

	/** Syncs a repository if it is time. Resolves with when it is to be visited again; a failure is noted and put off. */
	private async visit(ref: RepositoryRef, lead: Lead): Promise<number> {
		const { clock, onDidFail, plan } = this.ports;
		const barredUntil = this.obstacles.until(ref);
		if (barredUntil > clock.now()) {
			return barredUntil;
		}
		try {
			const dueAt = await this.due.of(ref, plan().intervalMs);
			if (dueAt > clock.now()) {
				return dueAt;
			}
			const account = (await lead.confirm()) ? await this.ports.account(ref) : undefined;
			return account ? await this.sync(ref, account, lead) : await this.postpone(ref);
		} catch (error) {
			onDidFail(error);
			this.obstacles.note(ref, error);
			return this.postpone(ref);
		}
	}

	private async sync(ref: RepositoryRef, account: BackgroundAccount, lead: Lead): Promise<number> {
		if (this.isOverdrawn(account.budget)) {
			return this.pause(ref, account.budget);
		}
		const abort = new AbortController();
		const onProgress = (progress: SeedProgress) => {
			this.current = { ref, progress, abort };
			this.tell();
			// A probe that finds nothing has cost its point already; what is more than that is the person's.
			if (progress.phase !== 'probing' && progress.done < progress.total && this.isOverdrawn(account.budget)) {
				abort.abort(OVERDRAWN);
			}
		};
		this.current = { ref, progress: undefined, abort };
		this.tell();
		try {
			await account.seed(ref, { signal: AbortSignal.any([abort.signal, this.stopping.signal, lead.signal]), onProgress });
			this.obstacles.succeeded(ref);
			return await this.postpone(ref);
		} catch (error) {
			return abort.signal.reason === OVERDRAWN ? this.pause(ref, account.budget) : await this.putOff(ref, error);
		} finally {
			this.current = undefined;
			this.tell();
		}
	}

	/** Notes a failure, and puts off whatever would fail in the same way. */
	private putOff(ref: RepositoryRef, error: unknown): Promise<number> | number {
		// Somebody else is at it, or has asked for it to stop: no failure.
		if (error instanceof LeaseHeldError || error instanceof CancelledError) {
			return this.postpone(ref);
		}
		this.obstacles.note(ref, error);
		const postponement = postponementOf(error, this.ports.plan().intervalMs);
		switch (postponement.of) {
			case 'good':
				this.obstacles.giveUp(ref);
				return Infinity;
			case 'host':
				return this.obstacles.pauseHost(ref.host, { until: this.ports.clock.now() + postponement.ms, reason: postponement.reason });
			case 'repository':
				return this.postpone(ref);
		}
	}

	/** An interval from now, whatever the last attempt came to. */
	private postpone(ref: RepositoryRef): Promise<number> {
		return this.due.postpone(ref, this.ports.clock.now() + this.ports.plan().intervalMs);
	}

	/** Until the hour's points are whole again. */
	private pause({ host }: RepositoryRef, budget: RateBudget): number {
		const until = this.ports.clock.now() + (budget.msUntilReset('graphql') ?? 0) + AFTER_RESET_MS;
		return this.obstacles.pauseHost(host, { until, reason: 'reserve' });
	}

	/** Whether the points that are left are the person's. Unknown before the first request; never where there is no limit. */
	private isOverdrawn(budget: RateBudget): boolean {
		const limit = budget.current.graphql;
		return limit !== null && limit.remaining < this.ports.plan().reserve && (budget.msUntilReset('graphql') ?? 0) > 0;
	}

	private mayGoOn(lead: Lead): boolean {
		return !lead.signal.aborted && this.isWanted();
	}

	private isWanted(): boolean {
		const { attendedUntil, clock, plan } = this.ports;
		const { repositories, intervalMs } = plan();
		return !this.stopping.signal.aborted && repositories.length > 0 && intervalMs > 0 && attendedUntil() > clock.now();
	}

	private isChosen(ref: RepositoryRef): boolean {
		const { repositories, intervalMs } = this.ports.plan();
		return intervalMs > 0 && repositories.some((one) => repositoryKey(one) === repositoryKey(ref));
	}

	private play(role: BackgroundStatus['role']): void {
		this.role = role;
		this.nextAt = undefined;
		this.tell();
	}

	private tell(): void {
		this.changed.fire(undefined);
	}
}
