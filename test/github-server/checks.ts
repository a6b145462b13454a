import { isStatusContext, type Check, type CheckRun, type StatusContext, type StatusState } from './model';

const failed = new Set(['FAILURE', 'ERROR', 'TIMED_OUT', 'CANCELLED', 'ACTION_REQUIRED', 'STARTUP_FAILURE', 'STALE']);

/**
 * The newest run of every name of every suite: what REST calls `filter=latest`. A re-run stays in its suite; two checks of one name
 * from different workflows, events or apps are two. https://docs.github.com/rest/checks/runs
 */
export function latestRuns(checks: readonly Check[]): CheckRun[] {
	const latest = new Map<string, CheckRun>();
	for (const check of checks) {
		if (!isStatusContext(check)) keepNewer(latest, `${check.suite.databaseId}\n${check.name}`, check);
	}
	return [...latest.values()];
}

/** The newest status of every context; older ones only show in the REST list of statuses. https://docs.github.com/rest/commits/statuses */
export function latestStatuses(checks: readonly Check[]): StatusContext[] {
	const latest = new Map<string, StatusContext>();
	for (const check of checks) {
		if (isStatusContext(check)) keepNewer(latest, check.context, check);
	}
	return [...latest.values()];
}

/** What `statusCheckRollup.contexts` lists: every check run, superseded ones too, and the newest status of every context. */
export function rollupContexts(checks: readonly Check[]): Check[] {
	const runs = checks.filter((check) => !isStatusContext(check));
	return [...runs.sort(byId), ...latestStatuses(checks).sort(byId)];
}

/** The one state of a commit, from the newest runs and statuses, or from every run, superseded ones too. */
export function rollupState(checks: readonly Check[], superseded = false): StatusState {
	const runs = superseded ? checks.filter((check): check is CheckRun => !isStatusContext(check)) : latestRuns(checks);
	const states = [...runs.map((run) => run.conclusion ?? 'PENDING'), ...latestStatuses(checks).map((status) => status.state)];
	if (states.some((state) => failed.has(state))) return 'FAILURE';
	return states.some((state) => state === 'PENDING' || state === 'EXPECTED') ? 'PENDING' : 'SUCCESS';
}

/** `CheckRunState`: the conclusion once there is one, else the status. https://docs.github.com/graphql/reference/enums#checkrunstate */
export function runState(run: CheckRun): string {
	if (run.conclusion !== null) return run.conclusion;
	return run.status === 'REQUESTED' ? 'QUEUED' : run.status;
}

/** How many of each state, in the order of first appearance. */
export function countStates(states: readonly string[]): { state: string; count: number }[] {
	const counts = new Map<string, number>();
	for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
	return [...counts].map(([state, count]) => ({ state, count }));
}

function keepNewer<T extends Check>(latest: Map<string, T>, key: string, check: T): void {
	const known = latest.get(key);
	if (!known || known.databaseId < check.databaseId) latest.set(key, check);
}

function byId(left: Check, right: Check): number {
	return left.databaseId - right.databaseId;
}
