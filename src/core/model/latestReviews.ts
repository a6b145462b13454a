import type { Review } from './pullRequest';

/** What decides of a review. A comment takes back neither an approval nor a wish for changes. */
export interface ReviewWord extends Pick<Review, 'state' | 'submittedAt'> {
	/** `null` once the account is deleted. */
	authorLogin: string | null;
}

const DECISIVE = new Set<Review['state']>(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);

/**
 * Each person's latest decisive review, in the order in which they first gave one; of two at one time the later in the list
 * counts. Nobody can tell deleted accounts apart, so each of their reviews stands for itself.
 */
export function latestReviews<T extends ReviewWord>(reviews: readonly T[]): T[] {
	const latest = new Map<string | T, T>();
	for (const review of reviews) {
		const reviewer = review.authorLogin?.toLowerCase() ?? review;
		if (DECISIVE.has(review.state) && (review.submittedAt ?? '') >= (latest.get(reviewer)?.submittedAt ?? '')) {
			latest.set(reviewer, review);
		}
	}
	return [...latest.values()];
}
