const parts = new Intl.DateTimeFormat('en-US', { timeZone: 'America/Los_Angeles', hour: 'numeric', hourCycle: 'h23' });

/**
 * The `dueOn` of a milestone that is due on a day: GitHub keeps the day's first second in the Pacific time zone, 08:00Z in winter and 07:00Z
 * in summer (microsoft/PowerShellForGitHub#133).
 * @param day `2026-11-27`
 */
export function pacificMidnight(day: string): string {
	for (const hour of ['07', '08']) {
		const time = `${day}T${hour}:00:00Z`;
		if (parts.format(new Date(time)) === '00') return time;
	}
	throw new Error(`${day} has no midnight in the Pacific time zone.`);
}
