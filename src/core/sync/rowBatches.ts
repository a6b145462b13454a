import type { CacheState } from '../cache/cacheState';
import type { JournalChange } from '../cache/journalEntry';
import type { PullRequest } from '../model/pullRequest';
import type { WrittenPullRequest } from '../store/write/repositoryChange';

/** What goes into one transaction: to parse it and hand it over takes some milliseconds of the thread. */
const BATCH = { pullRequests: 50, bytes: 512 * 1024 };
/** Changes in portions that make one transaction each. */
export async function* batches(changes: AsyncIterable<JournalChange>): AsyncGenerator<JournalChange[]> {
	let batch: JournalChange[] = [];
	let bytes = 0;
	for await (const change of changes) {
		batch.push(change);
		bytes += change.bytes;
		if (batch.length === BATCH.pullRequests || bytes >= BATCH.bytes) {
			yield batch;
			batch = [];
			bytes = 0;
		}
	}
	if (batch.length > 0) {
		yield batch;
	}
}

/** What the database has to know of changes, as things are now. */
export function rowsOf(changes: readonly Pick<JournalChange, 'record' | 'removed'>[], state: CacheState): { pullRequests: WrittenPullRequest[]; removed: number[] } {
	const dropped = new Set(state.dropped);
	return {
		pullRequests: changes.flatMap(({ record }) => (record ? [{ ...asOfNow(record.pullRequest, dropped, state.nameWithOwner), readAt: Math.round(record.readAt), seenAt: Math.round(record.seenAt ?? record.readAt) }] : [])),
		removed: changes.flatMap(({ removed }) => (removed === undefined ? [] : [removed])),
	};
}

/**
 * Whether a pull request names a label that the catalogue does not have: one made since that was read. Its row comes with the
 * next catalogue, unless the label is gone by then.
 */
export function awaitsLabel({ labelIds }: PullRequest, { labels, dropped }: Pick<CacheState, 'labels' | 'dropped'>): boolean {
	return labelIds.some((id) => !labels.some((label) => label.id === id) && !dropped.includes(id));
}

/** A record is as it was read; since then the repository may have been renamed, and labels or milestones deleted. */
function asOfNow(pullRequest: PullRequest, dropped: ReadonlySet<string>, nameWithOwner: string): PullRequest {
	const { details, labelIds, milestoneId, url } = pullRequest;
	return {
		...pullRequest,
		details: details && { ...details, linkedIssues: details.linkedIssues.map((issue) => ({ ...issue, repository: issue.repository ?? nameWithOwner })) },
		labelIds: labelIds.filter((id) => !dropped.has(id)),
		milestoneId: milestoneId !== null && dropped.has(milestoneId) ? null : milestoneId,
		url: url.replace(/\/[^/]+\/[^/]+\/pull\/(\d+)$/, `/${nameWithOwner}/pull/$1`),
	};
}
