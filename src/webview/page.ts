import { oneLine } from '../core/model/visibleText';
import { DEFAULT_ROLE, type WorkRole, type WorkSelection } from '../core/store/read/workParts';
import type { PageState } from './pageState';
import type { Results } from './protocol';
import type { Question } from './requestChannel';
import type { OverviewTexts } from './texts';

/** What the parts of the page share. */
export interface Page {
	readonly texts: OverviewTexts;
	readonly language: string;
	readonly state: PageState;
	/** What the trees show. */
	readonly selection: WorkSelection | null;
	/** Keeps a change of the state over hiding and reloads. */
	update(change: Partial<PageState>): void;
	/** Shows a part of the work in the trees; the one that is shown already, or `null`: everything again. */
	select(selection: WorkSelection | null): void;
	/** Says something to everybody, screen readers too. */
	say(text: string): void;
	/** Asks the extension. A failure is shown by the page; the promise resolves with `undefined` then. */
	ask<K extends keyof Results>(question: Question<K>): Promise<Results[K] | undefined>;
	/** A whole number as the language groups it. */
	number(value: number): string;
	/** A day of UTC, `2026-01-31`, as the language writes it. */
	day(day: string): string;
}

/** What a person of the numbers is called; `null` is nobody. */
export function personName(login: string | null, role: WorkRole, { nobody }: Pick<OverviewTexts, 'nobody'>): string {
	return login === null ? nobody[role] : oneLine(login) || '—';
}

/** Whether two selections mean the same pull requests, whenever each was made. */
export function isSameSelection(left: WorkSelection | null, right: WorkSelection | null): boolean {
	return (
		left?.login === right?.login &&
		(left?.role ?? DEFAULT_ROLE) === (right?.role ?? DEFAULT_ROLE) &&
		left?.part === right?.part &&
		left?.repository?.host === right?.repository?.host &&
		left?.repository?.nameWithOwner === right?.repository?.nameWithOwner
	);
}
