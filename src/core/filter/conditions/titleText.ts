import { sentence } from '../../model/sentence';
import { containsText } from '../../store/sqlite/textConditions';
import type { FilterCondition } from '../filterCondition';

/** A text anywhere in the title, letter by letter, in whatever case. Blank text asks for nothing. */
export const titleText: FilterCondition<string> = {
	title: sentence('Title contains…'),
	icon: 'search',
	question: { kind: 'text' },
	parameters: [{ name: 'text', kind: 'text', description: 'Text that the title contains.', value: 'TEXT' }],
	rows: (text) => (text.trim() === '' ? [] : [{ table: 'pull_request', ...containsText('title', text.trim()) }]),
	read: (kept) => (typeof kept === 'string' && kept.trim() !== '' ? kept.trim() : undefined),
	text: (text) => sentence('"{0}" in the title', text),
	take: (given) => given.text('text'),
};
