import { sentence, type Sentence } from '../../model/sentence';
import { ROLLUP } from '../../store/sqlite/checksSql';
import type { FilterCondition } from '../filterCondition';

/** What can be asked for of the checks of the head commit, with what {@link ROLLUP} says then. */
const ROLLUPS = { failing: 3, running: 2, passing: 1, none: 0, unknown: null } as const;

export type ChecksChoice = keyof typeof ROLLUPS;
const CHOICES = Object.keys(ROLLUPS) as ChecksChoice[];

/** What the checks of its head commit come to, as the rows of the views mark it. */
export const checks: FilterCondition<ChecksChoice> = {
	title: sentence('Checks'),
	icon: 'pass',
	question: { kind: 'choice', choices: [{ value: undefined, text: sentence('Any checks') }, ...CHOICES.map((value) => ({ value, text: words(value) }))] },
	parameters: [{ name: 'checks', kind: 'choice', choices: CHOICES, description: 'How the checks of the head commit stand; unknown: they were not read.' }],
	rows: (choice) => [{ table: 'pull_request', sql: `${ROLLUP} IS ?`, values: [ROLLUPS[choice]] }],
	read: (kept) => CHOICES.find((known) => known === kept),
	text: words,
	take: (given) => given.choice('checks', CHOICES),
};

function words(choice: ChecksChoice): Sentence {
	switch (choice) {
		case 'failing':
			return sentence('failing checks');
		case 'running':
			return sentence('running checks');
		case 'passing':
			return sentence('passing checks');
		case 'none':
			return sentence('no checks');
		case 'unknown':
			return sentence('checks not known');
	}
}
