import type { GraphQLResolveInfo } from 'graphql';
import type { ConnectionArguments } from '../connection';
import { buildCommit } from '../builders';
import { paginate } from '../connection';
import { stableOid, textNodeId } from '../identifiers';
import { MAXIMUM_FILES, shownChanges, shownComments } from '../limits';
import type { Actor, ChangedFile, Commit, PullRequest, PullRequestRows, Review, ReviewRequest } from '../model';
import type { QueryContext } from '../queryContext';
import type { CommitNode } from '../worldStore';
import { rollupOf } from './checkResolvers';
import { labelPage, sortedPage } from './repositoryResolvers';
import { escapeHtml, fullDatabaseId, intDatabaseId, type ResolverMap } from './resolverMap';

interface PullRequestCommit {
	readonly pullRequest: PullRequest;
	readonly commit: Commit;
	readonly position: number;
}

interface ReviewArguments extends ConnectionArguments {
	readonly states?: readonly string[] | null;
	readonly author?: string | null;
}

function path(row: PullRequest): string {
	return `/${row.repository.nameWithOwner}/pull/${row.number}`;
}

function rows(row: PullRequest): PullRequestRows {
	return row.repository.rowsOf(row);
}

export const pullRequestResolvers: ResolverMap = {
	PullRequest: {
		databaseId: intDatabaseId,
		fullDatabaseId,
		url: (row: PullRequest, _args: never, { world }: QueryContext) => `${world.webUrl}${path(row)}`,
		permalink: (row: PullRequest, _args: never, { world }: QueryContext) => `${world.webUrl}${path(row)}`,
		resourcePath: path,
		titleHTML: (row: PullRequest) => escapeHtml(row.title),
		bodyHTML: (row: PullRequest) => escapeHtml(row.body),
		bodyText: (row: PullRequest) => row.body,
		closed: (row: PullRequest) => row.state !== 'OPEN',
		merged: (row: PullRequest) => row.state === 'MERGED',
		locked: () => false,
		activeLockReason: () => null,
		createdViaEmail: () => false,
		includesCreatedEdit: () => false,
		lastEditedAt: () => null,
		publishedAt: (row: PullRequest) => row.createdAt,
		maintainerCanModify: () => false,
		baseRefOid: (row: PullRequest) => stableOid(`${row.repository.id}/${row.baseRefName}`),
		headRepository: (row: PullRequest) => row.repository,
		baseRepository: (row: PullRequest) => row.repository,
		totalCommentsCount: (row: PullRequest) => shownComments(row),
		viewerDidAuthor: (row: PullRequest, _args: never, { viewer }: QueryContext) => row.author === viewer,
		comments: (row: PullRequest) => ({ totalCount: row.commentCount }),
		labels: (row: PullRequest, args: never, context: QueryContext, info: GraphQLResolveInfo) => labelPage(row.labels, args, context, info),
		// Users alone since 2025; a bot shows in `assignedActors`.
		assignees: (row: PullRequest, args: ConnectionArguments, context: QueryContext, info: GraphQLResolveInfo) =>
			sortedPage(row.assignees.filter((one) => one.__typename === 'User'), (one: Actor) => ['', one.databaseId], args, context, info),
		assignedActors: (row: PullRequest, args: ConnectionArguments, context: QueryContext, info: GraphQLResolveInfo) =>
			sortedPage(row.assignees, (one: Actor) => ['', one.databaseId], args, context, info),
		reviewRequests: (row: PullRequest, args: ConnectionArguments, context: QueryContext, info: GraphQLResolveInfo) =>
			sortedPage(rows(row).reviewRequests, (one: ReviewRequest) => ['', one.databaseId], args, context, info),
		reviews: (row: PullRequest, args: ReviewArguments, context: QueryContext, info: GraphQLResolveInfo) => {
			const { states } = args;
			const author = args.author?.toLowerCase();
			const chosen = rows(row).reviews.filter(
				(one) => (!states || states.includes(one.state)) && (author === undefined || one.author?.login.toLowerCase() === author),
			);
			return sortedPage(chosen, (one: Review) => [one.createdAt, one.databaseId], args, context, info);
		},
		commits: (row: PullRequest, args: ConnectionArguments, context: QueryContext, info: GraphQLResolveInfo) => {
			const shown = shownChanges(row);
			const given = rows(row).commits.slice(0, shown.commits).map((commit, position): PullRequestCommit => ({ pullRequest: row, commit, position }));
			const { nodes, edges, pageInfo } = paginate(given, ({ position }) => ['', position], args, context, info);
			return { totalCount: shown.commitTotal, nodes, edges, pageInfo };
		},
		files: (row: PullRequest, args: ConnectionArguments, context: QueryContext, info: GraphQLResolveInfo) => {
			const { files } = shownChanges(row);
			if (files === null) return null;
			const served = context.served;
			const page = sortedPage(byPath(rows(row).files).slice(0, files), (one: ChangedFile) => [one.path, 0], args, context, info);
			context.load.files += context.served - served;
			return page;
		},
		additions: (row: PullRequest) => shownChanges(row).additions,
		deletions: (row: PullRequest) => shownChanges(row).deletions,
		changedFiles: (row: PullRequest) => shownChanges(row).changedFiles,
		closingIssuesReferences: (row: PullRequest, args: ConnectionArguments, context: QueryContext, info: GraphQLResolveInfo) =>
			sortedPage(rows(row).closingIssues, (one) => ['', one.databaseId], args, context, info),
		statusCheckRollup: (row: PullRequest, _args: never, context: QueryContext, info: GraphQLResolveInfo) => rollupOf(row.repository, row.headRefOid, context, info),
	},
	ReviewRequest: {
		databaseId: intDatabaseId,
		asCodeOwner: () => false,
		// A host whose schema has no such reviewer shows none.
		requestedReviewer: ({ reviewer }: ReviewRequest, _args: never, { host }: QueryContext) => (reviewer && host.hasMember('RequestedReviewer', reviewer.__typename) ? reviewer : null),
	},
	PullRequestReview: {
		databaseId: intDatabaseId,
		fullDatabaseId,
		bodyText: (row: Review) => row.body,
		bodyHTML: (row: Review) => escapeHtml(row.body),
		updatedAt: (row: Review) => row.submittedAt ?? row.createdAt,
		publishedAt: (row: Review) => row.submittedAt,
		authorAssociation: () => 'MEMBER',
		createdViaEmail: () => false,
		commit: reviewedCommit,
	},
	PullRequestCommit: {
		id: (row: PullRequestCommit) => textNodeId('PURC', row.pullRequest.databaseId, row.commit.oid),
		commit: (row: PullRequestCommit): CommitNode => ({ __typename: 'Commit', repository: row.pullRequest.repository, commit: row.commit }),
		url: (row: PullRequestCommit, _args: never, { world }: QueryContext) => `${world.webUrl}${path(row.pullRequest)}/commits/${row.commit.oid}`,
		resourcePath: (row: PullRequestCommit) => `${path(row.pullRequest)}/commits/${row.commit.oid}`,
	},
	PullRequestChangedFile: { viewerViewedState: () => 'UNVIEWED' },
	Commit: {
		id: ({ repository, commit }: CommitNode) => textNodeId('C', repository.databaseId, commit.oid),
		oid: ({ commit }: CommitNode) => commit.oid,
		abbreviatedOid: ({ commit }: CommitNode) => commit.oid.slice(0, 7),
		message: ({ commit }: CommitNode) => commit.message,
		messageHeadline: ({ commit }: CommitNode) => commit.message.split('\n', 1)[0],
		messageBody: ({ commit }: CommitNode) => commit.message.split('\n').slice(1).join('\n').trim(),
		authoredDate: ({ commit }: CommitNode) => {
			if (commit.authoredDate === null) throw new Error('Cannot return null for non-nullable field Commit.authoredDate');
			return commit.authoredDate;
		},
		committedDate: ({ commit }: CommitNode) => commit.committedDate,
		additions: ({ commit }: CommitNode, _args: never, context: QueryContext) => statistic(commit, 'additions', context),
		deletions: ({ commit }: CommitNode, _args: never, context: QueryContext) => statistic(commit, 'deletions', context),
		author: gitActor,
		committer: gitActor,
		url: ({ repository, commit }: CommitNode, _args: never, { world }: QueryContext) => `${world.webUrl}/${repository.nameWithOwner}/commit/${commit.oid}`,
		statusCheckRollup: ({ repository, commit }: CommitNode, _args: never, context: QueryContext, info: GraphQLResolveInfo) => rollupOf(repository, commit.oid, context, info),
	},
};

/** A commit that a push has taken from the branch is there all the same. */
function reviewedCommit({ commitOid, createdAt, repository }: Review): CommitNode | null {
	return commitOid === null ? null : { __typename: 'Commit', repository, commit: buildCommit(createdAt, { oid: commitOid }) };
}

/** An error without a type, at the count's own path; the schema's non-null fields make the whole row null. */
function statistic(commit: Commit, count: 'additions' | 'deletions', { counted }: QueryContext): number {
	counted.add(commit);
	if (commit.hasNoStatistics) throw new Error(`The ${count} count for this commit is unavailable.`);
	return commit[count];
}

/** Sorted only where the limit may cut: one page sorts again. */
function byPath(files: readonly ChangedFile[]): readonly ChangedFile[] {
	return files.length <= MAXIMUM_FILES ? files : [...files].sort((left, right) => (left.path < right.path ? -1 : 1));
}

function gitActor({ commit }: CommitNode): object {
	return { name: commit.authorName, email: null, date: commit.authoredDate, user: commit.author?.__typename === 'User' ? commit.author : null };
}
