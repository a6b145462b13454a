import type { RateLimits } from '../../core/model/rateLimit';
import type { RepositoryReport, SeedProgress } from '../../core/sync/seedReport';
import { formatNumber, formatTime, type Localizer } from './localizer';
import { pullRequestsText } from './partText';

/**
 * What the notification says while a run goes on: how far it is, and what is left to spend.
 * @param again it has read pull requests already: looking for changes now is for those made meanwhile
 */
export function progressText(progress: SeedProgress, limits: RateLimits | undefined, now: number, l10n: Localizer, again = false): string {
	const text = progress.pausedUntil === undefined ? phaseText(progress, again, l10n) : pausedText(progress.pausedUntil, progress.pauseReason, now, l10n);
	const left = limits?.graphql?.remaining;
	return left === undefined || progress.pausedUntil !== undefined
		? text
		: l10n.t('{0} · {1} points left', text, formatNumber(left, l10n));
}

/** The share of its phase that is done, from 0 to 100; `undefined` while the total is unknown. */
export function progressPercent(progress: SeedProgress): number | undefined {
	if (progress.total <= 0) {
		return undefined;
	}
	return Math.min(100, Math.max(0, Math.floor((progress.done / progress.total) * 100)));
}

/** The same for the status bar, which has room for a few characters: `120/310`. */
export function shortProgressText(progress: SeedProgress | undefined, l10n: Localizer): string {
	if (progress?.pausedUntil !== undefined) {
		return l10n.t('paused until {0}', formatTime(progress.pausedUntil));
	}
	return progress && progress.total > 0
		? `${formatNumber(progress.done, l10n)}/${formatNumber(progress.total, l10n)}`
		: l10n.t('syncing');
}

/** `octo/harbor: 310 pull requests (12 new, 3 updated)`, and what became of a comparison: `octo/harbor: 310 pull requests compared with GitHub (all as stored)` */
export function reportText(report: RepositoryReport, l10n: Localizer): string {
	const { nameWithOwner, added, updated, removed, mended, partial, unreadable, withheld, compared } = report;
	const unread = unreadable.length + withheld;
	const changes = [
		added > 0 ? l10n.t('{0} new', formatNumber(added, l10n)) : '',
		updated > 0 ? l10n.t('{0} updated', formatNumber(updated, l10n)) : '',
		removed > 0 ? l10n.t('{0} removed', formatNumber(removed, l10n)) : '',
		mended.length > 0 ? l10n.t('{0} restored in the database', formatNumber(mended.length, l10n)) : '',
		partial.length > 0 ? l10n.t('{0} incomplete', formatNumber(partial.length, l10n)) : '',
		unread > 0 ? l10n.t('{0} could not be read', formatNumber(unread, l10n)) : '',
	].filter((part) => part !== '');
	if (compared === null) {
		return l10n.t('{0}: {1} ({2})', nameWithOwner, pullRequestsText(report.pullRequests, report.totalCount, l10n), changes.length > 0 ? changes.join(', ') : l10n.t('nothing new'));
	}
	return l10n.t('{0}: {1} compared with GitHub ({2})', nameWithOwner, pullRequestsText(compared, null, l10n), changes.length > 0 ? changes.join(', ') : l10n.t('all as stored'));
}

/** `Paused until 14:05, 12 min left (rate limit)`; seconds in the last minute. */
function pausedText(until: number, reason: string | undefined, now: number, l10n: Localizer): string {
	const time = formatTime(until);
	const seconds = Math.ceil((until - now) / 1000);
	const why = reasonText(reason, l10n);
	if (seconds <= 0) {
		return l10n.t('Continuing ({0})', why);
	}
	return seconds < 60
		? l10n.t('Paused ({2}). Resumes at {0} ({1} s)', time, seconds, why)
		: l10n.t('Paused ({2}). Resumes at {0} ({1} min)', time, Math.ceil(seconds / 60), why);
}

/** The core's own words for the waits it knows; any other is shown as it is. */
function reasonText(reason: string | undefined, l10n: Localizer): string {
	switch (reason) {
		case undefined:
		case 'rate limit':
			return l10n.t('rate limit');
		case 'GitHub asked to slow down':
			return l10n.t('GitHub asked to slow down');
		default:
			return reason;
	}
}

function phaseText(progress: SeedProgress, again: boolean, l10n: Localizer): string {
	const done = formatNumber(progress.done, l10n);
	const total = formatNumber(progress.total, l10n);
	const known = progress.total > 0;
	switch (progress.phase) {
		case 'probing':
			return again ? l10n.t('Checking for changes since') : l10n.t('Looking for changes');
		case 'listing':
			return known ? l10n.t('Listing {0} of {1} pull requests', done, total) : l10n.t('Listing pull requests');
		case 'details':
			return known ? l10n.t('Reading details of {0} of {1} pull requests', done, total) : l10n.t('Reading details');
		case 'checks':
			return known ? l10n.t('Reading check runs of {0} of {1} pull requests', done, total) : l10n.t('Reading check runs');
		case 'verifying':
			return known ? l10n.t('Checking {0} of {1} pull requests against GitHub', done, total) : l10n.t('Checking against GitHub');
		case 'waiting':
			return progress.pauseReason === undefined ? l10n.t('Waiting') : l10n.t('Waiting ({0})', progress.pauseReason);
	}
}
