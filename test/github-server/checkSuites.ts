import { nodeId, stableHash } from './identifiers';
import type { App, CheckSuite } from './model';
import type { Repository } from './repository';

/** Which suite of a commit. The same values name the same suite. */
export interface SuiteValues {
	/** The app's slug. Default `github-actions`. */
	readonly app?: string;
	/** The workflow's name; of GitHub Actions only. Default `CI`. */
	readonly workflow?: string;
	/** What started the workflow. Default `pull_request`. */
	readonly event?: string;
	/** Tells apart the suites that one app, workflow and event makes for one commit: 0, 1, … Default 0. */
	readonly trigger?: number;
}

export const ACTIONS = 'github-actions';

/** The suite of a commit. All of it follows from the values, so nobody has to keep it, and its ids lie far above 2^32 as today's do. */
export function checkSuite(repository: Repository, oid: string, values: SuiteValues = {}): CheckSuite {
	const { app: slug = ACTIONS, workflow = 'CI', event = 'pull_request', trigger = 0 } = values;
	const own = slug === ACTIONS ? `${slug}/${workflow}/${event}` : slug;
	const hash = stableHash(`${repository.id}/${oid}/${own}/${trigger}`);
	const databaseId = 40_000_000_000 + hash;
	const runId = 20_000_000_000 + hash;
	const workflowId = 1_000 + (stableHash(`${repository.id}/${workflow}`) % 200_000_000);
	return {
		__typename: 'CheckSuite', databaseId, repository,
		id: repository.nodeId('CS', databaseId),
		app: appOf(slug),
		workflowRun: slug === ACTIONS ? {
			__typename: 'WorkflowRun', databaseId: runId, event,
			id: repository.nodeId('WFR', runId),
			workflow: { __typename: 'Workflow', id: repository.nodeId('W', workflowId), databaseId: workflowId, name: workflow },
		} : null,
	};
}

/** GitHub Actions is app 15368 everywhere: `app.id` in recorded lists of check runs. */
function appOf(slug: string): App {
	const databaseId = slug === ACTIONS ? 15_368 : 100_000 + (stableHash(slug) % 1_000_000);
	return { __typename: 'App', id: nodeId('A', databaseId), databaseId, slug, name: slug === ACTIONS ? 'GitHub Actions' : slug };
}
