import { dateWindow, type SeedOptions } from '../../core/sync/seedOptions';
import { errorText } from '../format/errorText';
import type { Localizer } from '../format/localizer';

/** How much of a repository is asked for. */
export type Extent = 'all' | 'newest' | 'since' | 'between' | 'daysBack';
/** What is typed; which of them depends on the extent. */
export type DraftField = 'newest' | 'since' | 'until' | 'daysBack';
/** What is checked or not. */
export type SeedFlag = 'allOpen' | 'refresh' | 'noCache' | 'clear' | 'noCheckRuns' | 'noWait';

/** The options of one seed while a person puts them together. */
export interface SeedDraft {
	extent: Extent;
	/** As typed. */
	fields: Record<DraftField, string>;
	flags: readonly SeedFlag[];
}

const FIELDS: Record<Extent, readonly DraftField[]> = {
	all: [],
	newest: ['newest'],
	since: ['since'],
	between: ['since', 'until'],
	daysBack: ['daysBack'],
};

/** A draft that says what the settings say. */
export function draftOf(settings: SeedOptions): SeedDraft {
	const { maxPullRequests } = settings;
	return {
		extent: maxPullRequests === undefined ? 'all' : 'newest',
		fields: { newest: String(maxPullRequests ?? 100), since: '', until: '', daysBack: '30' },
		flags: [
			...(settings.allOpen === true ? (['allOpen'] as const) : []),
			...(settings.checkRuns === false ? (['noCheckRuns'] as const) : []),
			...(settings.waitForReset === false ? (['noWait'] as const) : []),
		],
	};
}

/** What has to be typed for an extent, in order. */
export function fieldsOf(extent: Extent): readonly DraftField[] {
	return FIELDS[extent];
}

/** What is wrong with the text of a field, for a person; `undefined` when nothing is. */
export function fieldProblem(draft: SeedDraft, field: DraftField, text: string, now: number, l10n: Localizer): string | undefined {
	const value = text.trim();
	if (field === 'newest') {
		return wholeNumber(value) === undefined ? l10n.t('Type a whole number of at least 1.') : undefined;
	}
	if (value === '') {
		return field === 'daysBack' ? l10n.t('Type a whole number of at least 1.') : l10n.t('Type a day as YYYY-MM-DD.');
	}
	// A day is checked together with the one before it, never with one that comes later.
	const known = FIELDS[draft.extent].slice(0, FIELDS[draft.extent].indexOf(field));
	try {
		windowOf([...known, field], { ...draft.fields, [field]: value }, now);
		return undefined;
	} catch (error) {
		return errorText(error, l10n);
	}
}

/**
 * What the command line would make of it.
 * @param settings what is not asked for: the longest wait
 * @throws HumanError when a field has a problem, see {@link fieldProblem}
 */
export function draftOptions(draft: SeedDraft, settings: SeedOptions, now: number): SeedOptions {
	const has = (flag: SeedFlag) => draft.flags.includes(flag);
	const newest = draft.extent === 'newest' ? wholeNumber(draft.fields.newest) : undefined;
	return {
		...(settings.maxWaitMs === undefined ? {} : { maxWaitMs: settings.maxWaitMs }),
		...(newest === undefined ? windowOf(FIELDS[draft.extent], draft.fields, now) : { maxPullRequests: newest }),
		...(has('allOpen') ? { allOpen: true } : {}),
		refresh: has('refresh'),
		noCache: has('noCache'),
		clear: has('clear'),
		checkRuns: !has('noCheckRuns'),
		waitForReset: !has('noWait'),
	};
}

function windowOf(names: readonly DraftField[], fields: SeedDraft['fields'], now: number): ReturnType<typeof dateWindow> {
	const given = (name: DraftField) => (names.includes(name) ? fields[name].trim() : undefined);
	const [since, until, daysBack] = [given('since'), given('until'), given('daysBack')];
	return dateWindow(
		{
			...(since === undefined ? {} : { since }),
			...(until === undefined ? {} : { until }),
			...(daysBack === undefined ? {} : { daysBack: wholeNumber(daysBack) ?? NaN }),
		},
		now,
	);
}

function wholeNumber(text: string): number | undefined {
	const value = /^\d{1,15}$/.test(text.trim()) ? Number(text) : 0;
	return value >= 1 ? value : undefined;
}
