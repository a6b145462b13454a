import { no, open, some, yes, type Belief, type Verdict } from '../belief';
import { dataOf, type Facts } from '../facts';
import type { SuiteContext, SuitesRow } from '../ownQueries';

type Run = Extract<SuiteContext, { __typename: 'CheckRun' }>;

const FAILED = ['FAILURE', 'ERROR', 'TIMED_OUT', 'CANCELLED', 'ACTION_REQUIRED', 'STARTUP_FAILURE'];

/** What a commit's checks look like. */
export const checkBeliefs: readonly Belief[] = [
	{
		id: 'rollup-state-alone',
		believed: 'The state of `statusCheckRollup` counts superseded runs where `contexts` is asked beside it, and does not where it is asked alone.',
		where: '`github/selections.ts`: the state has a name of its own',
		settle: '`--pr N` of one whose failed check was re-run and is good now',
		judge: stateAlone,
	},
	{
		id: 'superseded-runs-listed',
		believed: '`contexts` lists superseded runs too.',
		where: '`store/read/checksRollup.ts`: the newest run of a name counts',
		settle: '`--pr N` of one with a check that was re-run',
		judge: supersededListed,
	},
	{
		id: 'one-suite-per-workflow',
		believed: 'A commit has one check suite for each app, workflow and event.',
		where: '`store/read/checksRollup.ts`: two runs of one name are told apart by these',
		settle: '`--pr N` of one whose workflow one event started twice for one commit, as two labels do with `types: [labeled]`',
		judge: oneSuite,
	},
	{
		id: 'large-check-ids',
		believed: 'The `databaseId` of a check run past 2^31 is null or the whole number, and the id ends its `url`.',
		where: '`github/nodeReaders.ts`: both are read',
		settle: 'a repository with check runs',
		judge: largeIds,
	},
];

async function shown(facts: Facts): Promise<{ row: SuitesRow; runs: Run[] }[]> {
	return dataOf(await facts.suites()).nodes.flatMap((row) => {
		const runs = (row?.statusCheckRollup?.contexts?.nodes ?? []).filter((one) => one?.__typename === 'CheckRun');
		return row && runs.length > 0 ? [{ row, runs }] : [];
	});
}

async function stateAlone(facts: Facts): Promise<Verdict> {
	const rows = await shown(facts);
	const states = (one: SuitesRow): string => `#${one.number}: alone ${one.alone?.state ?? 'null'}, beside contexts ${one.statusCheckRollup?.state ?? 'null'}`;
	const telling = rows.filter(({ row, runs }) => runs.some(failed) && !newest(runs).some(failed) && !hasFailedStatus(row)).map(({ row }) => row);
	const asBelieved = telling.filter(({ alone, statusCheckRollup }) => alone?.state !== 'FAILURE' && statusCheckRollup?.state === 'FAILURE');
	const [first, other] = [asBelieved[0], telling.find((row) => !asBelieved.includes(row))];
	if (other) return no(`a run that failed is superseded on ${states(other)}`);
	if (first) return yes(`a run that failed is superseded on ${states(first)}`);
	return open('no pull request among those looked at has a failed run that was superseded by a good one: name one with --pr');
}

async function supersededListed(facts: Facts): Promise<Verdict> {
	const rows = await shown(facts);
	const doubled = rows.filter(({ runs }) => newest(runs).length < runs.length).map(({ row }) => row.number);
	return doubled.length > 0 ? yes(`two runs of one name in one suite on ${some(doubled)}`) : open('no name twice in one suite among those looked at: re-run a check and name its pull request with --pr');
}

async function oneSuite(facts: Facts): Promise<Verdict> {
	const rows = await shown(facts);
	const doubled = rows.flatMap(({ row, runs }) => {
		const suites = new Map<string, Set<string>>();
		for (const { checkSuite } of runs) {
			if (!checkSuite?.workflowRun) continue;
			const key = JSON.stringify([checkSuite.app?.slug, checkSuite.workflowRun.workflow.name, checkSuite.workflowRun.event]);
			suites.set(key, (suites.get(key) ?? new Set()).add(checkSuite.id));
		}
		const key = [...suites].find(([, ids]) => ids.size > 1)?.[0];
		return key === undefined ? [] : [`#${row.number} has two for ${key}`];
	});
	return doubled[0] !== undefined ? no(doubled[0]) : open(`none of ${rows.length} pull requests has two: start one workflow twice by one event, and name its pull request with --pr`);
}

async function largeIds(facts: Facts): Promise<Verdict> {
	const large = (await shown(facts)).flatMap(({ runs }) => runs).filter((run) => idInUrl(run) > 2 ** 31 - 1);
	if (large.length === 0) return open('no check run with an id past 2^31 in its url among those looked at');
	const nulls = large.filter(({ databaseId }) => databaseId === null).length;
	const other = large.find((run) => run.databaseId !== null && run.databaseId !== idInUrl(run));
	if (other) return no(`databaseId ${other.databaseId ?? ''} beside ${other.url ?? ''}`);
	return yes(`of ${large.length} runs past 2^31, ${nulls} came as null and ${large.length - nulls} as the number in their url`);
}

/** The last run of every name in every suite. */
function newest(runs: readonly Run[]): Run[] {
	const last = new Map<string, Run>();
	for (const run of runs) {
		const key = `${run.checkSuite?.id ?? ''}\n${run.name}`;
		const known = last.get(key);
		if (!known || idInUrl(run) >= idInUrl(known)) last.set(key, run);
	}
	return [...last.values()];
}

function failed({ conclusion }: Run): boolean {
	return conclusion !== null && FAILED.includes(conclusion);
}

function hasFailedStatus({ statusCheckRollup }: SuitesRow): boolean {
	return (statusCheckRollup?.contexts?.nodes ?? []).some((one) => one?.__typename === 'StatusContext' && FAILED.includes(one.state));
}

function idInUrl({ url }: Run): number {
	return Number(/(\d+)$/.exec(url ?? '')?.[1] ?? 0);
}
