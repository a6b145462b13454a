import type { GraphQLResolveInfo } from 'graphql';
import { actor } from '../actors';
import type { ConnectionArguments } from '../connection';
import { askMergeability, reviewDecision } from '../mergeability';
import { headOwner, isCrossRepository, type PullRequest, type ReviewThread } from '../model';
import type { QueryContext } from '../queryContext';
import { organization } from './actorResolvers';
import { sortedPage } from './repositoryResolvers';
import type { ResolverMap } from './resolverMap';

/** What a pull request says of being merged: mergeability, merge queue, auto-merge and open conversations. */
export const mergeResolvers: ResolverMap = {
	PullRequest: {
		mergeable: (row: PullRequest, _args: never, { world }: QueryContext) => askMergeability(world, row).mergeable,
		mergeStateStatus: (row: PullRequest, _args: never, { world }: QueryContext) => askMergeability(world, row).mergeStateStatus,
		isInMergeQueue: (row: PullRequest) => row.mergeQueueEntry !== undefined,
		mergeQueueEntry: (row: PullRequest) => row.mergeQueueEntry ?? null,
		autoMergeRequest: (row: PullRequest) => row.autoMergeRequest ?? null,
		reviewDecision,
		isCrossRepository,
		headRepositoryOwner: (row: PullRequest) => { const owner = headOwner(row); return owner === null ? null : isCrossRepository(row) ? actor(owner) : organization(owner); },
		reviewThreads: (row: PullRequest, args: ConnectionArguments, context: QueryContext, info: GraphQLResolveInfo) =>
			sortedPage(row.reviewThreads ?? [], (one: ReviewThread) => ['', one.databaseId], args, context, info),
	},
	MergeQueueEntry: {
		jump: () => false,
		solo: () => false,
	},
};
