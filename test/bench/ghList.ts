import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunOrder } from './protocol';
import { ReferenceApi, type PullRequestPage } from './referenceApi';
import type { Outcome } from './run.tool';

// What `--json` gives, without `commits`: with them, a page of 100 passes GitHub's limit of 500,000 possible nodes.
const PAGE = `query($owner: String!, $name: String!, $after: String) {
	repository(owner: $owner, name: $name) {
		pullRequests(first: 100, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
			totalCount
			pageInfo { hasNextPage endCursor }
			nodes {
				id number title body state isDraft createdAt updatedAt closedAt mergedAt url
				baseRefName headRefName headRefOid additions deletions changedFiles
				author { login }
				milestone { number title dueOn }
				labels(first: 100) { nodes { id name color } totalCount }
				assignees(first: 100) { nodes { id login } totalCount }
				closingIssuesReferences(first: 100) { nodes { number title } }
				reviewRequests(first: 100) { nodes { requestedReviewer { __typename ... on User { login } ... on Team { slug } } } }
				reviews(first: 100) { nodes { id state submittedAt body author { login } } }
				files(first: 100) { nodes { path additions deletions changeType } }
				statusCheckRollup: commits(last: 1) { nodes { commit { statusCheckRollup { contexts(first: 100) { nodes {
					__typename
					... on CheckRun { name status conclusion startedAt completedAt detailsUrl }
					... on StatusContext { context state targetUrl createdAt }
				} } } } } }
			}
		}
	}
}`;

/** `gh pr list --state all --limit …`: all of it each time, a hundred a page, one request after another; printed at the end. */
export async function runGhList(order: RunOrder): Promise<Outcome> {
	const api = new ReferenceApi(order.url);
	const [owner, name] = order.repository.split('/');
	const began = performance.now();
	const found: unknown[] = [];
	for (let after: string | null = null, more = true; more; ) {
		const page: PullRequestPage<unknown> = await api.graphql(PAGE, { owner, name, after });
		const { nodes, pageInfo } = page.repository.pullRequests;
		found.push(...nodes);
		after = pageInfo.endCursor;
		more = pageInfo.hasNextPage;
	}
	await writeFile(join(order.storage, 'gh-pr-list.json'), JSON.stringify(found));
	return { seen: found.length, pullRequests: found.length, firstRowsMs: performance.now() - began };
}
