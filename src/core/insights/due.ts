import type { MilestoneStanding } from '../store/read/milestones';

const DAY_MS = 86_400_000;

/**
 * Whole days from today until a milestone is due, negative once it is overdue; `undefined` for what is no date.
 * GitHub keeps the chosen day as a moment of it: midnight in UTC, or in California (07:00Z, in winter 08:00Z). So the
 * day is read in UTC; today is the person's own.
 * @param dueOn ISO 8601
 * @param now milliseconds since the epoch
 */
export function daysUntil(dueOn: string, now: number): number | undefined {
	const due = Date.parse(dueOn);
	if (Number.isNaN(due)) {
		return undefined;
	}
	const today = new Date(now);
	return Math.floor(due / DAY_MS) - Date.UTC(today.getFullYear(), today.getMonth(), today.getDate()) / DAY_MS;
}

/** What has to be known of a milestone to say whether it is late. */
export type DueMilestone = Pick<MilestoneStanding, 'state' | 'dueOn' | 'open' | 'closed' | 'unfinished'>;

/** Whether something is in it, and all of that is closed or merged. */
export function isComplete({ open, closed, unfinished }: DueMilestone): boolean {
	return !unfinished && open === 0 && closed > 0;
}

/** Whether a milestone is neither closed nor complete although its day has passed: on the day itself it is not late. */
export function isOverdue(milestone: DueMilestone, now: number): boolean {
	const { state, dueOn } = milestone;
	return state === 'OPEN' && dueOn !== null && (daysUntil(dueOn, now) ?? 0) < 0 && !isComplete(milestone);
}
