import { NO_CHECKS } from '../../model/pullRequest';

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

const SUCCESS = ['SUCCESS', 'NEUTRAL', 'SKIPPED'];
// As GitHub's own `gh pr checks` counts them.
const FAILURE = ['FAILURE', 'ERROR', 'CANCELLED', 'TIMED_OUT', 'ACTION_REQUIRED', 'STARTUP_FAILURE'];

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

/**
 * On a row of `pull_request`: 3 failure, 2 pending, 1 success, 0 none, NULL when it is not known. What GitHub itself says comes first;
 * where it did not, the latest runs are counted. SQLite takes the columns beside a lone max() from the row that has it:
 * https://www.sqlite.org/lang_select.html#bareagg
 */
export const ROLLUP = `coalesce(CASE
	WHEN checks_state IN ('FAILURE', 'ERROR') THEN 3
	WHEN checks_state IN ('PENDING', 'EXPECTED') THEN 2
	WHEN checks_state = 'SUCCESS' THEN 1
	WHEN checks_state = '${NO_CHECKS}' THEN 0
END, (
	SELECT max(CASE
		WHEN status <> 'COMPLETED' OR conclusion IS NULL THEN 2
		WHEN conclusion IN (${quoted(FAILURE)}) THEN 3
		WHEN conclusion IN (${quoted(SUCCESS)}) THEN 1
		ELSE 2 END)
	FROM (
		SELECT status, conclusion, max(coalesce(database_id, 0)) FROM check_run
		WHERE check_run.repository_id = pull_request.repository_id AND check_run.number = pull_request.number
			AND check_run.head_oid = pull_request.head_oid
		GROUP BY kind, name, app, workflow, event
	)
))`;

const STATES: readonly ChecksState[] = ['none', 'success', 'pending', 'failure'];

/** Reads {@link ROLLUP}. */
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

function quoted(words: readonly string[]): string {
	return words.map((word) => `'${word}'`).join(', ');
}
