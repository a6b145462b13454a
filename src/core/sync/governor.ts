import { InvalidQueryError, MissingScopeError, RateLimitedError, SecondaryLimitError, TooHeavyError, TransientError } from '../github/errors';
import type { Dialect } from '../github/dialect';
import type { RateBudget } from '../github/rateBudget';
import { throwIfCancelled, type Clock } from '../model/clock';
import type { AdaptiveBatch } from './adaptiveBatch';

export interface GovernorOptions {
	clock: Clock;
	budget: RateBudget;
	dialect: Dialect;
	/** Wait for the reset of the hourly budget, or stop resumably. */
	waitForReset: boolean;
	/** A longer wait than this is not worth it: stop resumably. Milliseconds. */
	maxWaitMs: number;
	/** 0 ≤ random() < 1; spreads the retries of several windows. */
	random: () => number;
	signal: AbortSignal | undefined;
	/** Told when a wait begins (`until` in local milliseconds) and, with `undefined`, when it ends. */
	onWait: (wait: { until: number; reason: string } | undefined) => void;
}

/** What may be asked has changed with an answer: the same request, put anew, brings more. */
export class AskAgainError extends Error {
	override readonly name = 'AskAgainError';
}

export interface Attempt {
	/** How many items to ask for. */
	size: number;
	signal: AbortSignal | undefined;
}

const MAX_RETRIES = 3;
/** Where nobody wants to wait: an answer that does not come in time has taken half a minute already. */
const HURRIED_RETRIES = 1;
/** As long as nobody has answered at all: most likely there is no network, and a person should hear of that soon. */
const UNREACHED_RETRIES = 1;
const FIRST_BACKOFF_MS = 1_000;
const SECONDARY_WAIT_MS = 60_000;
const RESET_MARGIN_MS = 1_000;
/** Where a host tells no rate limits, requests a minute that are surely polite. */
const CAP_PER_MINUTE = 900;
const MINUTE_MS = 60_000;

/**
 * Sends requests one after another and decides, by the kind of an error, whether to wait, to ask for less,
 * to ask without a field, or to give up. What it gives up with is always one of the errors of `errors.ts`.
 */
export class Governor {
	waitedMs = 0;
	private readonly sentAt: number[] = [];
	/** Whether the host has answered anything, in this run. */
	private reached = false;

	constructor(private readonly options: GovernorOptions) {}

	/**
	 * Runs a request until it succeeds or can't.
	 * @param batch asked for its size before each attempt, and taught by the outcome
	 */
	async run<T>(
		resource: 'graphql' | 'rest',
		request: (attempt: Attempt) => Promise<T>,
		batch?: { sizes: AdaptiveBatch; items: number },
	): Promise<T> {
		const { clock, signal } = this.options;
		let transient = 0;
		let secondary = 0;
		let limited = 0;
		for (;;) {
			throwIfCancelled(signal);
			await this.pace(resource);
			const size = Math.min(batch?.sizes.size ?? 1, batch?.items ?? 1);
			const startedAt = clock.steady();
			try {
				const answer = await request({ size, signal });
				this.reached = true;
				batch?.sizes.succeeded(clock.steady() - startedAt, size);
				return answer;
			} catch (error) {
				this.reached ||= !(error instanceof TransientError && error.reason === 'network');
				if (error instanceof RateLimitedError) {
					if (++limited > MAX_RETRIES) {
						throw error;
					}
					await this.waitForReset(error);
				} else if (error instanceof SecondaryLimitError) {
					if (++secondary > MAX_RETRIES) {
						throw error;
					}
					await this.waitForSecondary(error, secondary);
				} else if (error instanceof TransientError && error.reason === 'size' && batch?.sizes.shrink()) {
					// Less is asked for, at once.
				} else if (error instanceof TransientError) {
					const isLess = batch?.sizes.shrink() ?? false;
					if (++transient > this.retries(error, isLess)) {
						throw error;
					}
					await this.sleep(this.jitter(FIRST_BACKOFF_MS * 2 ** (transient - 1)));
				} else if (error instanceof TooHeavyError) {
					if (!batch?.sizes.shrink()) {
						throw error;
					}
				} else if (!(error instanceof AskAgainError || this.leavesOut(error))) {
					throw error;
				}
			}
		}
	}

	/** How often a request that failed like this is sent again. @param isLess with less asked for */
	private retries({ reason, status }: TransientError, isLess: boolean): number {
		if (reason === 'size' || reason === 'depth') {
			// It would be the same again, and costs as much.
			return 0;
		}
		if (!this.reached) {
			return UNREACHED_RETRIES;
		}
		if (reason === 'timeout' && status === undefined && !this.options.waitForReset) {
			return isLess ? HURRIED_RETRIES : 0;
		}
		return MAX_RETRIES;
	}

	/** Whether the query that was refused as a whole is another one from now on. */
	private leavesOut(error: unknown): boolean {
		const { budget, dialect } = this.options;
		const now = budget.serverNow();
		if (error instanceof InvalidQueryError) {
			return error.missing.map((name) => dialect.refuse(name, 'schema', now)).includes(true);
		}
		// Nothing else that is asked needs a scope of its own.
		return error instanceof MissingScopeError && dialect.has('Team.slug') && dialect.refuse('Team.slug', 'scope', now);
	}

	/** Waits before a request that is known to be refused, or that would be impolite. */
	private async pace(resource: 'graphql' | 'rest'): Promise<void> {
		const { budget, clock } = this.options;
		// Another run may have been told.
		if (budget.msUntilWelcome > 0) {
			await this.waitForWelcome(new SecondaryLimitError(budget.msUntilWelcome));
		}
		const limit = budget.current[resource];
		if (limit?.remaining === 0) {
			const untilReset = budget.msUntilReset(resource);
			if (untilReset !== undefined && untilReset > 0) {
				await this.waitForReset(new RateLimitedError(resource, untilReset));
			}
		} else if (limit === null) {
			const now = clock.steady();
			while (this.sentAt[0] !== undefined && this.sentAt[0] <= now - MINUTE_MS) {
				this.sentAt.shift();
			}
			const oldest = this.sentAt[0];
			if (oldest !== undefined && this.sentAt.length >= CAP_PER_MINUTE) {
				await this.sleep(oldest + MINUTE_MS - now);
			}
			this.sentAt.push(clock.steady());
		}
	}

	private async waitForReset(error: RateLimitedError): Promise<void> {
		// A limit whose end nobody told is treated like the longest one: an hour.
		const wait = (error.msUntilReset ?? 60 * MINUTE_MS) + RESET_MARGIN_MS;
		if (!this.options.waitForReset || wait > this.options.maxWaitMs + RESET_MARGIN_MS) {
			throw error;
		}
		await this.pause(wait, 'rate limit');
	}

	private async waitForSecondary(error: SecondaryLimitError, attempt: number): Promise<void> {
		const { budget } = this.options;
		budget.slowDown(error.retryAfterMs ?? this.jitter(SECONDARY_WAIT_MS * 2 ** (attempt - 1)));
		await this.waitForWelcome(error);
	}

	private async waitForWelcome(error: SecondaryLimitError): Promise<void> {
		const { budget, maxWaitMs, waitForReset } = this.options;
		if (!waitForReset || budget.msUntilWelcome > maxWaitMs) {
			throw error;
		}
		await this.pause(budget.msUntilWelcome, 'GitHub asked to slow down');
	}

	/** A wait that a person should know about. */
	private async pause(ms: number, reason: string): Promise<void> {
		this.options.onWait({ until: this.options.clock.now() + ms, reason });
		try {
			await this.sleep(ms);
		} finally {
			this.options.onWait(undefined);
		}
	}

	/**
	 * Lets GitHub have a moment, which nobody has to be told of.
	 * @throws CancelledError as soon as the run is cancelled
	 */
	giveTime(ms: number): Promise<void> {
		return this.options.clock.sleep(ms, this.options.signal);
	}

	private async sleep(ms: number): Promise<void> {
		const startedAt = this.options.clock.steady();
		try {
			await this.options.clock.sleep(ms, this.options.signal);
		} finally {
			this.waitedMs += this.options.clock.steady() - startedAt;
		}
	}

	private jitter(ms: number): number {
		return Math.ceil(ms * (1 + this.options.random() * 0.25));
	}
}
