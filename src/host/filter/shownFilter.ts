import { readConditions, type Conditions } from '../../core/filter/conditions';
import type { PullRequestOrder } from '../../core/store/read/pullRequestRow';

/** The views are about the work that is still to do. */
export const DEFAULT_FILTER: Conditions = { state: 'open' };
export const DEFAULT_ORDER: PullRequestOrder = { by: 'updated', ascending: false };

const ORDERS: readonly PullRequestOrder['by'][] = ['updated', 'created', 'number'];

/** Whether a filter shows what is shown when nobody asked for anything. */
export function isDefaultFilter(filter: Conditions): boolean {
	const { state, ...others } = shownFilter(filter);
	return state === DEFAULT_FILTER.state && Object.keys(others).length === 0;
}

/** The filter of the views: what is not understood or asks for nothing is left out, and without a state it is the usual one. */
export function shownFilter(kept: unknown): Conditions {
	return { ...DEFAULT_FILTER, ...readConditions(isRecord(kept) ? kept : {}) };
}

/** Reads the order that was kept over a restart; the usual one where there is none. */
export function shownOrder(kept: unknown): PullRequestOrder {
	const by = isRecord(kept) ? ORDERS.find((one) => one === kept['by']) : undefined;
	return isRecord(kept) && by !== undefined ? { by, ascending: kept['ascending'] === true } : DEFAULT_ORDER;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
