import assert from 'node:assert/strict';
import type { GithubServer } from '../../github-server/githubServer';
import { graphql } from './call';

interface Page<T> {
	totalCount: number;
	pageInfo: { hasNextPage: boolean; endCursor: string | null };
	nodes: T[];
}

interface Account { login: string; __typename: string }

interface Reviewer { login?: string; combinedSlug?: string; slug?: string }

interface Context extends Record<string, unknown> {
	__typename: string;
	id: string;
	checkSuite?: { id: string; app: { slug: string }; workflowRun: { event: string; workflow: { name: string } } | null };
}

interface Details extends Record<string, unknown> {
	fullDatabaseId: string;
	databaseId: number | null;
	author: Account | null;
	mergedBy: Account | null;
	milestone: { id: string } | null;
	statusCheckRollup: { contexts: Page<Context> } | null;
	rollup: { state: string } | null;
	labels: Page<{ id: string }>;
	assignees: Page<{ login: string }>;
	assignedActors: Page<{ login: string; __typename: string }>;
	reviewRequests: Page<{ requestedReviewer: Reviewer | null }>;
	reviews: Page<Record<string, unknown> & { fullDatabaseId: string; author: Account | null; commit: { oid: string } | null }>;
	autoMergeRequest: { enabledAt: string } | null;
	headRepositoryOwner: { login: string } | null;
	commits: Page<{ commit: Record<string, unknown> & { author: { name: string | null; user: { login: string } | null } } }>;
	files: Page<object> | null;
	reviewThreads: Page<object>;
	timelineItems: Page<{ __typename: string; actor: Account | null; requestedReviewer?: Reviewer | null } | null>;
	closingIssuesReferences: Page<{ number: number; title: string; repository: { nameWithOwner: string } }>;
}

const requestedReviewer = 'requestedReviewer { ... on User { login } ... on Bot { login } ... on Team { combinedSlug } ... on EnterpriseTeam { slug } }';

const lists: Record<string, string> = {
	labels: 'id', assignees: 'login', assignedActors: '__typename ... on User { login } ... on Bot { login }', files: 'path additions deletions changeType', closingIssuesReferences: 'number title repository { nameWithOwner }',
	reviewRequests: requestedReviewer, reviewThreads: 'id isResolved',
	timelineItems: `__typename ... on Node { id } ... on ReadyForReviewEvent { createdAt actor { login __typename } } ... on ConvertToDraftEvent { createdAt actor { login __typename } }
		... on ReviewRequestedEvent { createdAt actor { login __typename } ${requestedReviewer} } ... on ReviewRequestRemovedEvent { createdAt actor { login __typename } ${requestedReviewer} }`,
	reviews: 'id fullDatabaseId state submittedAt author { login __typename } body commit { oid }',
	commits: 'commit { oid message messageHeadline authoredDate committedDate additions deletions author { name user { login } } }',
	contexts: `__typename ... on CheckRun { id name status conclusion startedAt completedAt detailsUrl url checkSuite { id app { slug } workflowRun { event workflow { name } } } }
		... on StatusContext { id context state description targetUrl createdAt }`,
};

function list(name: string, size: number, after?: string): string {
	const inner = `${name}(first: ${size}${after === undefined ? '' : `, after: "${after}"`}) { totalCount pageInfo { hasNextPage endCursor } nodes { ${lists[name] ?? ''} } }`;
	return name === 'contexts' ? `statusCheckRollup { ${inner} }` : inner;
}

const scalars = `id number databaseId fullDatabaseId title body state isDraft createdAt updatedAt closedAt mergedAt mergedBy { login __typename } author { login __typename } authorAssociation
	additions deletions changedFiles baseRefName headRefName headRefOid url milestone { id } rollup: statusCheckRollup { state } isInMergeQueue
	autoMergeRequest { enabledAt } reviewDecision totalCommentsCount isCrossRepository headRepositoryOwner { login }`;

const merging = 'mergeable mergeStateStatus';

/**
 * Reads all that the server shows of a repository, page by page and with nothing but GraphQL, in the shape of `expectedState`.
 * @param later lets the time pass that the server takes to know what it does not know when it is first asked
 */
export async function readEverything(server: GithubServer, nameWithOwner: string, pageSize: number, later: () => void) {
	const [owner, name] = nameWithOwner.split('/');
	const repository = `repository(owner: "${owner ?? ''}", name: "${name ?? ''}")`;
	const head = await graphql<{ repository: Record<string, unknown> & { labels: Page<{ id: string }>; milestones: Page<{ id: string }> } }>(server, `{ ${repository} {
		id nameWithOwner pushedAt labels(first: 100) { nodes { id name color description } } milestones(first: 100) { nodes { id number title state dueOn description } } } }`);
	const ids: string[] = [];
	for (let after: string | null = null, more = true; more;) {
		const reply: { data: { repository: { pullRequests: Page<{ id: string }> } } } = await graphql(
			server, `query ($after: String) { ${repository} { pullRequests(first: ${pageSize}, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id } } } }`, { after },
		);
		const page = reply.data.repository.pullRequests;
		ids.push(...page.nodes.map(({ id }) => id));
		({ hasNextPage: more, endCursor: after } = page.pageInfo);
	}
	const pullRequests: Record<string, unknown>[] = [];
	for (let start = 0; start < ids.length; start += 25) {
		const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { ${merging} ${scalars} ${Object.keys(lists).map((one) => list(one, pageSize)).join(' ')} } } }`;
		const reply = await graphql<{ nodes: Details[] }>(server, query, { ids: ids.slice(start, start + 25) });
		assert.deepEqual(reply.errors, []);
		for (const node of reply.data.nodes) {
			await readOn(server, node, pageSize);
			pullRequests.push(shaped(node));
		}
	}
	later();
	for (let start = 0; start < ids.length; start += 100) {
		const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { ${merging} } } }`;
		const reply = await graphql<{ nodes: object[] }>(server, query, { ids: ids.slice(start, start + 100) });
		reply.data.nodes.forEach((node, index) => void Object.assign(pullRequests[start + index] ?? {}, node));
	}
	const { labels, milestones, ...rest } = head.data.repository;
	const byId = (left: { id: string }, right: { id: string }): number => (left.id < right.id ? -1 : 1);
	return {
		...rest,
		labels: labels.nodes.sort(byId),
		milestones: milestones.nodes.sort(byId),
		pullRequests: pullRequests.sort((left, right) => (left['number'] as number) - (right['number'] as number)),
	};
}

async function readOn(server: GithubServer, node: Details, pageSize: number): Promise<void> {
	for (const name of Object.keys(lists)) {
		const page = (name === 'contexts' ? node.statusCheckRollup?.contexts : node[name]) as Page<unknown> | undefined;
		while (page?.pageInfo.hasNextPage) {
			const query = `{ node(id: "${String(node['id'])}") { ... on PullRequest { ${list(name, pageSize, page.pageInfo.endCursor ?? '')} } } }`;
			const reply = await graphql<{ node: Details }>(server, query);
			const next = (name === 'contexts' ? reply.data.node.statusCheckRollup?.contexts : reply.data.node[name]) as Page<unknown>;
			page.nodes.push(...next.nodes);
			page.pageInfo = next.pageInfo;
		}
		// The total of a timeline is of more than these kinds.
		if (page && name !== 'timelineItems') assert.equal(page.nodes.length, page.totalCount, name);
	}
}

function shaped(node: Details): Record<string, unknown> {
	const {
		fullDatabaseId, databaseId, author, mergedBy, milestone, statusCheckRollup, rollup, labels, assignees, assignedActors, reviewRequests, reviews, commits, files, closingIssuesReferences,
		autoMergeRequest, headRepositoryOwner, reviewThreads, timelineItems, ...scalarValues
	} = node;
	const account = (one: Account | null) => one && { login: one.login, type: one.__typename };
	assert.deepEqual(assignees.nodes.map(({ login }) => login), assignedActors.nodes.filter(({ __typename }) => __typename === 'User').map(({ login }) => login));
	assert.equal(databaseId, Number(fullDatabaseId) > 0x7fffffff ? null : Number(fullDatabaseId));
	return {
		...scalarValues,
		databaseId: Number(fullDatabaseId),
		autoMergeAt: autoMergeRequest?.enabledAt ?? null,
		headOwner: headRepositoryOwner?.login ?? null,
		author: account(author),
		mergedBy: account(mergedBy),
		milestoneId: milestone?.id ?? null,
		labelIds: labels.nodes.map(({ id }) => id).sort(),
		assignees: assignedActors.nodes.map(({ login }) => login).sort(),
		reviewRequests: reviewRequests.nodes.flatMap(({ requestedReviewer: one }) => nameOf(one) ?? []).sort(),
		unnamedReviewers: reviewRequests.nodes.filter(({ requestedReviewer: one }) => one === null).length,
		reviews: reviews.nodes.map(({ fullDatabaseId: id, author: by, commit, ...review }) => ({ ...review, databaseId: Number(id), author: account(by), commitOid: commit?.oid ?? null })),
		commits: commits.nodes.map(({ commit: { author: by, ...commit } }) => ({ ...commit, authorName: by.name, authorLogin: by.user?.login ?? null })),
		files: files?.nodes ?? [],
		limits: {
			filesUnknown: files === null,
			filesCut: files?.totalCount === 3000 && Number(scalarValues['changedFiles']) > 3000,
			commitsCut: commits.nodes.length < commits.totalCount,
			commitTotal: commits.totalCount,
			// Either would have been an error above.
			statsUnavailable: false,
			datesUnavailable: false,
		},
		reviewThreads: reviewThreads.nodes,
		events: timelineItems.nodes.flatMap((event) => {
			if (event === null) return [];
			const { __typename: type, actor, requestedReviewer: reviewer, ...rest } = event;
			return [{ ...rest, type, actor: account(actor), reviewer: nameOf(reviewer) }];
		}),
		closingIssues: closingIssuesReferences.nodes
			.map(({ repository: { nameWithOwner }, ...issue }) => ({ ...issue, repository: nameWithOwner }))
			.sort((left, right) => left.number - right.number || (left.repository < right.repository ? -1 : 1)),
		checks: (statusCheckRollup?.contexts.nodes ?? []).map(({ __typename, checkSuite, ...check }) => ({
			kind: __typename === 'CheckRun' ? 'CHECK_RUN' : 'STATUS_CONTEXT', ...check, databaseId: databaseIdOf(check.id),
			...(checkSuite && {
				suiteId: checkSuite.id, app: checkSuite.app.slug, workflow: checkSuite.workflowRun?.workflow.name ?? null, event: checkSuite.workflowRun?.event ?? null,
			}),
		})),
		rollup: rollup?.state ?? null,
	};
}

/** The last number of a node id: the only place where a check's whole id always is. */
function databaseIdOf(id: string): number {
	const bytes = Buffer.from(id.slice(id.indexOf('_') + 1), 'base64url');
	return bytes.at(-9) === 0xcf ? Number(bytes.readBigUInt64BE(bytes.length - 8)) : bytes.readUInt32BE(bytes.length - 4);
}

function nameOf(reviewer: Reviewer | null | undefined): string | null {
	return reviewer?.combinedSlug ?? reviewer?.slug ?? reviewer?.login ?? null;
}
