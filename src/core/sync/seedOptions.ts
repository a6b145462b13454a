import { instant } from '../model/clock';
import type { Extent } from '../model/extent';
import { HumanError } from '../model/humanError';
import { sentence } from '../model/sentence';

/** What one run is asked to do. Everything is optional; nothing given means "all of it, from the cache where possible". */
export interface SeedOptions extends Extent {
	/** Whatever extent is given: that which is stored, where anything is. */
	keepExtent?: boolean;
	/** Read everything again, whatever is known of it. What can't be read this time stays as it was. */
	refresh?: boolean;
	/** Neither read nor write the cache. */
	noCache?: boolean;
	/** Drop the repository's rows from the database first. */
	clear?: boolean;
	/** `false`: leave check runs alone; those already stored stay. */
	checkRuns?: boolean;
	/** `false`: stop resumably at a rate limit instead of waiting for its reset. */
	waitForReset?: boolean;
	/** The longest wait for a reset that is worth it, in milliseconds. */
	maxWaitMs?: number;
	/** Look at every pull request's identity again, to find those that vanished. */
	verify?: boolean;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Turns the options a person types into a window of creation times.
 * `until` names the last day that is still inside.
 * @throws HumanError that names the option and says how it should look
 */
export function dateWindow(
	given: { since?: string; until?: string; daysBack?: number },
	now: number,
): Pick<SeedOptions, 'since' | 'until'> {
	if (given.since !== undefined && given.daysBack !== undefined) {
		throw new HumanError(sentence('Give either a since date or a number of days back, not both.'));
	}
	if (given.daysBack !== undefined && !(Number.isInteger(given.daysBack) && given.daysBack > 0)) {
		throw new HumanError(sentence('Days back should be a whole number of at least 1.'));
	}
	const since =
		// A date can't be earlier than some 270,000 years ago, and a typed number can.
		given.daysBack !== undefined ? instant(Math.max(0, now - given.daysBack * DAY_MS)) : given.since && instant(dayOf('since', given.since));
	const until = given.until && instant(dayOf('until', given.until) + DAY_MS);
	if (since && until && since >= until) {
		throw new HumanError(sentence('The since date is after the until date: swap them.'));
	}
	return { ...(since ? { since } : {}), ...(until ? { until } : {}) };
}

function dayOf(option: string, text: string): number {
	const time = DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
	if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(text)) {
		throw new HumanError(sentence('"{0}" is not a date for {1}: write it as YYYY-MM-DD.', text, option));
	}
	return time;
}
