import { sentence, type Sentence } from '../../model/sentence';
import { byBot } from '../../store/sqlite/botSql';
import type { FilterCondition } from '../filterCondition';

/** Whether a bot opened it. What a deleted account opened is not a bot's. */
export const bots: FilterCondition<boolean> = {
	title: sentence('Bots'),
	icon: 'hubot',
	question: { kind: 'choice', choices: [{ value: undefined, text: sentence('by people and by bots') }, ...[false, true].map((value) => ({ value, text: words(value) }))] },
	parameters: [{ name: 'bots', kind: 'flag', description: 'by bots only', not: 'not by bots' }],
	rows: (isBot) => [{ table: 'pull_request', sql: `${isBot ? '' : 'NOT '}${byBot('pull_request')}`, values: [] }],
	read: (kept) => (typeof kept === 'boolean' ? kept : undefined),
	text: words,
	take: (given) => given.flag('bots'),
};

function words(isBot: boolean): Sentence {
	return isBot ? sentence('by bots only') : sentence('not by bots');
}
