import type { PullRequestState } from '../../model/pullRequest';
import { sentence, type Sentence } from '../../model/sentence';
import type { FilterCondition } from '../filterCondition';

/** The states that can be chosen. */
export const STATE_CHOICES = ['open', 'merged', 'closed', 'all'] as const;
export type StateChoice = (typeof STATE_CHOICES)[number];

const STATES: Record<StateChoice, PullRequestState[] | undefined> = { open: ['OPEN'], merged: ['MERGED'], closed: ['CLOSED'], all: undefined };

/** The states of a choice; `undefined` for all. */
export function statesOf(choice: StateChoice): PullRequestState[] | undefined {
	return STATES[choice];
}

/** A pull request's state. Queries take it apart from the other conditions, because the indexes begin with it. */
export const state: FilterCondition<StateChoice> = {
	title: sentence('State'),
	icon: 'git-pull-request',
	question: { kind: 'choice', choices: STATE_CHOICES.map((value) => ({ value, text: stateWords(value) })) },
	parameters: [{ name: 'state', kind: 'choice', choices: STATE_CHOICES, description: 'closed means closed without merging.' }],
	rows: () => [],
	read: (kept) => STATE_CHOICES.find((known) => known === kept),
	text: (choice) => (choice === 'open' ? undefined : stateWords(choice)),
	take: (given) => given.choice('state', STATE_CHOICES),
};

/** A choice in words. */
export function stateWords(choice: StateChoice): Sentence {
	switch (choice) {
		case 'open':
			return sentence('open');
		case 'merged':
			return sentence('merged');
		case 'closed':
			return sentence('closed, not merged');
		case 'all':
			return sentence('all states');
	}
}
