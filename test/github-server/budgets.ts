import { isoSeconds, type Clock } from './clock';

export type Resource = 'graphql' | 'core';

interface Window {
	used: number;
	limit: number;
	/** Milliseconds since 1970, by the server's clock. */
	resetAt: number;
	/** What the headers say is left. Absent: the truth. */
	staleRemaining?: number;
}

export interface BudgetView {
	readonly limit: number;
	readonly remaining: number;
	readonly used: number;
	readonly resetAt: number;
	/** What the headers say in the place of `remaining`. */
	readonly staleRemaining?: number;
}

const hour = 3_600_000;

/** What each token, or all tokens of one owner together, has used of its hourly points and requests. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export class Budgets {
	readonly #clock: () => Clock;
	readonly #limitOf: (token: string) => number;
	readonly #windows = new Map<string, Window>();

	/** @param limitOf by the name that the other methods are given */
	constructor(clock: () => Clock, limitOf: (token: string) => number) {
		this.#clock = clock;
		this.#limitOf = limitOf;
	}

	view(token: string, resource: Resource): BudgetView {
		const { limit, used, resetAt, staleRemaining } = this.#window(token, resource);
		return { limit, used, resetAt, remaining: Math.max(0, limit - used), ...(staleRemaining !== undefined && { staleRemaining }) };
	}

	/** Takes the points, down to nothing. A caller with something left is served whole, so the last answer may carry remaining 0. */
	charge(token: string, resource: Resource, points: number): BudgetView {
		const window = this.#window(token, resource);
		window.used = Math.min(window.limit, window.used + points);
		return this.view(token, resource);
	}

	set(token: string, resource: Resource, remaining: number | undefined, resetInSeconds: number | undefined, staleRemaining?: number): void {
		const window = this.#window(token, resource);
		if (remaining !== undefined) window.used = Math.max(0, window.limit - remaining);
		if (resetInSeconds !== undefined) window.resetAt = this.#clock().now() + resetInSeconds * 1000;
		if (staleRemaining !== undefined) window.staleRemaining = staleRemaining;
	}

	#window(token: string, resource: Resource): Window {
		const key = `${resource} ${token}`;
		const now = this.#clock().now();
		let window = this.#windows.get(key);
		if (!window || window.resetAt <= now) {
			window = { used: 0, limit: this.#limitOf(token), resetAt: Math.floor(now / 1000) * 1000 + hour };
			this.#windows.set(key, window);
		}
		return window;
	}
}

/** The five headers that GitHub puts on every answer. */
export function rateLimitHeaders(resource: Resource, budget: BudgetView): Record<string, string> {
	return {
		'x-ratelimit-limit': String(budget.limit),
		'x-ratelimit-remaining': String(budget.staleRemaining ?? budget.remaining),
		'x-ratelimit-used': String(budget.used),
		'x-ratelimit-reset': String(Math.floor(budget.resetAt / 1000)),
		'x-ratelimit-resource': resource,
	};
}

/** As `rate_limit` and `rateLimit` show it. */
export function resetTime(budget: BudgetView): string {
	return isoSeconds(budget.resetAt);
}
