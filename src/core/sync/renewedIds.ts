import type { RepositoryCache } from '../cache/repositoryCache';
import type { CacheRecord } from '../cache/cacheRecord';
import type { Label, Milestone } from '../model/pullRequest';

/** Records that are rewritten at once. */
const CHUNK = 200;

/**
 * Lets stored pull requests name their labels and milestones by ids in the form that the server uses now, without
 * fetching anything: in one repository a label's name and a milestone's number belong to one alone.
 */
export async function renewIds(cache: RepositoryCache, now: { labels: readonly Label[]; milestones: readonly Milestone[] }): Promise<void> {
	const { state } = cache;
	const renewed = new Map([
		...renewal(state.labels, now.labels, ({ name }) => name.toLowerCase()),
		...renewal(state.milestones, now.milestones, ({ number }) => String(number)),
	]);
	const numbers = [...cache.entries.keys()];
	for (let from = 0; from < numbers.length; from += CHUNK) {
		const records = await cache.readAll(numbers.slice(from, from + CHUNK));
		await cache.put([...records.values()].map((record) => withIds(record, renewed)));
	}
}

/** Former ids and those in their place. */
function renewal<T extends { id: string }>(before: readonly T[], now: readonly T[], keyOf: (item: T) => string): [string, string][] {
	const present = new Map(now.map((item) => [keyOf(item), item.id]));
	return before.flatMap((item) => {
		const id = present.get(keyOf(item));
		return id === undefined || id === item.id ? [] : [[item.id, id] as [string, string]];
	});
}

function withIds(record: CacheRecord, renewed: ReadonlyMap<string, string>): CacheRecord {
	const { pullRequest } = record;
	const { labelIds, milestoneId } = pullRequest;
	return {
		...record,
		pullRequest: {
			...pullRequest,
			labelIds: labelIds.map((id) => renewed.get(id) ?? id),
			milestoneId: milestoneId === null ? null : (renewed.get(milestoneId) ?? milestoneId),
		},
	};
}
