import { sentence, type Sentence } from '../../model/sentence';
import { REVIEW_STATE, REVIEW_STATES, type ReviewState } from '../../store/sqlite/reviewSql';
import type { FilterCondition } from '../filterCondition';

/** How its reviews stand. */
export const reviewState: FilterCondition<ReviewState> = {
	title: sentence('Review'),
	icon: 'comment-discussion',
	question: { kind: 'choice', choices: [{ value: undefined, text: sentence('Any review state') }, ...REVIEW_STATES.map((value) => ({ value, text: words(value) }))] },
	parameters: [{ name: 'reviewState', kind: 'choice', choices: REVIEW_STATES, description: 'How the reviews stand; none: no decisive review is known.' }],
	rows: (state) => [{ table: 'pull_request', sql: `${REVIEW_STATE} = ?`, values: [state] }],
	read: (kept) => REVIEW_STATES.find((known) => known === kept),
	text: words,
	take: (given) => given.choice('reviewState', REVIEW_STATES),
};

function words(state: ReviewState): Sentence {
	switch (state) {
		case 'approved':
			return sentence('approved');
		case 'changes-requested':
			return sentence('changes requested');
		case 'review-required':
			return sentence('review required');
		case 'none':
			return sentence('no decisive review known');
	}
}
