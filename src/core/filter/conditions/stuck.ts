import { sentence, type Sentence } from '../../model/sentence';
import type { FilterCondition } from '../filterCondition';

/** Whether it has been the same turn for longer than who asks allows; not where it is not known since when, or nobody says how long. */
export const stuck: FilterCondition<boolean> = {
	title: sentence('Stuck'),
	icon: 'watch',
	question: { kind: 'choice', choices: [{ value: undefined, text: sentence('stuck or not') }, ...[true, false].map((value) => ({ value, text: words(value) }))] },
	parameters: [{ name: 'stuck', kind: 'flag', description: 'open ones that have been waiting for the same for more than 7 days, or the days that the user set', not: 'those that have not' }],
	rows: (isStuck, asker) => [{ table: 'open_turn', sql: `${isStuck ? '' : 'NOT '}ifnull(since < ?, false)`, values: [asker?.stuckBefore ?? null] }],
	read: (kept) => (typeof kept === 'boolean' ? kept : undefined),
	text: words,
	take: (given) => given.flag('stuck'),
};

function words(isStuck: boolean): Sentence {
	return isStuck ? sentence('stuck') : sentence('not stuck');
}
