import { columnValue, doneBy, numberColumns, type PersonWork, type WorkColumn } from '../core/insights/workloadModel';
import type { WorkSelection } from '../core/store/read/workParts';
import { button, focusAgain, html } from './dom';
import { isSameSelection, personName, type Page } from './page';
import type { WorkloadResult } from './protocol';
import { RovingFocus } from './rovingFocus';
import { fill } from './texts';
import { workBar } from './workBar';

/** Chart and numbers in one table: a bar beside its numbers, so that sorting and finding move both. */
export class WorkloadTable {
	readonly element = html('table', { class: 'workload', 'aria-describedby': 'hint' });
	private readonly roving = new RovingFocus();

	constructor(
		private readonly page: Page,
		private readonly onSort: (by: WorkColumn) => void,
	) {}

	/** Draws anew; the focus stays where it was, when that is still there. */
	show(people: readonly PersonWork[], result: WorkloadResult): void {
		const focused = this.focusKey();
		const rows = [...people, result.model.unassigned].map((person) => this.row(person, result));
		this.element.replaceChildren(
			html('caption', { class: 'hidden' }, this.page.texts.tableCaption),
			html('thead', {}, this.headings(result)),
			html('tbody', {}, ...rows.slice(0, -1).map(({ element }) => element)),
			html('tbody', { class: 'unassigned' }, ...rows.slice(-1).map(({ element }) => element)),
		);
		this.roving.set(rows.map(({ parts }) => parts));
		if (focused !== undefined) {
			focusAgain([...this.element.querySelectorAll<HTMLElement>('[data-focus]')].find((candidate) => candidate.dataset['focus'] === focused));
		}
	}

	private headings(result: WorkloadResult): HTMLTableRowElement {
		const { texts, state } = this.page;
		const heading = (column: WorkColumn) => {
			const { by, descending } = state.view.sort;
			const sorted = by === column ? (descending ? 'descending' : 'ascending') : null;
			const title = column === 'name' ? null : fill(texts.explained[column], column === doneBy(result.role) ? state.mergedDays : result.staleDays);
			const sort = button(texts.columns[column], () => this.onSort(column), { class: 'sort', 'data-focus': `sort ${column}`, title });
			return html('th', { scope: 'col', class: column === 'name' ? 'name' : 'number', 'aria-sort': sorted }, sort);
		};
		const numbers = numberColumns(result.role).map(heading);
		return html('tr', {}, heading('name'), html('th', { scope: 'col', class: 'work' }, texts.work), ...numbers);
	}

	private row(person: PersonWork, result: WorkloadResult): { element: HTMLTableRowElement; parts: HTMLElement[] } {
		const { page } = this;
		const name = personName(person.login, result.role, page.texts);
		const selection = (part: WorkSelection['part']): WorkSelection => ({ ...result.period, login: person.login, part });
		const bar = workBar(page, person, {
			scale: result.model.scale,
			name,
			isSelected: (part) => isSameSelection(page.selection, selection(part)),
			onChoose: (part) => page.select(selection(part)),
		});
		for (const part of bar.parts) {
			part.dataset['focus'] = `part ${person.login ?? ''} ${part.dataset['part'] ?? ''}`;
		}
		const numbers = numberColumns(result.role).map((column) => {
			const value = columnValue(person, column);
			const also = column === 'stale' && person.alsoStale > 0 ? page.number(person.alsoStale) : null;
			const title = also === null ? null : fill(page.texts.alsoStale, also);
			return html('td', { class: value === 0 ? 'number zero' : 'number', 'data-column': column, 'data-also': also, title }, page.number(value));
		});
		// Isolated, so that a name that is written from right to left does not turn its neighbours.
		const heading = html('th', { scope: 'row', class: 'name', dir: 'auto' }, name);
		return {
			element: html('tr', { 'data-person': person.login ?? '' }, heading, html('td', { class: 'work' }, bar.element), ...numbers),
			parts: bar.parts,
		};
	}

	private focusKey(): string | undefined {
		const { activeElement } = document;
		return activeElement instanceof HTMLElement && this.element.contains(activeElement) ? activeElement.dataset['focus'] : undefined;
	}
}
