import { momentOf, msSince, type Clock, type Moment } from '../model/clock';
import { Emitter } from '../model/event';
import type { RateLimit, RateLimits } from '../model/rateLimit';

const LATEST = Date.UTC(2100, 0);

/**
 * The hourly budgets of one account on one host, fed by the headers of every response.
 * The scheduler, the status bar and the command line read the same object.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export class RateBudget {
	private readonly changed = new Emitter<RateLimits>();
	private limits: RateLimits = { graphql: null, rest: null };
	/** When the server told its time last, and what it told. */
	private told: { at: Moment; serverMs: number } | undefined;
	/** When the host asked for no requests, and for how long. */
	private quiet: { since: Moment; ms: number } | undefined;

	readonly onDidChange = this.changed.event;

	constructor(private readonly clock: Pick<Clock, 'now' | 'steady'>) {}

	get current(): RateLimits {
		return this.limits;
	}

	/** The server's clock in milliseconds, by the `Date` header of its last answer; before any, the local one. */
	serverNow(): number {
		return this.told ? this.told.serverMs + msSince(this.told.at, this.clock) : this.clock.now();
	}

	/** Milliseconds until a budget is whole again, 0 when that is due or past; `undefined` when the server has not said. */
	msUntilReset(resource: keyof RateLimits): number | undefined {
		const limit = this.limits[resource];
		return limit ? Math.max(0, Date.parse(limit.resetAt) - this.serverNow()) : undefined;
	}

	/** The host asked for no requests for so long, of whatever kind and about whatever repository. */
	slowDown(ms: number): void {
		if (ms > this.msUntilWelcome) {
			this.quiet = { since: momentOf(this.clock), ms };
		}
	}

	/** Milliseconds until it may be asked again; 0 when it may be now. */
	get msUntilWelcome(): number {
		return this.quiet ? Math.max(0, this.quiet.ms - msSince(this.quiet.since, this.clock)) : 0;
	}

	/** Takes in one response's headers. A refused token's `x-ratelimit-limit: 0` is not a budget. */
	observe(resource: keyof RateLimits, headers: Headers): void {
		const date = Date.parse(headers.get('date') ?? '');
		if (isOfThisCentury(date)) {
			this.told = { at: momentOf(this.clock), serverMs: date };
		}
		const limit = numberHeader(headers, 'x-ratelimit-limit');
		const remaining = numberHeader(headers, 'x-ratelimit-remaining');
		const reset = numberHeader(headers, 'x-ratelimit-reset');
		if (!limit || remaining === undefined || reset === undefined || !isOfThisCentury(reset * 1000)) {
			return;
		}
		// The two come from different counters, and `remaining` has been seen whole beside a `used` that was not.
		const used = numberHeader(headers, 'x-ratelimit-used') ?? limit - remaining;
		this.set(resource, { limit, remaining: Math.min(remaining, Math.max(0, limit - used)), used, resetAt: new Date(reset * 1000).toISOString().replace('.000', '') });
	}

	private set(resource: keyof RateLimits, limit: RateLimit): void {
		this.limits = { ...this.limits, [resource]: limit };
		this.changed.fire(this.limits);
	}
}

/** Whether a number of milliseconds can be a time that a server means. */
function isOfThisCentury(ms: number): boolean {
	return ms >= 0 && ms < LATEST;
}

function numberHeader(headers: Headers, name: string): number | undefined {
	const text = headers.get(name);
	const value = text === null || text.trim() === '' ? NaN : Number(text);
	return Number.isFinite(value) && value >= 0 ? value : undefined;
}
