import type { Condition, RepositoryScope } from './condition';
import type { Grouping } from './filter';

/**
 * What groups of several repositories are taken together by: their title, in whatever case as far as ASCII letters go,
 * which is what GitHub does within a repository and SQLite does in `NOCASE`.
 */
export function mergedKey(title: string): string {
	return title.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The members of all groups of a key, on the table that has those of a grouping. */
export function inMergedGroup(by: Grouping, key: string): Condition {
	switch (by) {
		case 'milestone':
			return { sql: '(repository_id, milestone_node_id) IN (SELECT repository_id, node_id FROM milestone WHERE title = ? COLLATE NOCASE)', values: [key] };
		case 'label':
			return { sql: '(repository_id, label_node_id) IN (SELECT repository_id, node_id FROM label WHERE name = ? COLLATE NOCASE)', values: [key] };
		case 'assignee':
			return { sql: 'login = ?', values: [key] };
	}
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
