import { TURN_REASONS, turnOf, type Turn, type Waiting } from '../../core/insights/turn';
import type { TurnFacts } from '../../core/store/read/turnFacts';
import { localized } from '../format/errorText';
import { formatAge, type Localizer } from '../format/localizer';
import { GHOST } from '../format/plainText';
import { reviewerNames } from './reviewsText';

/** Whom an open pull request waits for, why, and since when where that is known: `ada · changes requested · 3 days ago`. */
export function turnText(facts: TurnFacts, now: number, l10n: Localizer): string {
	const { waitsFor, who, ...why } = turnOf(facts);
	const whom = who.length > 0 ? reviewerNames(who, l10n).join(', ') : waitingText(waitsFor, l10n);
	return `${whom} · ${reasonText(why, now, l10n)}`;
}

/** Why it waits, and since when where that is known: `changes requested · 3 days ago`. */
export function reasonText({ reason, since }: Pick<Turn, 'reason' | 'since'>, now: number, l10n: Localizer): string {
	return [localized(TURN_REASONS[reason], l10n), ...(since === null ? [] : [formatAge(since, now, l10n)])].join(' · ');
}

/** What the pull requests that wait for somebody are called together. */
export function turnTitle(waitsFor: Waiting | undefined, l10n: Localizer): string {
	switch (waitsFor) {
		case 'author':
			return l10n.t('Author');
		case 'reviewers':
			return l10n.t('Reviewers');
		case 'mergers':
			return l10n.t('Whoever can merge');
		case 'maintainers':
			return l10n.t('Maintainers');
		case 'ci':
			return l10n.t('Checks');
		case 'github':
			return 'GitHub';
		case 'unknown':
		case undefined:
			return l10n.t('Not known');
	}
}

/** Whom it waits for, where nobody is named. */
function waitingText(waitsFor: Waiting, l10n: Localizer): string {
	switch (waitsFor) {
		case 'author':
			return GHOST;
		case 'reviewers':
			return l10n.t('the reviewers');
		case 'mergers':
		case 'maintainers':
			return l10n.t('the maintainers');
		case 'ci':
			return l10n.t('the checks');
		case 'github':
			return 'GitHub';
		case 'unknown':
			return l10n.t('not known');
	}
}
