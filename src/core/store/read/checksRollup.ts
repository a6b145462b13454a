import { FAILURE, SUCCESS } from '../sqlite/checksSql';

/**
 * What the checks of a pull request's head commit come to: a failure before what is still under way, that before
 * success. `none`: there are none. `unknown`: they were not asked for, or could not be read.
 */
export type ChecksState = CheckResult | 'none' | 'unknown';

/** What one check, or all of them, come to. */
export type CheckResult = 'success' | 'pending' | 'failure';

/** A check as far as its outcome goes. */
export interface CheckOutcome {
	kind: string;
	name: string;
	status: string;
	conclusion: string | null;
	/** The larger, the later the run; `null` for status contexts, of which there is one a name. */
	databaseId: string | null;
	/** With these, two checks of one name are two: runs of other apps, of other workflows, or of one that something else started. */
	app: string | null;
	workflow: string | null;
	event: string | null;
}

/** How one check ended; everything that is neither success nor failure is still to come. */
export function outcomeOf({ status, conclusion }: Pick<CheckOutcome, 'status' | 'conclusion'>): CheckResult {
	if (status !== 'COMPLETED' || conclusion === null) {
		return 'pending';
	}
	return SUCCESS.includes(conclusion) ? 'success' : FAILURE.includes(conclusion) ? 'failure' : 'pending';
}

/** The latest run of each check, in the order in which they came; those that it superseded are left out. */
export function latestChecks<T extends CheckOutcome>(checks: readonly T[]): T[] {
	const latest = new Map<string, T>();
	for (const check of checks) {
		const key = JSON.stringify([check.kind, check.name, check.app, check.workflow, check.event]);
		const known = latest.get(key);
		if (known === undefined || isLater(check, known)) {
			latest.set(key, check);
		}
	}
	return [...latest.values()];
}

const STATES: readonly ChecksState[] = ['none', 'success', 'pending', 'failure'];

/** Reads what `ROLLUP` of `checksSql.ts` gives. */
export function rollupState(value: number | null): ChecksState {
	return value === null ? 'unknown' : (STATES[value] ?? 'unknown');
}

// Ids are up to 64 bits long, as decimal text.
function isLater({ databaseId: one }: CheckOutcome, { databaseId: other }: CheckOutcome): boolean {
	if (one === null || other === null) {
		return one !== null;
	}
	return one.length === other.length ? one > other : one.length > other.length;
}
