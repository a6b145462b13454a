import type { BurnUpRow } from '../store/read/burnUp';

/** How many there were at the end of a day (UTC, `2026-01-31`). */
export interface BurnUpPoint {
	day: string;
	/** All that had been opened. */
	opened: number;
	/** All of those that had been closed or merged. */
	closed: number;
}

export interface BurnUpModel {
	/** Days on which something changed, oldest first, then the last day of the chart. Never just one. Empty when there is nothing. */
	points: BurnUpPoint[];
}

/**
 * Adds up a milestone's days.
 * @param today the day up to which the lines run (UTC), unless something is later
 */
export function burnUpModel(rows: readonly BurnUpRow[], today: string): BurnUpModel {
	const [first] = rows;
	if (first === undefined) {
		return { points: [] };
	}
	// From nothing, the day before: a milestone whose pull requests all came on one day still gets a line.
	let last: BurnUpPoint = { day: dayBefore(first.day), opened: 0, closed: 0 };
	const points = [last];
	for (const { day, opened, closed } of rows) {
		last = { day, opened: last.opened + opened, closed: last.closed + closed };
		points.push(last);
	}
	if (today > last.day) {
		points.push({ ...last, day: today });
	}
	return { points };
}

/** The points as rows of a table that can be read: by month, each as at its end, once there are more than `most`. */
export function burnUpTable(points: readonly BurnUpPoint[], most: number): BurnUpPoint[] {
	if (points.length <= most) {
		return [...points];
	}
	return points.filter(({ day }, index) => points[index + 1]?.day.slice(0, 7) !== day.slice(0, 7));
}

function dayBefore(day: string): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
