import { buildCheckRun, buildStatus } from './builders';
import { latestRuns } from './checks';
import { checkSuite, type SuiteValues } from './checkSuites';
import { isStatusContext, type CheckRun, type StatusContext } from './model';
import { WorldStore } from './worldStore';

/** The world's check runs and statuses. None of their changes moves a pull request's `updatedAt`. */
export class WorldChecks extends WorldStore {
	/** A new run on the head commit, in the suite that `app`, `workflow`, `event` and `trigger` name. */
	addCheck(name: string, number: number, values: Partial<Omit<CheckRun, 'suite'>> & SuiteValues = {}): CheckRun {
		const { repository, headRefOid } = this.pullRequest(name, number);
		const { app, workflow, event, trigger, ...fields } = values;
		const suite = checkSuite(repository, headRefOid, {
			...(app !== undefined && { app }), ...(workflow !== undefined && { workflow }), ...(event !== undefined && { event }), ...(trigger !== undefined && { trigger }),
		});
		const run = buildCheckRun(suite, { startedAt: this.now(), ...this.#completion(fields), ...fields });
		repository.editableChecks(headRefOid).push(run);
		return run;
	}

	/** Changes the newest run of that name on the head commit, in place, as a runner reports its progress. */
	setCheck(
		name: string, number: number, checkName: string, values: Pick<CheckRun, 'status'> & Partial<Pick<CheckRun, 'conclusion'>>, suite?: SuiteValues,
	): void {
		const run = this.#newestRun(name, number, checkName, suite);
		const conclusion = values.status === 'COMPLETED' ? (values.conclusion ?? 'SUCCESS') : null;
		Object.assign(run, { status: values.status, conclusion, startedAt: run.startedAt ?? this.now(), ...this.#completion(values) });
	}

	/** A second run of the same name in the same suite; the first stays, superseded. */
	rerunCheck(name: string, number: number, checkName: string, suite?: SuiteValues): CheckRun {
		const { repository, headRefOid } = this.pullRequest(name, number);
		const former = this.#newestRun(name, number, checkName, suite);
		const run = buildCheckRun(former.suite, { name: checkName, startedAt: this.now(), status: 'QUEUED', conclusion: null });
		repository.editableChecks(headRefOid).push(run);
		return run;
	}

	/**
	 * Re-runs every check of a suite, and for so many seconds by the world's clock none of its runs is listed, neither the former nor
	 * the new (seen once for about 10 s: Digital-Process-Tools/claude-supertool#728).
	 */
	rerunSuite(name: string, number: number, suite?: SuiteValues, emptySeconds = 10): void {
		const { repository, headRefOid } = this.pullRequest(name, number);
		const wanted = checkSuite(repository, headRefOid, suite);
		const checks = repository.editableChecks(headRefOid);
		const own = latestRuns(checks).filter((run) => run.suite.databaseId === wanted.databaseId);
		if (own.length === 0) throw new Error(`${name}#${number} has no such check suite.`);
		for (const run of own) checks.push(buildCheckRun(run.suite, { name: run.name, startedAt: this.now(), status: 'QUEUED', conclusion: null }));
		for (const check of checks) {
			if (!isStatusContext(check) && check.suite.databaseId === wanted.databaseId) check.shownFrom = this.clock.now() + emptySeconds * 1000;
		}
	}

	/** A new status of a context on the head commit; the context's older ones stay in its history. */
	setStatus(name: string, number: number, context: string, state: StatusContext['state'], description: string | null = null): void {
		const { repository, headRefOid } = this.pullRequest(name, number);
		repository.editableChecks(headRefOid).push(buildStatus(repository, this.now(), { context, state, description }));
	}

	/** GitHub deletes check data after 400 days or less. */
	expireChecks(name: string, number: number): void {
		const { repository, headRefOid } = this.pullRequest(name, number);
		repository.editableChecks(headRefOid).length = 0;
	}

	/** @throws Error when there is none. */
	#newestRun(name: string, number: number, checkName: string, suite: SuiteValues | undefined): CheckRun {
		const { repository, headRefOid } = this.pullRequest(name, number);
		const wanted = suite && checkSuite(repository, headRefOid, suite).databaseId;
		const run = latestRuns(repository.editableChecks(headRefOid)).find((one) => one.name === checkName && (wanted === undefined || one.suite.databaseId === wanted));
		if (!run) throw new Error(`${name}#${number} has no check ${checkName}.`);
		return run;
	}

	#completion(values: Partial<CheckRun>): { completedAt: string | null } {
		return { completedAt: (values.status ?? 'COMPLETED') === 'COMPLETED' ? this.now() : null };
	}
}
