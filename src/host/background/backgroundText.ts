import type { BackgroundPlan, BackgroundStatus } from '../../core/background/backgroundPorts';
import { nameWithOwner } from '../../core/model/repository';
import { errorText } from '../format/errorText';
import { formatNumber, formatTime, type Localizer } from '../format/localizer';

export type BackgroundInput = Pick<BackgroundStatus, 'role' | 'pause' | 'nextAt' | 'failures'> & { plan: BackgroundPlan };

/** More would not fit into a tooltip; the log has them all. */
const MOST_FAILURES = 3;
const MINUTE_MS = 60_000;

/** Whether nothing is begun for the sake of a budget. To be offline or signed out is said elsewhere. */
export function isPaused({ pause }: BackgroundInput): boolean {
	const reason = pause?.reason;
	return reason === 'reserve' || reason === 'limit';
}

/** What there is to say of background sync, as lines of plain text; none while it is off. */
export function backgroundLines(input: BackgroundInput, l10n: Localizer): string[] {
	const { failures, plan } = input;
	if (plan.repositories.length === 0 || plan.intervalMs === 0) {
		return [];
	}
	const failed = failures.slice(0, MOST_FAILURES).map(({ ref, error }) =>
		l10n.t('{0} could not be kept up to date: {1}', nameWithOwner(ref), errorText(error, l10n)),
	);
	return [planText(plan, l10n), stateLine(input, l10n), ...failed].filter((line) => line !== undefined);
}

/** `2 repositories are kept up to date every 15 minutes.` */
export function planText({ intervalMs, repositories }: Pick<BackgroundPlan, 'intervalMs' | 'repositories'>, l10n: Localizer): string {
	const minutes = formatNumber(intervalMs / MINUTE_MS, l10n);
	return repositories.length === 1
		? l10n.t('1 repository is kept up to date every {0} minutes.', minutes)
		: l10n.t('{0} repositories are kept up to date every {1} minutes.', formatNumber(repositories.length, l10n), minutes);
}

function stateLine({ nextAt, pause, plan, role }: BackgroundInput, l10n: Localizer): string | undefined {
	if (pause?.reason === 'reserve') {
		return l10n.t('Paused until {0}: fewer than {1} points remain, reserved for your own use.', formatTime(pause.until), formatNumber(plan.reserve, l10n));
	}
	if (pause?.reason === 'limit') {
		return l10n.t('Paused until {0}: GitHub asked to slow down.', formatTime(pause.until));
	}
	if (role === 'following') {
		return l10n.t('Another window is syncing.');
	}
	return role === 'leading' && nextAt !== undefined ? l10n.t('Next sync at {0}.', formatTime(nextAt)) : undefined;
}
