import { instant } from '../model/clock';
import type { WorkloadRow } from '../store/read/workload';
import { partsOf, WORK_PARTS, type WorkPart, type WorkPeriod, type WorkRole } from '../store/read/workParts';

/** What one person has to do; `login: null` stands for what has nobody in the role. */
export interface PersonWork {
	login: string | null;
	parts: Record<WorkPart, number>;
	/** Theirs by the role and open: the sum of the parts that divide it. */
	open: number;
	/** The sum of the parts. */
	total: number;
	/** Drafts and those with changes requested that are stale besides; no part of the total. */
	alsoStale: number;
	/** Theirs by the role, and merged in the period; 0 by reviewer. */
	merged: number;
	/** Reviews that they did in the period; 0 by another role than reviewer. */
	reviewed: number;
}

/** Days without an update after which a pull request is stale, where nobody chose another number. */
export const DEFAULT_STALE_DAYS = 7;
/** Days back to which merged ones and reviews are counted, where nobody chose another number. */
export const DEFAULT_MERGED_DAYS = 30 as const;

const DAY_MS = 86_400_000;

/** What a workload is counted over. @param now milliseconds since the Unix epoch */
export function workPeriod(now: number, { staleDays = DEFAULT_STALE_DAYS, mergedDays = DEFAULT_MERGED_DAYS }: { staleDays?: number | undefined; mergedDays?: number } = {}): Pick<WorkPeriod, 'staleBefore' | 'mergedSince'> {
	const ago = (days: number) => instant(now - days * DAY_MS);
	return { staleBefore: ago(staleDays), mergedSince: ago(mergedDays) };
}

export interface WorkloadModel {
	/** In the order of the rows: by name. */
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

/** Those with something to do or something done, the most to do first, those alike by name; then what nobody took when there is any. */
export function busyPeople({ people, unassigned }: WorkloadModel): PersonWork[] {
	const byTotal = [...people].sort((left, right) => right.total - left.total);
	return [...byTotal, unassigned].filter(({ total, merged, reviewed }) => total + merged + reviewed > 0);
}

/** From where on the bar of what nobody took would make all others too short to read. */
const FAR_LARGER = 2;

const NOTHING: WorkloadRow = { login: null, ready: 0, changesRequested: 0, draft: 0, stale: 0, alsoStale: 0, reviewRequested: 0, merged: 0, reviewed: 0 };

function personWork(row: WorkloadRow): PersonWork {
	const { login, alsoStale, merged, reviewed, ready, changesRequested, draft, stale, reviewRequested } = row;
	const parts = { ready, changesRequested, draft, stale, reviewRequested };
	const open = ready + changesRequested + draft + stale;
	return { login, parts, open, alsoStale, merged, reviewed, total: open + reviewRequested };
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

export type WorkColumn = 'name' | 'total' | WorkPart | 'merged' | 'reviewed';
export type NumberColumn = Exclude<WorkColumn, 'name'>;

/** The columns of numbers that there are by a role, in their order. */
export function numberColumns(role: WorkRole): NumberColumn[] {
	return ['total', ...partsOf(role), doneBy(role)];
}

/** What is counted of the period by a role: reviews done by the reviewer, else what was merged. */
export function doneBy(role: WorkRole): 'merged' | 'reviewed' {
	return role === 'reviewer' ? 'reviewed' : 'merged';
}

/** A person's numbers by their names, as reports, tools and exports give them to programs. */
export function workNumbers(person: PersonWork, role: WorkRole): Record<string, number> {
	const { open, alsoStale, parts } = person;
	return { open, ...Object.fromEntries(partsOf(role).map((part) => [part, parts[part]])), alsoStale, [doneBy(role)]: person[doneBy(role)] };
}

/** How a person looks at the workload. */
export interface WorkloadView {
	sort: { by: WorkColumn; descending: boolean };
	/** Part of a name, in any case; empty for all. */
	search: string;
	/** People without any open work too. */
	withIdle: boolean;
}

/** Who has the most to do comes first. */
export const FIRST_SORT: WorkloadView['sort'] = { by: 'total', descending: true };

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

export function columnValue(person: PersonWork, column: NumberColumn): number {
	switch (column) {
		case 'total':
			return person.total;
		case 'merged':
		case 'reviewed':
			return person[column];
		default:
			return person.parts[column];
	}
}
