import { sentence, type Sentence } from '../../model/sentence';
import { equalsText } from '../../store/sqlite/textConditions';
import { isNameSet, NAME_MATCHES, type FilterCondition, type NameSet, type RowCondition } from '../filterCondition';

/** The names of a pull request's labels, in whatever case. An empty list asks for nothing. */
export const labels: FilterCondition<NameSet> = {
	title: sentence('Labels'),
	icon: 'tag',
	question: {
		kind: 'names',
		of: 'label',
		anyone: sentence('Any labels'),
		prompt: sentence('Select labels'),
		matches: [
			{ value: 'any', text: sentence('Has any of…') },
			{ value: 'all', text: sentence('Has all of…') },
			{ value: 'none', text: sentence('Has none of…') },
		],
	},
	parameters: [
		{ name: 'labels', kind: 'texts', description: 'Names of labels.', option: 'label', value: 'NAME' },
		{ name: 'labelMatch', kind: 'choice', choices: NAME_MATCHES, description: 'Whether any, all or none of the labels have to be there.' },
	],
	rows({ match, names }) {
		if (names.length === 0) {
			return [];
		}
		return match === 'all' ? names.map((name) => withAny([name])) : [{ ...withAny(names), isAbsent: match === 'none' }];
	},
	read: (kept) => (isNameSet(kept) && kept.names.length > 0 ? { match: kept.match, names: kept.names } : undefined),
	text: words,
	take(given) {
		given.needs('labelMatch', 'labels');
		const [names, match] = [given.texts('labels'), given.choice('labelMatch', NAME_MATCHES) ?? 'any'];
		return names && { match, names };
	},
};

function withAny(names: readonly string[]): RowCondition {
	const { sql, values } = equalsText('name', names);
	return { table: 'pull_request_label', sql: `(repository_id, label_node_id) IN (SELECT repository_id, node_id FROM label WHERE ${sql})`, values };
}

function words({ match, names }: NameSet): Sentence {
	const list = names.join(', ');
	if (names.length === 1) {
		return match === 'none' ? sentence('not labeled {0}', list) : sentence('labeled {0}', list);
	}
	switch (match) {
		case 'any':
			return sentence('labeled any of {0}', list);
		case 'all':
			return sentence('labeled all of {0}', list);
		case 'none':
			return sentence('labeled none of {0}', list);
	}
}
