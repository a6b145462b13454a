import { daysUntil, isComplete, type DueMilestone } from '../../core/insights/due';
import { formatDay, type Localizer } from './localizer';

/** Beyond this a date says more than a count of days. */
const FAR_DAYS = 60;

/**
 * `due in 3 days`, `due today`, `2 days overdue`, or the date when it is far away; `complete` where the day has passed with
 * nothing left. Empty where there is no day.
 */
export function dueText(milestone: DueMilestone, now: number, l10n: Localizer): string {
	const dueOn = milestone.dueOn ?? '';
	const days = daysUntil(dueOn, now);
	if (days === undefined) {
		return '';
	}
	if (days < 0 && isComplete(milestone)) {
		return l10n.t('complete');
	}
	if (days > FAR_DAYS) {
		return l10n.t('due {0}', formatDay(Date.parse(dueOn), l10n));
	}
	switch (days) {
		case 0:
			return l10n.t('due today');
		case 1:
			return l10n.t('due tomorrow');
		case -1:
			return l10n.t('1 day overdue');
		default:
			return days > 0 ? l10n.t('due in {0} days', days) : l10n.t('{0} days overdue', -days);
	}
}
