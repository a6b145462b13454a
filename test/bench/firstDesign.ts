import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOrder } from './protocol';
import { ReferenceApi, type PullRequestPage } from './referenceApi';
import type { Outcome } from './run.tool';

interface ListedPullRequest {
	number: number;
	updatedAt: string;
	headRefOid: string;
}

interface Stored {
	pushedAt: string;
	pullRequests: (ListedPullRequest & { checks?: unknown[] })[];
}

// Every nested list is cut at a fixed size, whatever it holds.
const PAGE = `query($owner: String!, $name: String!, $after: String, $by: IssueOrderField!) {
	repository(owner: $owner, name: $name) {
		pullRequests(first: 10, after: $after, orderBy: { field: $by, direction: DESC }) {
			pageInfo { hasNextPage endCursor }
			nodes {
				id databaseId number title body state isDraft createdAt updatedAt closedAt mergedAt url
				baseRefName headRefName headRefOid additions deletions changedFiles
				author { login }
				milestone { number title dueOn state }
				labels(first: 10) { nodes { name color } }
				assignees(first: 10) { nodes { login } }
				closingIssuesReferences(first: 5) { nodes { number title } }
				reviews(first: 25) { nodes { id databaseId state submittedAt body author { login } } }
				commits(first: 50) { nodes { commit { oid message authoredDate additions deletions author { name user { login } } } } }
				files(first: 50) { nodes { path additions deletions changeType } }
			}
		}
	}
}`;

/**
 * The pattern of the first design, written from its description: `pushedAt` alone tells whether anything changed,
 * ten pull requests a page, two REST calls for each one's checks, and all of it saved at the end.
 */
export async function runFirstDesign(order: RunOrder): Promise<Outcome> {
	const api = new ReferenceApi(order.url);
	const file = join(order.storage, 'first-design.json');
	const [owner, name] = order.repository.split('/');
	const began = performance.now();
	const stored = await load(file);
	const { repository } = await api.graphql<{ repository: { pushedAt: string } }>(
		'query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { pushedAt } }',
		{ owner, name },
	);
	if (stored?.pushedAt === repository.pushedAt) {
		return { seen: 0, pullRequests: stored.pullRequests.length };
	}
	const since = stored?.pullRequests.reduce((newest, { updatedAt }) => (updatedAt > newest ? updatedAt : newest), '') ?? '';
	const fetched: Stored['pullRequests'] = [];
	for (let after: string | null = null, more = true; more; ) {
		const variables = { owner, name, after, by: stored ? 'UPDATED_AT' : 'CREATED_AT' };
		const page: PullRequestPage<ListedPullRequest> = await api.graphql(PAGE, variables);
		const { nodes, pageInfo } = page.repository.pullRequests;
		const fresh = nodes.filter(({ updatedAt }) => updatedAt > since);
		fetched.push(...fresh);
		after = pageInfo.endCursor;
		more = pageInfo.hasNextPage && fresh.length === nodes.length;
	}
	if (!stored) {
		for (const pullRequest of fetched) {
			const commit = `/repos/${order.repository}/commits/${pullRequest.headRefOid}`;
			const { check_runs } = await api.get<{ check_runs: unknown[] }>(`${commit}/check-runs?filter=latest&per_page=100`);
			const { statuses } = await api.get<{ statuses: unknown[] }>(`${commit}/status`);
			pullRequest.checks = [...check_runs, ...statuses];
		}
	}
	const read = new Set(fetched.map(({ number }) => number));
	const pullRequests = [...fetched, ...(stored?.pullRequests ?? []).filter(({ number }) => !read.has(number))];
	await writeFile(file, JSON.stringify({ pushedAt: repository.pushedAt, pullRequests } satisfies Stored));
	return { seen: fetched.length, pullRequests: pullRequests.length, ...(stored ? {} : { firstRowsMs: performance.now() - began }) };
}

async function load(file: string): Promise<Stored | undefined> {
	const text = await readFile(file, 'utf8').catch(() => undefined);
	return text === undefined ? undefined : (JSON.parse(text) as Stored);
}
