import type { Condition } from './condition';

export type LabelMatch = 'any' | 'all' | 'none';

/** What a filter asks of the pull requests themselves. Case counts for none of it, as far as ASCII letters go. */
export interface AttributeFilter {
	/** By the names of labels; an empty list asks for nothing. */
	labels?: { match: LabelMatch; names: string[] };
	/** A login. */
	author?: string;
	draft?: boolean;
	/** Anywhere in the title; blank text asks for nothing. */
	text?: string;
}

/** A filter as conditions on any table that has a pull request's repository and number. */
export function ofAttributes({ labels, author, draft, text }: AttributeFilter): Condition[] {
	const own: Condition[] = [
		...(author === undefined ? [] : [{ sql: 'author_login = ?', values: [author] }]),
		...(draft === undefined ? [] : [{ sql: 'is_draft = ?', values: [Number(draft)] }]),
		...(text === undefined || text.trim() === '' ? [] : [{ sql: `title LIKE ? ESCAPE '\\'`, values: [`%${literal(text.trim())}%`] }]),
	];
	return [...(own.length === 0 ? [] : [among('pull_request', own)]), ...ofLabels(labels)];
}

function ofLabels(labels: AttributeFilter['labels']): Condition[] {
	if (labels === undefined || labels.names.length === 0) {
		return [];
	}
	const { match, names } = labels;
	switch (match) {
		case 'any':
			return [withAny(names)];
		case 'all':
			return names.map((name) => withAny([name]));
		case 'none': {
			const { sql, values } = withAny(names);
			return [{ sql: sql.replace(' IN (', ' NOT IN ('), values }];
		}
	}
}

function withAny(names: string[]): Condition {
	const wanted = names.map(() => '?').join(', ');
	const known = `SELECT repository_id, node_id FROM label WHERE name COLLATE NOCASE IN (${wanted})`;
	return among('pull_request_label', [{ sql: `(repository_id, label_node_id) IN (${known})`, values: names }]);
}

function among(table: string, where: Condition[]): Condition {
	return {
		sql: `(repository_id, number) IN (SELECT repository_id, number FROM ${table} WHERE ${where.map(({ sql }) => sql).join(' AND ')})`,
		values: where.flatMap(({ values }) => values),
	};
}

/** Text in which the wildcards of LIKE stand for themselves. */
function literal(text: string): string {
	return text.replace(/[\\%_]/g, '\\$&');
}
