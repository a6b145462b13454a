import { folded } from '../sqlite/foldedText';
import { equalsText } from '../sqlite/textConditions';
import type { Condition, RepositoryScope } from '../sqlite/condition';
import type { Grouping } from './filter';

/** What groups of several repositories are taken together by: their title, in whatever case. */
export function mergedKey(title: string): string {
	return folded(title);
}

/** The members of all groups of a key, on the table that has those of a grouping. */
export function inMergedGroup(by: Grouping, key: string): Condition {
	switch (by) {
		case 'milestone':
			return among('milestone', 'milestone_node_id', equalsText('title', [key]));
		case 'label':
			return among('label', 'label_node_id', equalsText('name', [key]));
		case 'assignee':
			return { sql: 'login = ?', values: [key] };
	}
}

function among(table: 'milestone' | 'label', id: string, { sql, values }: Condition): Condition {
	return { sql: `(repository_id, ${id}) IN (SELECT repository_id, node_id FROM ${table} WHERE ${sql})`, values };
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
