/** Where the world's time comes from, in milliseconds since 1970. */
export interface Clock {
	now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is told to move, so a test knows every timestamp. */
export class ManualClock implements Clock {
	#now: number;

	constructor(start: number | string = '2026-03-02T09:00:00Z') {
		this.#now = new Date(start).getTime();
	}

	now(): number {
		return this.#now;
	}

	set(time: number | string): void {
		this.#now = new Date(time).getTime();
	}

	advance(milliseconds: number): void {
		this.#now += milliseconds;
	}
}

/** GitHub's timestamps have second precision: `2026-03-02T09:00:00Z`. */
export function isoSeconds(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
