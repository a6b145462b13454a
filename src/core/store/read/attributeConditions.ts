import type { PullRequestState } from '../../model/pullRequest';
import { ANY_STATE, ofStates, type Condition } from './condition';
import { containsText, equalsText } from './textConditions';

export type LabelMatch = 'any' | 'all' | 'none';

/** What a filter asks of the pull requests themselves. Case counts for none of it. */
export interface AttributeFilter {
	/** By the names of labels; an empty list asks for nothing. */
	labels?: { match: LabelMatch; names: string[] };
	/** A login. */
	author?: string;
	draft?: boolean;
	/** Anywhere in the title, letter by letter; blank text asks for nothing. */
	text?: string;
	/** A login; `null`: assigned to nobody. */
	assignee?: string | null;
	/** By its title, which several may have; `null`: in none. */
	milestone?: string | null;
}

/**
 * A filter as conditions on any table that has a pull request's repository and number.
 * @param states those that are wanted anyway, so that no others are looked at
 */
export function ofAttributes({ labels, author, draft, text, assignee, milestone }: AttributeFilter, states?: readonly PullRequestState[]): Condition[] {
	const among = inTable(ofStates(states) ?? { sql: ANY_STATE, values: [] });
	const own: Condition[] = [
		...(author === undefined ? [] : [{ sql: 'author_login = ?', values: [author] }]),
		...(draft === undefined ? [] : [{ sql: 'is_draft = ?', values: [Number(draft)] }]),
		...(text === undefined || text.trim() === '' ? [] : [containsText('title', text.trim())]),
		...(assignee === null ? [{ sql: "assignees = '[]'", values: [] }] : []),
		...(milestone === undefined ? [] : [milestone === null ? { sql: 'milestone_number IS NULL', values: [] } : equalsText('milestone_title', [milestone])]),
	];
	return [
		...(own.length === 0 ? [] : [among('pull_request', own)]),
		...(assignee === undefined || assignee === null ? [] : [among('pull_request_assignee', [{ sql: 'login = ?', values: [assignee] }])]),
		...ofLabels(labels, among),
	];
}

/** Pull requests of which a table has a row that is so. */
type Among = (table: string, where: Condition[]) => Condition;

function ofLabels(labels: AttributeFilter['labels'], among: Among): Condition[] {
	if (labels === undefined || labels.names.length === 0) {
		return [];
	}
	const { match, names } = labels;
	switch (match) {
		case 'any':
			return [withAny(names, among)];
		case 'all':
			return names.map((name) => withAny([name], among));
		case 'none': {
			const { sql, values } = withAny(names, among);
			return [{ sql: sql.replace(' IN (', ' NOT IN ('), values }];
		}
	}
}

function withAny(names: string[], among: Among): Condition {
	const { sql, values } = equalsText('name', names);
	return among('pull_request_label', [{ sql: `(repository_id, label_node_id) IN (SELECT repository_id, node_id FROM label WHERE ${sql})`, values }]);
}

/** Names every repository and state too, because the indexes begin with them. */
function inTable(state: Condition): Among {
	return (table, where) => {
		const all = [{ sql: 'repository_id IN (SELECT id FROM repository)', values: [] }, state, ...where];
		return {
			sql: `(repository_id, number) IN (SELECT repository_id, number FROM ${table} WHERE ${all.map(({ sql }) => sql).join(' AND ')})`,
			values: all.flatMap(({ values }) => values),
		};
	};
}
