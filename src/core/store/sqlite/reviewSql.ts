import { byBot } from './botSql';

/** How the reviews of a pull request stand; `none` where no decisive one is known, and no rule that asks for one. */
export const REVIEW_STATES = ['approved', 'changes-requested', 'review-required', 'none'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** Somebody's latest decisive review, as `latestReviews` of the model finds it, is an approval. Bots count for nothing. */
const HAS_APPROVAL = `EXISTS (
	SELECT 1 FROM review AS one
	WHERE one.repository_id = pull_request.repository_id AND one.number = pull_request.number AND one.state = 'APPROVED' AND NOT ${byBot('one')}
		AND NOT EXISTS (
			SELECT 1 FROM review AS later
			WHERE later.repository_id = one.repository_id AND later.number = one.number AND later.author_login = one.author_login
				AND later.state IN ('APPROVED', 'CHANGES_REQUESTED', 'DISMISSED')
				AND (coalesce(later.submitted_at, ''), later.position) > (coalesce(one.submitted_at, ''), one.position)
		)
)`;

/**
 * One of {@link REVIEW_STATES}, on a row of `pull_request`. A wish for changes that stands comes first, whoever's, as the workload
 * has it; then what GitHub decides by the rules of the base branch; without such a rule, an approval.
 */
export const REVIEW_STATE = `CASE
	WHEN changes_requested OR review_decision = 'CHANGES_REQUESTED' THEN 'changes-requested'
	WHEN review_decision = 'REVIEW_REQUIRED' THEN 'review-required'
	WHEN review_decision = 'APPROVED' OR ${HAS_APPROVAL} THEN 'approved'
	ELSE 'none'
END`;
