import { sentence, type Sentence } from '../../model/sentence';
import type { FilterCondition } from '../filterCondition';

/** Whether it is a draft. */
export const draft: FilterCondition<boolean> = {
	title: sentence('Draft'),
	icon: 'git-pull-request-draft',
	question: { kind: 'choice', choices: [{ value: undefined, text: sentence('drafts and non-drafts') }, ...[false, true].map((value) => ({ value, text: words(value) }))] },
	parameters: [{ name: 'draft', kind: 'flag', description: 'drafts only', not: 'no drafts' }],
	rows: (isDraft) => [{ table: 'pull_request', sql: 'is_draft = ?', values: [Number(isDraft)] }],
	read: (kept) => (typeof kept === 'boolean' ? kept : undefined),
	text: words,
	take: (given) => given.flag('draft'),
};

function words(isDraft: boolean): Sentence {
	return isDraft ? sentence('drafts only') : sentence('no drafts');
}
