import { sentence, type Sentence } from '../../model/sentence';
import type { FilterCondition } from '../filterCondition';

/** Whether it conflicts with its base branch, where GitHub says so: while that is not known, it is neither. */
export const conflicts: FilterCondition<boolean> = {
	title: sentence('Conflicts'),
	icon: 'git-compare',
	question: { kind: 'choice', choices: [{ value: undefined, text: sentence('with or without conflicts') }, ...[true, false].map((value) => ({ value, text: words(value) }))] },
	parameters: [{ name: 'conflicts', kind: 'flag', description: 'with conflicts only', not: 'only what GitHub knows to have none' }],
	rows: (conflicting) => [{ table: 'pull_request', sql: 'mergeable = ?', values: [conflicting ? 'CONFLICTING' : 'MERGEABLE'] }],
	read: (kept) => (typeof kept === 'boolean' ? kept : undefined),
	text: words,
	take: (given) => given.flag('conflicts'),
};

function words(conflicting: boolean): Sentence {
	return conflicting ? sentence('with conflicts') : sentence('without conflicts');
}
