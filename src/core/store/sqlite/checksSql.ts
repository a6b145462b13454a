import { NO_CHECKS } from '../../model/pullRequest';

/** How a check ends well. */
export const SUCCESS = ['SUCCESS', 'NEUTRAL', 'SKIPPED'];
/** How one fails, as GitHub's own `gh pr checks` counts them. */
export const FAILURE = ['FAILURE', 'ERROR', 'CANCELLED', 'TIMED_OUT', 'ACTION_REQUIRED', 'STARTUP_FAILURE'];

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

function quoted(words: readonly string[]): string {
	return words.map((word) => `'${word}'`).join(', ');
}
