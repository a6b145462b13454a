import { latestChecks, outcomeOf, type CheckOutcome, type CheckResult } from '../../core/store/read/checksRollup';
import { formatNumber, type Localizer } from '../format/localizer';

/** The mark at the right end of a row; none where there are no checks, or none are known. A character of its own each, so that no colour is needed. */
export const CHECK_MARKS: Record<CheckResult, string> = { success: '✓', pending: '●', failure: '✗' };

/** Whether there is anything to tell of the checks. */
export function isCheckResult(state: string): state is CheckResult {
	return Object.hasOwn(CHECK_MARKS, state);
}

/** How the checks stand, in words. */
export function checksStateText(state: CheckResult, l10n: Localizer): string {
	switch (state) {
		case 'success':
			return l10n.t('checks passed');
		case 'pending':
			return l10n.t('checks pending');
		case 'failure':
			return l10n.t('checks failed');
	}
}

/** `2 failed, 1 pending, 12 passed`: the latest run of each check; empty without any. */
export function checkCounts(checks: readonly CheckOutcome[], l10n: Localizer): string {
	const outcomes = latestChecks(checks).map(outcomeOf);
	const count = (wanted: ReturnType<typeof outcomeOf>) => outcomes.filter((outcome) => outcome === wanted).length;
	const [failed, pending, passed] = [count('failure'), count('pending'), count('success')];
	return [
		...(failed > 0 ? [l10n.t('{0} failed', formatNumber(failed, l10n))] : []),
		...(pending > 0 ? [l10n.t('{0} pending', formatNumber(pending, l10n))] : []),
		...(passed > 0 ? [l10n.t('{0} passed', formatNumber(passed, l10n))] : []),
	].join(', ');
}
