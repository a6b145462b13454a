import type { GraphQLResolveInfo } from 'graphql';
import { paginate, type Connection, type ConnectionArguments, type SortKey } from '../connection';
import { GithubError } from '../githubError';
import type { Issue, Label, Milestone, PullRequest } from '../model';
import type { QueryContext } from '../queryContext';
import type { PullRequestOrder, Repository } from '../repository';
import { organization } from './actorResolvers';
import { fullDatabaseId, intDatabaseId, type ResolverMap } from './resolverMap';

type Direction = 'ASC' | 'DESC';

interface Order<Field extends string> {
	readonly field: Field;
	readonly direction: Direction;
}

interface PullRequestArguments extends ConnectionArguments {
	readonly states?: readonly string[] | null;
	readonly labels?: readonly string[] | null;
	readonly baseRefName?: string | null;
	readonly headRefName?: string | null;
	readonly orderBy?: Order<PullRequestOrder> | null;
}

const pullRequestKeys: Record<PullRequestOrder, (row: PullRequest) => SortKey> = {
	CREATED_AT: (row) => [row.createdAt, row.databaseId],
	UPDATED_AT: (row) => [row.updatedAt, row.databaseId],
	COMMENTS: (row) => [row.commentCount, row.databaseId],
};

const labelKeys = {
	NAME: (row: Label): SortKey => [row.name.toLowerCase(), row.databaseId],
	CREATED_AT: (row: Label): SortKey => [row.createdAt, row.databaseId],
	ISSUE_COUNT: (row: Label): SortKey => [0, row.databaseId],
};

const milestoneKeys = {
	NUMBER: (row: Milestone): SortKey => [row.number, row.databaseId],
	CREATED_AT: (row: Milestone): SortKey => [row.createdAt, row.databaseId],
	UPDATED_AT: (row: Milestone): SortKey => [row.updatedAt, row.databaseId],
	DUE_DATE: (row: Milestone): SortKey => [row.dueOn ?? '', row.databaseId],
};

/** Sorts a short list by its key and gives one page of it. */
export function sortedPage<T>(
	rows: readonly T[], keyOf: (row: T) => SortKey, args: ConnectionArguments, context: QueryContext, info: GraphQLResolveInfo, direction: Direction = 'ASC',
): Connection<T> {
	const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
	keyed.sort(({ key: left }, { key: right }) => (left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : left[1] - right[1]));
	if (direction === 'DESC') keyed.reverse();
	return paginate(keyed.map(({ row }) => row), keyOf, args, context, info, direction);
}

export function labelPage(
	labels: readonly Label[], args: ConnectionArguments & { orderBy?: Order<keyof typeof labelKeys> | null }, context: QueryContext, info: GraphQLResolveInfo,
): unknown {
	return sortedPage(labels, labelKeys[args.orderBy?.field ?? 'CREATED_AT'], args, context, info, args.orderBy?.direction);
}

export const repositoryResolvers: ResolverMap = {
	Repository: {
		databaseId: intDatabaseId,
		nameWithOwner: (row: Repository) => row.nameWithOwner,
		owner: (row: Repository) => organization(row.owner),
		visibility: (row: Repository) => (row.isPrivate ? 'PRIVATE' : 'PUBLIC'),
		isArchived: () => false,
		isDisabled: () => false,
		isEmpty: () => false,
		isFork: () => false,
		isLocked: () => false,
		isTemplate: () => false,
		hasIssuesEnabled: () => true,
		viewerPermission: () => 'WRITE',
		viewerCanAdminister: () => false,
		stargazerCount: () => 0,
		forkCount: () => 0,
		url: (row: Repository, _args: never, { world }: QueryContext) => `${world.webUrl}/${row.nameWithOwner}`,
		resourcePath: (row: Repository) => `/${row.nameWithOwner}`,
		pullRequest: (row: Repository, args: { number: number }) => {
			const found = row.pullRequests.get(args.number);
			if (!found) throw new GithubError('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${args.number}.`);
			return found;
		},
		pullRequests: (row: Repository, args: PullRequestArguments, context: QueryContext, info: GraphQLResolveInfo) => {
			const { field, direction } = args.orderBy ?? { field: 'CREATED_AT', direction: 'ASC' };
			return paginate(listPullRequests(row, field, direction, args), pullRequestKeys[field], args, context, info, direction);
		},
		label: (row: Repository, args: { name: string }) => row.labels.find((label) => label.name.toLowerCase() === args.name.toLowerCase()) ?? null,
		labels: (row: Repository, args: never, context: QueryContext, info: GraphQLResolveInfo) => labelPage(row.labels, args, context, info),
		milestone: (row: Repository, args: { number: number }) => row.milestones.find((milestone) => milestone.number === args.number) ?? null,
		milestones: (
			row: Repository,
			args: ConnectionArguments & { states?: readonly string[] | null; orderBy?: Order<keyof typeof milestoneKeys> | null },
			context: QueryContext,
			info: GraphQLResolveInfo,
		) => {
			const rows = args.states ? row.milestones.filter((milestone) => args.states?.includes(milestone.state)) : row.milestones;
			return sortedPage(rows, milestoneKeys[args.orderBy?.field ?? 'NUMBER'], args, context, info, args.orderBy?.direction);
		},
	},
	Label: {
		isDefault: () => false,
		url: (row: Label, _args: never, { world }: QueryContext) => `${world.webUrl}${labelPath(row)}`,
		resourcePath: labelPath,
	},
	Milestone: {
		closed: (row: Milestone) => row.state === 'CLOSED',
		creator: () => null,
		url: (row: Milestone, _args: never, { world }: QueryContext) => `${world.webUrl}${milestonePath(row)}`,
		resourcePath: milestonePath,
		progressPercentage: (row: Milestone) => {
			const own = [...row.repository.pullRequests.values()].filter((one) => one.milestone === row);
			return own.length === 0 ? 0 : (100 * own.filter((one) => one.state !== 'OPEN').length) / own.length;
		},
	},
	Issue: {
		databaseId: intDatabaseId,
		fullDatabaseId,
		closed: (row: Issue) => row.state === 'CLOSED',
		url: (row: Issue, _args: never, { world }: QueryContext) => `${world.webUrl}/${row.repository.nameWithOwner}/issues/${row.number}`,
		resourcePath: (row: Issue) => `/${row.repository.nameWithOwner}/issues/${row.number}`,
	},
};

function listPullRequests(repository: Repository, field: PullRequestOrder, direction: Direction, args: PullRequestArguments): readonly PullRequest[] {
	const { states } = args;
	const base = args.baseRefName ?? undefined;
	const head = args.headRefName ?? undefined;
	const labels = args.labels?.map((name) => name.toLowerCase());
	const ascending = repository.sorted(field);
	if (direction === 'ASC' && !states && !labels && base === undefined && head === undefined) return ascending;
	return repository.view(JSON.stringify([field, direction, states, labels, base, head]), () => {
		const rows = ascending.filter(
			(row) =>
				(!states || states.includes(row.state)) &&
				(!labels || row.labels.some((label) => labels.includes(label.name.toLowerCase()))) &&
				(base === undefined || row.baseRefName === base) &&
				(head === undefined || row.headRefName === head),
		);
		return direction === 'DESC' ? rows.reverse() : rows;
	});
}

function labelPath(row: Label): string {
	return `/${row.repository.nameWithOwner}/labels/${encodeURIComponent(row.name)}`;
}

function milestonePath(row: Milestone): string {
	return `/${row.repository.nameWithOwner}/milestone/${row.number}`;
}
