import { HIDDEN_TEAM } from '../../core/model/pullRequest';
import type { PullRequestDetail } from '../../core/store/pullRequestDetail';
import type { Localizer } from '../format/localizer';
import { oneLine } from '../format/plainText';

/** How the reviews stand: each person's latest word, and who is still asked. Plain text, one line each; empty without any. */
export function reviewLines({ reviews, reviewRequests }: Pick<PullRequestDetail, 'reviews' | 'reviewRequests'>, l10n: Localizer): string[] {
	const latest = new Map<string, PullRequestDetail['reviews'][number]>();
	for (const review of reviews) {
		// A comment takes back neither an approval nor a wish for changes.
		if (review.authorLogin !== null && review.state !== 'PENDING' && review.state !== 'COMMENTED') {
			latest.set(review.authorLogin.toLowerCase(), review);
		}
	}
	const people = (state: string) => [...latest.values()].filter((review) => review.state === state).map(({ authorLogin }) => oneLine(authorLogin ?? ''));
	const line = (names: string[], text: (names: string) => string) => (names.length === 0 ? [] : [text(names.join(', '))]);
	return [
		...line(people('CHANGES_REQUESTED'), (names) => l10n.t('changes requested by {0}', names)),
		...line(people('APPROVED'), (names) => l10n.t('approved by {0}', names)),
		...line(reviewRequests.map((login) => (login === HIDDEN_TEAM ? l10n.t('a team') : oneLine(login))), (names) => l10n.t('waiting for {0}', names)),
	];
}
