import { WAITING, type Waiting } from '../../insights/turn';
import { sentence, type Sentence } from '../../model/sentence';
import type { FilterCondition } from '../filterCondition';

/** Whose turn it is; what is not open is nobody's. */
export const turn: FilterCondition<Waiting> = {
	title: sentence('Waiting for'),
	icon: 'arrow-swap',
	question: { kind: 'choice', choices: [{ value: undefined, text: sentence('anyone') }, ...WAITING.map((value) => ({ value, text: waitingWords(value) }))] },
	parameters: [{ name: 'turn', kind: 'choice', choices: WAITING, description: 'Whom it waits for; open pull requests only.' }],
	rows: (value) => [{ table: 'open_turn', sql: 'waits_for = ?', values: [value] }],
	read: (kept) => WAITING.find((known) => known === kept),
	text: waitingWords,
	take: (given) => given.choice('turn', WAITING),
};

function waitingWords(value: Waiting): Sentence {
	switch (value) {
		case 'author':
			return sentence('waiting for the author');
		case 'reviewers':
			return sentence('waiting for reviewers');
		case 'mergers':
			return sentence('waiting for whoever can merge');
		case 'maintainers':
			return sentence('waiting for the maintainers');
		case 'ci':
			return sentence('waiting for checks');
		case 'github':
			return sentence('waiting for GitHub');
		case 'unknown':
			return sentence('not known whom it waits for');
	}
}
