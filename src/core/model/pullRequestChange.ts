import { isText } from './guards';
import { parseJson } from './json';

/** What a sync can find changed of a pull request, each as one value before and after. */
export const VALUE_CHANGES = ['state', 'draft', 'checks', 'conflicts', 'comments', 'commits', 'title', 'milestone'] as const;
/** The same as what went and what came. */
export const LIST_CHANGES = ['review', 'reviewRequests', 'labels', 'assignees'] as const;

export type ValueChange = (typeof VALUE_CHANGES)[number];
export type ListChange = (typeof LIST_CHANGES)[number];
export type ChangeKind = ValueChange | ListChange;

/** One change as it is stored. */
export interface PullRequestChange {
	kind: ChangeKind;
	/** ISO 8601 UTC, second precision, by the server's clock. */
	seenAt: string;
	/**
	 * `state`, `checks`: GitHub's word, the state of a new one coming from `null`; `draft`: `true` or `false`; `conflicts`:
	 * `CONFLICTING` or `MERGEABLE`; `comments`: how many; `commits`: the head's oid; `title`, `milestone`: the title, `null` for none.
	 * Of a {@link ListChange} the names that went, as a JSON array; a review is `octocat APPROVED`.
	 */
	before: string | null;
	/** The same as it is now; of a list the names that came. */
	after: string | null;
}

const KINDS: ReadonlySet<string> = new Set([...VALUE_CHANGES, ...LIST_CHANGES]);
const LISTS: ReadonlySet<string> = new Set(LIST_CHANGES);

/** Whether a kind that was read is one that is known here. */
export function isChangeKind(kind: string): kind is ChangeKind {
	return KINDS.has(kind);
}

/** Whether a kind's values are names that went and came. */
export function isListChange(kind: ChangeKind): kind is ListChange {
	return LISTS.has(kind);
}

/** The names of a list's `before` or `after`; none where they can't be read. */
export function changedNames(value: string | null): string[] {
	try {
		const names = value === null ? [] : parseJson(value);
		return Array.isArray(names) ? names.filter(isText) : [];
	} catch {
		return [];
	}
}
