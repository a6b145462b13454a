/**
 * The editor's translations as a port, so that what is put into words here is tested without an editor.
 * `t` is `vscode.l10n.t`: `{0}` stands for the first argument.
 */
export interface Localizer {
	/** The editor's display language, such as `en` or `pt-br`. */
	readonly language: string;
	t(message: string, ...args: (string | number)[]): string;
}

/** A whole number as the language groups it: `4,950`. */
export function formatNumber(value: number, l10n: Pick<Localizer, 'language'>): string {
	return wholeNumbers(l10n.language).format(value);
}

/** Bytes in the unit that fits: `1.2 MB`. */
export function formatSize(bytes: number, l10n: Pick<Localizer, 'language'>): string {
	const power = Math.min(SIZE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
	const format = new Intl.NumberFormat(knownLocale(l10n.language), { style: 'unit', unit: SIZE_UNITS[power] ?? 'byte', maximumFractionDigits: power === 0 ? 0 : 1 });
	return format.format(bytes / 1000 ** power);
}

const SIZE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** The hour and minute of a moment by the machine's clock, `14:05` in every language: nobody misreads it. */
export function formatTime(ms: number): string {
	const date = new Date(ms);
	return `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

/** A day as the language writes it: `1 Jun 2026`. */
export function formatDay(ms: number, l10n: Pick<Localizer, 'language'>): string {
	return days(l10n.language).format(ms);
}

/** How long ago a moment was, in the largest unit that is not zero: `3 days ago`, and short `5 min. ago`. One by a clock that is ahead is now. */
export function formatAge(since: string, now: number, l10n: Localizer, style: 'long' | 'short' = 'long'): string {
	const seconds = Math.min(0, (Date.parse(since) - now) / 1000);
	if (Number.isNaN(seconds)) {
		return '';
	}
	const format = ages(l10n.language, style);
	for (const [unit, length] of UNITS) {
		if (-seconds >= length) {
			return format.format(Math.trunc(seconds / length), unit);
		}
	}
	return l10n.t('just now');
}

/** How old something is, in the largest unit that is not zero, as short as the language has it: `3 days`, `2 mo`. */
export function shortAge(since: string, now: number, l10n: Localizer): string {
	const seconds = (now - Date.parse(since)) / 1000;
	if (Number.isNaN(seconds)) {
		return '';
	}
	// What was made a moment ago, or by a clock that is ahead, is as good as new.
	const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? ['minute', 60];
	const count = Math.max(0, Math.trunc(seconds / length));
	if (unit === 'month') {
		// English has "mths" in Intl, which nobody writes.
		return l10n.t('{0} mo', count);
	}
	return spans(l10n.language, unit).format(count);
}

type AgeUnit = 'year' | 'month' | 'day' | 'hour' | 'minute';

const UNITS: [AgeUnit, number][] = [
	['year', 365 * 86_400],
	['month', 30 * 86_400],
	['day', 86_400],
	['hour', 3_600],
	['minute', 60],
];

/** Makes the formats that the rows of trees need. The first of each kind takes the time of a frame or two: Intl loads its data for it. */
export function prepareFormats({ language }: Pick<Localizer, 'language'>): void {
	wholeNumbers(language);
	days(language);
	ages(language, 'long');
	spans(language, 'day');
}

// Every row of a tree has an age, and to make a format takes longer than to use it a hundred times.
const wholeNumbers = kept((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
const days = kept((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }));
const ages = kept((locale, style: 'long' | 'short') => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style }));
const spans = kept((locale, unit: AgeUnit) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }));

/** Formats by language and kind, each made once. */
function kept<F, Kind extends string[]>(make: (locale: string, ...kind: Kind) => F): (language: string, ...kind: Kind) => F {
	const made = new Map<string, F>();
	return (language, ...kind) => {
		const key = [language, ...kind].join(' ');
		const format = made.get(key) ?? make(knownLocale(language), ...kind);
		made.set(key, format);
		return format;
	};
}

// A language pack can have a name that Intl refuses (`qps-ploc`).
function knownLocale(language: string): string {
	try {
		return Intl.getCanonicalLocales(language)[0] ?? 'en';
	} catch {
		return 'en';
	}
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
