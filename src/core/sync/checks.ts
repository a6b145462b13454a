import type { GraphqlAnswer } from '../github/answer';
import { listOf } from '../github/lists';
import { CHECKS } from '../github/nodeReaders';
import { checksQuery } from '../github/queries';
import { PAGE_SIZE } from '../github/selections';
import { rollupsOf, type WireChecks } from '../github/wire';
import { isInstant } from '../model/guards';
import type { Unfinished } from './overflow';
import { heed, isTooMuchForServer, readsRollup, type SyncContext } from './syncContext';

/** GitHub gives up to so many pull requests by id. */
const MOST_IDS = 100;

/**
 * Reads the first page of each pull request's checks, where it has any and they have not come yet. Checks are what
 * takes a server longest, and how many there are is known by now: each request asks for about as many as proved right.
 * What the server can't compute stays unread.
 */
export async function fetchChecks(context: SyncContext, pullRequests: readonly Unfinished[]): Promise<void> {
	let waiting = pullRequests.filter((one) => one.lists.checks?.seen === 0 && weightOf(one) > 0);
	while (waiting.length > 0 && readsRollup(context)) {
		let asked: Unfinished[] = [];
		try {
			const answer = await context.governor.run(
				'graphql',
				({ size, signal }) => {
					asked = fitting(waiting, size);
					return queryChecks(context, asked, signal);
				},
				{ sizes: context.checksBatch, items: waiting.reduce((sum, one) => sum + weightOf(one), 0) },
			);
			asked.forEach((one, index) => take(one, answer.data.nodes[index]));
		} catch (error) {
			if (!isTooMuchForServer(error)) {
				throw error;
			}
			asked = waiting.slice(0, 1);
		}
		waiting = waiting.slice(asked.length);
	}
}

async function queryChecks(context: SyncContext, asked: readonly Unfinished[], signal: AbortSignal | undefined) {
	const answer: GraphqlAnswer<{ nodes: (WireChecks | null | undefined)[] }> = await context.client.graphql(
		{
			operation: 'Checks',
			query: checksQuery(context.dialect),
			variables: { ids: asked.map(({ id }) => id) },
			isUsable: ({ nodes }) => Array.isArray(nodes) && nodes.length === asked.length,
		},
		signal,
	);
	return heed(context, answer);
}

/** How many checks a page of this pull request brings. */
function weightOf({ lists }: Unfinished): number {
	return Math.min(PAGE_SIZE, lists.checks?.totalCount ?? 0);
}

/** As many from the first on as bring no more checks than that, but one at least. */
function fitting(waiting: readonly Unfinished[], checks: number): Unfinished[] {
	let sum = 0;
	const end = waiting.findIndex((one, index) => (sum += weightOf(one)) > checks && index > 0);
	return waiting.slice(0, Math.min(end < 0 ? waiting.length : end, MOST_IDS));
}

/** An answer about another head leaves the checks unread: they are not those that were counted. */
function take(one: Unfinished, wire: WireChecks | null | undefined): void {
	if (!wire || wire.number !== one.number || wire.headRefOid !== one.headOid) {
		one.lists.checks = listOf(null, CHECKS);
		return;
	}
	if (isInstant(wire.updatedAt) && wire.updatedAt > one.seenUpdatedAt) {
		one.seenUpdatedAt = wire.updatedAt;
	}
	one.lists.checks = listOf(rollupsOf(wire)?.statusCheckRollup?.contexts, CHECKS);
}
