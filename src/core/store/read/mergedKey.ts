import { folded } from '../sqlite/foldedText';
import type { RepositoryScope } from '../sqlite/condition';

/** What groups of several repositories are taken together by: their title, in whatever case. */
export function mergedKey(title: string): string {
	return folded(title);
}

/** Rows in the order in which their repositories were named. */
export function inOrder<T extends { repositoryId: number }>(rows: readonly T[], { repositoryIds = [] }: RepositoryScope): T[] {
	const places = new Map<number, T[]>(repositoryIds.map((id) => [id, []]));
	for (const row of rows) {
		const place = places.get(row.repositoryId);
		if (place) {
			place.push(row);
		} else {
			places.set(row.repositoryId, [row]);
		}
	}
	return [...places.values()].flat();
}

/** No two have the same key. */
export function byKey<T extends { key: string | null }>({ key: one }: T, { key: other }: T): number {
	return (one ?? '') < (other ?? '') ? -1 : 1;
}
