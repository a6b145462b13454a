import type { GraphQLResolveInfo } from 'graphql';
import { actor } from '../actors';
import type { Connection, ConnectionArguments } from '../connection';
import { askMergeability, reviewDecision } from '../mergeability';
import { headOwner, isCrossRepository, type PullRequest, type ReviewThread, type TimelineEvent } from '../model';
import type { QueryContext } from '../queryContext';
import { organization } from './actorResolvers';
import { sortedPage } from './repositoryResolvers';
import type { ResolverMap } from './resolverMap';

interface TimelineArguments extends ConnectionArguments {
	readonly itemTypes?: readonly string[] | null;
}

/** `ReadyForReviewEvent` → `READY_FOR_REVIEW_EVENT` */
function itemType(typename: string): string {
	return typename.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** What is hidden is counted, and its row is null. That the total is of the whole timeline, whatever is asked of it, is feared, not known. */
function shownPage(page: Connection<TimelineEvent>, all: number): object {
	return {
		totalCount: all,
		pageInfo: page.pageInfo,
		edges: page.edges,
		filteredCount: page.totalCount,
		pageCount: page.nodes.length,
		nodes: page.nodes.map((event) => (event.isHidden ? null : event)),
	};
}

/** What a pull request says of being merged: mergeability, merge queue, auto-merge, open conversations, and what was done to it. */
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
		timelineItems: (row: PullRequest, args: TimelineArguments, context: QueryContext, info: GraphQLResolveInfo) => {
			const chosen = (row.timeline ?? []).filter(({ __typename }) => !args.itemTypes || args.itemTypes.includes(itemType(__typename)));
			const page = sortedPage(chosen, (one: TimelineEvent) => [one.createdAt, one.databaseId], args, context, info);
			return shownPage(page, (row.timeline?.length ?? 0) + row.commentCount + row.labels.length);
		},
	},
	MergeQueueEntry: {
		jump: () => false,
		solo: () => false,
	},
};
