import type { GraphQLResolveInfo } from 'graphql';
import { countStates, rollupContexts, rollupState, runState } from '../checks';
import { paginate, type ConnectionArguments } from '../connection';
import { textNodeId } from '../identifiers';
import { isStatusContext, type Check, type CheckRun, type CheckSuite, type StatusContext, type WorkflowRun } from '../model';
import type { QueryContext } from '../queryContext';
import type { Repository } from '../repository';
import { selects } from '../selection';
import { intDatabaseId, wideDatabaseId, type ResolverMap } from './resolverMap';

interface Rollup {
	readonly __typename: 'StatusCheckRollup';
	readonly id: string;
	readonly checks: readonly Check[];
	readonly besideContexts: boolean;
}

/** null while a commit has neither check runs nor statuses. */
export function rollupOf(repository: Repository, oid: string, { world }: QueryContext, info: GraphQLResolveInfo): Rollup | null {
	const checks = world.checksOf(repository, oid);
	if (checks.length === 0) return null;
	return { __typename: 'StatusCheckRollup', id: textNodeId('SCR', repository.databaseId, oid), checks, besideContexts: selects(info, ['contexts']) };
}

export const checkResolvers: ResolverMap = {
	StatusCheckRollup: {
		// Beside `contexts`, under the same response key, superseded runs count too; alone they do not (pvcnt/mergeable#189).
		state: (row: Rollup) => rollupState(row.checks, row.besideContexts),
		contexts: (row: Rollup, args: ConnectionArguments, context: QueryContext, info: GraphQLResolveInfo) => {
			const all = rollupContexts(row.checks);
			const runs = all.filter((check): check is CheckRun => !isStatusContext(check));
			const statuses = all.filter(isStatusContext);
			const page = paginate(all, (check) => [isStatusContext(check) ? 1 : 0, check.databaseId], args, context, info);
			return {
				totalCount: page.totalCount,
				nodes: page.nodes,
				edges: page.edges,
				pageInfo: page.pageInfo,
				checkRunCount: runs.length,
				statusContextCount: statuses.length,
				checkRunCountsByState: countStates(runs.map(runState)),
				statusContextCountsByState: countStates(statuses.map((status) => status.state)),
			};
		},
	},
	CheckRun: {
		databaseId: wideDatabaseId,
		checkSuite: (row: CheckRun) => row.suite,
		url: (row: CheckRun, _args: never, { world }: QueryContext) => `${world.webUrl}${runPath(row)}`,
		permalink: (row: CheckRun, _args: never, { world }: QueryContext) => `${world.webUrl}${runPath(row)}`,
		resourcePath: runPath,
		externalId: () => '',
		title: () => null,
		summary: () => null,
		text: () => null,
		isRequired: () => false,
	},
	CheckSuite: {
		databaseId: wideDatabaseId,
		branch: () => null,
		creator: () => null,
		push: () => null,
		url: (row: CheckSuite, _args: never, { world }: QueryContext) => `${world.webUrl}${suitePath(row)}`,
		resourcePath: suitePath,
	},
	App: {
		databaseId: intDatabaseId,
		description: () => null,
	},
	WorkflowRun: {
		databaseId: wideDatabaseId,
		runNumber: (row: WorkflowRun) => row.databaseId % 10_000,
	},
	Workflow: {
		databaseId: intDatabaseId,
		state: () => 'ACTIVE',
	},
	StatusContext: {
		avatarUrl: (_row: StatusContext, _args: never, { world }: QueryContext) => `${world.webUrl}/avatars/0`,
		isRequired: () => false,
	},
};

/** On GitHub's own site: the one place in GraphQL where a run's whole id shows. */
function runPath(row: CheckRun): string {
	return `/${row.repository.nameWithOwner}/runs/${row.databaseId}`;
}

function suitePath(row: CheckSuite): string {
	return `/${row.repository.nameWithOwner}/checks?check_suite_id=${row.databaseId}`;
}
