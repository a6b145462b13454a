import { latestReviews } from '../../core/model/latestReviews';
import { isHiddenTeam } from '../../core/model/pullRequest';
import type { PullRequestDetail } from '../../core/store/read/pullRequestDetail';
import type { Localizer } from '../format/localizer';
import { GHOST, oneLine } from '../format/plainText';

/** How the reviews stand: each person's latest word, and who is still asked. Plain text, one line each; empty without any. */
export function reviewLines({ reviews, reviewRequests }: Pick<PullRequestDetail, 'reviews' | 'reviewRequests'>, l10n: Localizer): string[] {
	const latest = latestReviews(reviews);
	const people = (state: string) => latest.filter((review) => review.state === state).map(({ authorLogin }) => oneLine(authorLogin ?? GHOST));
	const line = (names: string[], text: (names: string) => string) => (names.length === 0 ? [] : [text(names.join(', '))]);
	return [
		...line(people('CHANGES_REQUESTED'), (names) => l10n.t('changes requested by {0}', names)),
		...line(people('APPROVED'), (names) => l10n.t('approved by {0}', names)),
		...line(reviewerNames(reviewRequests, l10n), (names) => l10n.t('waiting for {0}', names)),
	];
}

/** Logins and teams as people read them. Teams without a name are told by how many they are, behind all others. */
export function reviewerNames(logins: readonly string[], l10n: Localizer): string[] {
	const named = logins.filter((login) => !isHiddenTeam({ login }));
	const hidden = logins.length - named.length;
	return [...named.map(oneLine), ...(hidden === 0 ? [] : [hidden === 1 ? l10n.t('a team') : l10n.t('{0} teams', hidden)])];
}
