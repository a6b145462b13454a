// Numbers as a person reads them.

const NUMBERS = new Intl.NumberFormat('en');
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `1 request`, `1,234 requests` */
export function counted(count: number, thing: string, things = `${thing}s`): string {
	return `${numberText(count)} ${count === 1 ? thing : things}`;
}

export function numberText(value: number): string {
	return NUMBERS.format(value);
}

/** `0.3 s`, `12 s`, `2 min 5 s`, `1 h 10 min` */
export function durationText(ms: number): string {
	if (ms < 10 * SECOND) {
		return `${(ms / SECOND).toFixed(1)} s`;
	}
	if (ms < MINUTE) {
		return `${Math.floor(ms / SECOND)} s`;
	}
	return ms < HOUR
		? `${Math.floor(ms / MINUTE)} min ${Math.floor((ms % MINUTE) / SECOND)} s`
		: `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
}

/** `just now`, `5 min ago`, `3 h ago`, `2 days ago`. A clock that is behind the server's counts as now. */
export function ageText(ms: number): string {
	if (ms < MINUTE) {
		return 'just now';
	}
	if (ms < HOUR) {
		return `${Math.floor(ms / MINUTE)} min ago`;
	}
	return ms < 2 * DAY ? `${Math.floor(ms / HOUR)} h ago` : `${Math.floor(ms / DAY)} days ago`;
}

/** `512 B`, `2.0 kB`, `3.4 MB` */
export function sizeText(bytes: number): string {
	const units = ['B', 'kB', 'MB', 'GB'];
	let value = bytes;
	let unit = 0;
	while (value >= 1000 && unit < units.length - 1) {
		value /= 1000;
		unit++;
	}
	return `${unit === 0 ? value : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** `50 of 400`; the first alone where that is all, or not known. */
export function partText(count: number, total: number | null): string {
	return total === null || total <= count ? numberText(count) : `${numberText(count)} of ${numberText(total)}`;
}
