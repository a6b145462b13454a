import type { FetchedList } from '../github/lists';
import { rollupsOf } from '../github/wire';
import { isHiddenTeam, type Check } from '../model/pullRequest';
import type { Fetched } from './detailsBatch';
import type { SyncContext } from './syncContext';

/**
 * Learns from what came what this token does not see although no error says so: rows that are hidden without a word, a
 * reviewer that is a team without a name, and on some servers lists that are empty and can't be.
 */
export function noteHiddenRows(context: SyncContext, fetched: readonly Fetched[]): void {
	const { client, dialect } = context;
	const now = client.budget.serverNow();
	if (fetched.some(({ failing, lists }) => lists.linkedIssues?.hidden === true && !failing.has('linkedIssues'))) {
		dialect.refuse('Issue', 'permission', now);
	}
	noteTeams(context, fetched);
	// Only where permissions can be missing: what a person's token sees, it sees whole.
	if (!dialect.hasScopes) {
		noteSilentRefusals(context, fetched, now);
	}
}

/**
 * A token with permissions sees the names of all teams of an organization, or of none; one with scopes that may read them
 * reads them all. So a team without a name beside one that has it has none to read.
 */
function noteTeams({ client, dialect }: SyncContext, fetched: readonly Fetched[]): void {
	const teams = fetched.flatMap(({ lists }) => lists.reviewRequests?.items ?? []).filter(({ kind }) => kind === 'TEAM');
	if (teams.some((team) => !isHiddenTeam(team))) {
		dialect.allow('ReviewRequest.requestedReviewer');
	} else if (teams.length > 0 && dialect.has('Team.slug') && !dialect.hasScopes) {
		dialect.refuse('ReviewRequest.requestedReviewer', 'permission', client.budget.serverNow());
	}
}

/** GitHub Enterprise Server 3.12 was reported to answer an App that lacks a permission with less, and without an error. */
function noteSilentRefusals({ dialect }: SyncContext, fetched: readonly Fetched[], now: number): void {
	if (fetched.some(({ lists }) => lists.checks?.items.some(lacksWorkflow) === true)) {
		dialect.refuse('CheckSuite.workflowRun', 'permission', now);
	}
	if (fetched.some(hidesAKind)) {
		dialect.refuse('StatusCheckRollupContext', 'permission', now);
	}
	const emptied = fetched.filter(isEmptied);
	for (const { lists } of emptied) {
		dialect.refuse('PullRequest.commits', 'permission', now);
		dialect.refuse('PullRequest.files', 'permission', now);
		delete lists.commits;
		delete lists.files;
	}
}

/** Runs of GitHub Actions all belong to a workflow. */
function lacksWorkflow({ app, workflow }: Check): boolean {
	return app === 'github-actions' && workflow === null;
}

/** Where files are changed there are some, and commits. */
function isEmptied({ lists, wire }: Fetched): boolean {
	return (wire.changedFiles ?? 0) > 0 && lists.commits?.totalCount === 0 && lists.files?.totalCount === 0;
}

/** Of one kind of checks none came, and as many are missing as there are of it. */
function hidesAKind({ lists, wire }: Fetched): boolean {
	const { checks } = lists;
	const counts = rollupsOf(wire)?.statusCheckRollup?.contexts;
	if (!checks?.hidden || !counts) {
		return false;
	}
	const hides = (kind: Check['kind'], states: { count: number }[] | null | undefined) =>
		!checks.items.some((check) => check.kind === kind) && missing(checks) === (states ?? []).reduce((sum, { count }) => sum + count, 0);
	return hides('CHECK_RUN', counts.checkRunCountsByState) || hides('STATUS_CONTEXT', counts.statusContextCountsByState);
}

function missing({ items, seen }: FetchedList<Check>): number {
	return seen - items.length;
}
