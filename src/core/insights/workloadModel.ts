import { instant } from '../model/clock';
import type { WorkloadRow } from '../store/read/workload';
import { WORK_PARTS, type WorkPart, type WorkPeriod } from '../store/read/workParts';

/** What one person has to do; `login: null` stands for what is assigned to nobody. */
export interface PersonWork {
	login: string | null;
	parts: Record<WorkPart, number>;
	/** Assigned to them and open: the sum of the parts that divide it. */
	open: number;
	/** The sum of the parts. */
	total: number;
	/** Assigned to them, and merged in the period. */
	merged: number;
}

/** Days without an update after which a pull request is stale, where nobody chose another number. */
export const DEFAULT_STALE_DAYS = 7;
/** Days back to which merged ones are counted, where nobody chose another number. */
export const DEFAULT_MERGED_DAYS = 30 as const;

const DAY_MS = 86_400_000;

/** What a workload is counted over. @param now milliseconds since the Unix epoch */
export function workPeriod(now: number, { staleDays = DEFAULT_STALE_DAYS, mergedDays = DEFAULT_MERGED_DAYS }: { staleDays?: number | undefined; mergedDays?: number } = {}): Pick<WorkPeriod, 'staleBefore' | 'mergedSince'> {
	const ago = (days: number) => instant(now - days * DAY_MS);
	return { staleBefore: ago(staleDays), mergedSince: ago(mergedDays) };
}

export interface WorkloadModel {
	/** By name. */
	people: PersonWork[];
	/** There even when it is nothing. */
	unassigned: PersonWork;
	/** What a full bar stands for: the largest total; 0 when there is nothing. What nobody took counts unless it is far larger. */
	scale: number;
}

export function workloadModel(rows: readonly WorkloadRow[]): WorkloadModel {
	const people = rows.filter(({ login }) => login !== null).map(personWork);
	const unassigned = personWork(rows.find(({ login }) => login === null) ?? NOTHING);
	const largest = people.reduce((most, { total }) => Math.max(most, total), 0);
	const fits = largest === 0 || unassigned.total <= FAR_LARGER * largest;
	return { people, unassigned, scale: fits ? Math.max(largest, unassigned.total) : largest };
}

/** Those with something to do or something merged, by name, then what nobody took when there is any. */
export function busyPeople({ people, unassigned }: WorkloadModel): PersonWork[] {
	return [...people, unassigned].filter(({ total, merged }) => total + merged > 0);
}

/** From where on the bar of what nobody took would make all others too short to read. */
const FAR_LARGER = 2;

const NOTHING: WorkloadRow = { login: null, ready: 0, changesRequested: 0, draft: 0, stale: 0, reviewRequested: 0, merged: 0 };

function personWork(row: WorkloadRow): PersonWork {
	const { login, merged, ready, changesRequested, draft, stale, reviewRequested } = row;
	const parts = { ready, changesRequested, draft, stale, reviewRequested };
	const open = ready + changesRequested + draft + stale;
	return { login, parts, open, merged, total: open + reviewRequested };
}

/** One piece of a bar that is not empty. */
export interface WorkSegment {
	part: WorkPart;
	count: number;
}

export function segments(person: PersonWork): WorkSegment[] {
	return WORK_PARTS.map((part) => ({ part, count: person.parts[part] })).filter(({ count }) => count > 0);
}

/** How long a person's bar is, from 0 to 1. One that is longer than the scale is full, and has to be marked as not to scale. */
export function barLength(person: PersonWork, scale: number): { length: number; toScale: boolean } {
	if (person.total > scale) {
		return { length: 1, toScale: false };
	}
	return { length: person.total === 0 ? 0 : person.total / scale, toScale: true };
}

export type WorkColumn = 'name' | 'total' | WorkPart | 'merged';

/** How a person looks at the workload. */
export interface WorkloadView {
	sort: { by: WorkColumn; descending: boolean };
	/** Part of a name, in any case; empty for all. */
	search: string;
	/** People without any open work too. */
	withIdle: boolean;
}

/** By name, because the page shows load and ranks nobody. */
export const NEUTRAL_SORT: WorkloadView['sort'] = { by: 'name', descending: false };

/** The people of a view in its order; those alike by name. Nobody's work is not among them: it stands apart. */
export function arrangePeople(people: readonly PersonWork[], view: WorkloadView, language: string): PersonWork[] {
	const wanted = view.search.trim().toLowerCase();
	const { by, descending } = view.sort;
	const direction = descending ? -1 : 1;
	// One collator for all: comparing with locales otherwise takes seconds for thousands of names.
	const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true });
	const byName = (left: PersonWork, right: PersonWork) => collator.compare(left.login ?? '', right.login ?? '');
	return people
		.filter((person) => (view.withIdle || person.total > 0) && (person.login ?? '').toLowerCase().includes(wanted))
		.sort((left, right) =>
			by === 'name'
				? direction * byName(left, right)
				: direction * (columnValue(left, by) - columnValue(right, by)) || byName(left, right),
		);
}

export function columnValue(person: PersonWork, column: Exclude<WorkColumn, 'name'>): number {
	switch (column) {
		case 'total':
			return person.total;
		case 'merged':
			return person.merged;
		default:
			return person.parts[column];
	}
}
