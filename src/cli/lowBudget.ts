import type { RateBudget } from '../core/github/rateBudget';
import type { Disposable } from '../core/model/event';
import type { RateLimit, RateLimits } from '../core/model/rateLimit';
import { counted, numberText } from './measures';

/** As the editor's setting `prSeeder.budget.warnBelow` has it where nobody changed it. */
const THRESHOLD = 100;

/** An hour's budget of which little is left. */
export interface LowBudget {
	resource: keyof RateLimits;
	limit: RateLimit;
	threshold: number;
}

/** Tells when a budget falls under the threshold: once an hour for each. */
export function watchBudget(budget: RateBudget, onLow: (low: LowBudget) => void): Disposable {
	const told = new Set<string>();
	return budget.onDidChange((limits) => {
		for (const resource of ['graphql', 'rest'] as const) {
			const limit = limits[resource];
			// A limit that is never above the threshold says nothing about what was used.
			if (limit && limit.limit > THRESHOLD && limit.remaining < THRESHOLD && !told.has(`${resource} ${limit.resetAt}`)) {
				told.add(`${resource} ${limit.resetAt}`);
				onLow({ resource, limit, threshold: THRESHOLD });
			}
		}
	});
}

/** `Fewer than 100 points are left of 5,000: 99. The budget is whole again at 14:05:00.` */
export function lowText({ resource, limit: { remaining, limit, resetAt }, threshold }: LowBudget): string {
	const [thing, of] = resource === 'graphql' ? ['point', 'GraphQL'] : ['request', 'REST'];
	const at = new Date(resetAt).toTimeString().slice(0, 8);
	return `Fewer than ${threshold} ${thing}s are left of the ${numberText(limit)} that ${of} has an hour: ${counted(remaining, thing)}. The budget is whole again at ${at}.`;
}
