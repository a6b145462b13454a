import { csvText } from '../core/insights/csv';
import { arrangePeople, columnValue, doneBy, numberColumns, type PersonWork, type WorkColumn } from '../core/insights/workloadModel';
import { DEFAULT_ROLE, partsOf, WORK_ROLES, type WorkRole, type WorkSelection } from '../core/store/read/workParts';
import { button, checkbox, html, LabelledSelect } from './dom';
import { personName, type Page } from './page';
import { themePalette } from './palette';
import { MERGED_DAYS, type SaveRequest, type WorkloadResult } from './protocol';
import { fill } from './texts';
import { WorkloadTable } from './workloadTable';
import { workloadSvg } from './workloadSvg';

/** How many people are drawn at first, and how many more at a time. */
const PAGE_SIZE = 200;

/** Who has how much to do. */
export class WorkloadTab {
	readonly element: HTMLElement;
	private readonly table: WorkloadTable;
	private readonly shown = html('p', { class: 'note', role: 'status' });
	private readonly filtered = html('p', { class: 'filtered' });
	private readonly narrowed = html('p', { class: 'note' });
	private readonly more = html('p');
	private readonly legend = html('ul', { class: 'legend' });
	private readonly roles: LabelledSelect<WorkRole>;
	private readonly period: LabelledSelect<string>;
	private readonly explanation = html('details');
	private result: WorkloadResult | undefined;
	private limit = PAGE_SIZE;

	/** @param reload asks for the numbers again */
	constructor(
		private readonly page: Page,
		private readonly reload: () => void,
	) {
		this.table = new WorkloadTable(page, (by) => this.sort(by));
		this.roles = new LabelledSelect<WorkRole>(page.texts.by, (role) => {
			page.update({ role });
			this.reload();
		});
		this.period = new LabelledSelect<string>(page.texts.mergedIn, (value) => {
			page.update({ mergedDays: MERGED_DAYS.find((days) => String(days) === value) ?? page.state.mergedDays });
			this.reload();
		});
		this.element = html(
			'div',
			{},
			this.toolbar(),
			this.legend,
			html('p', { class: 'note', id: 'hint' }, page.texts.hint),
			this.narrowed,
			this.filtered,
			html('div', { class: 'scroller' }, this.table.element),
			this.more,
			this.shown,
			this.explanation,
		);
	}

	show(result: WorkloadResult): void {
		this.result = result;
		this.draw();
	}

	/** Draws anew what is known, because what the trees show has changed. */
	draw(): void {
		const { page, result } = this;
		if (!result) {
			return;
		}
		const { texts } = page;
		this.roles.set(WORK_ROLES.map((role) => [role, texts.roles[role]]), result.role);
		this.period.rename(result.role === 'reviewer' ? texts.reviewedIn : texts.mergedIn);
		this.legend.replaceChildren(...legend(page, result.role));
		const people = this.people(result);
		const drawn = people.slice(0, this.limit);
		this.table.show(drawn, result);
		this.more.replaceChildren(
			...(drawn.length < people.length ? [button(fill(page.texts.showMore, Math.min(PAGE_SIZE, people.length - drawn.length)), () => this.showMore())] : []),
		);
		this.explain(result);
		this.narrowed.textContent = result.narrowed === '' ? '' : fill(page.texts.narrowed, result.narrowed);
		const known = result.model.people.length;
		this.shown.textContent = people.length === 0 && known > 0 ? page.texts.nobodyFound : fill(page.texts.peopleShown, page.number(people.length), page.number(known));
		this.filtered.replaceChildren(
			...(page.selection === null ? [] : [html('span', {}, fill(page.texts.treesShow, describe(page, page.selection))), ' ', button(page.texts.showAll, () => page.select(null), { class: 'secondary' })]),
		);
	}

	private explain({ role, staleDays }: WorkloadResult): void {
		const { texts, state } = this.page;
		const terms = numberColumns(role).flatMap((column) => [
			html('dt', {}, texts.columns[column]),
			html('dd', {}, fill(texts.explained[column], column === doneBy(role) ? state.mergedDays : staleDays)),
		]);
		this.explanation.replaceChildren(html('summary', {}, texts.explanation), html('dl', {}, ...terms));
	}

	private people(result: WorkloadResult): PersonWork[] {
		return arrangePeople(result.model.people, this.page.state.view, this.page.language);
	}

	private toolbar(): HTMLElement {
		const { page } = this;
		const { texts } = page;
		const { search, withIdle } = page.state.view;
		const find = html('input', { type: 'search', value: search, placeholder: texts.findPeople, 'aria-label': texts.findPeople });
		find.addEventListener('input', () => this.update({ search: find.value }));
		this.period.set(MERGED_DAYS.map((days) => [String(days), fill(texts.lastDays, days)]), String(page.state.mergedDays));
		return html(
			'div',
			{ class: 'toolbar' },
			this.roles.element,
			find,
			checkbox(texts.withIdle, withIdle, (checked) => this.update({ withIdle: checked })),
			this.period.element,
			html('span', { class: 'spring' }),
			html(
				'span',
				{ class: 'field' },
				button(texts.exportCsv, () => void this.save('csv'), { class: 'secondary' }),
				button(texts.exportSvg, () => void this.save('svg'), { class: 'secondary' }),
			),
		);
	}

	private update(change: Partial<Page['state']['view']>): void {
		this.limit = PAGE_SIZE;
		this.page.update({ view: { ...this.page.state.view, ...change } });
		this.draw();
	}

	/** Numbers fall at first, names rise; the same column again turns round. */
	private sort(by: WorkColumn): void {
		const { sort } = this.page.state.view;
		this.update({ sort: { by, descending: sort.by === by ? !sort.descending : by !== 'name' } });
	}

	private showMore(): void {
		this.limit += PAGE_SIZE;
		this.draw();
	}

	/** Saves what is shown: those people, in that order, all of them. */
	private async save(format: SaveRequest['format']): Promise<void> {
		const { page, result } = this;
		if (!result) {
			return;
		}
		const people = [...this.people(result), result.model.unassigned];
		const content = format === 'csv' ? workloadCsv(page, result.role, people) : workloadSvg(people, result, page.texts, themePalette());
		const saved = await page.ask<'save'>({ kind: 'save', format, content });
		if (saved && saved.name !== null) {
			page.say(fill(page.texts.saved, saved.name));
		}
	}
}

function workloadCsv({ texts }: Page, role: WorkRole, people: readonly PersonWork[]): string {
	const columns = numberColumns(role);
	return csvText([
		[texts.columns.name, ...columns.map((column) => texts.columns[column])],
		...people.map((person) => [person.login ?? texts.nobody[role], ...columns.map((column) => columnValue(person, column))]),
	]);
}

/** `ada, drafts` */
function describe({ texts }: Page, { login, role = DEFAULT_ROLE, part }: WorkSelection): string {
	return `${personName(login, role, texts)}, ${texts.columns[part]}`;
}

function legend({ texts }: Page, role: WorkRole): HTMLElement[] {
	return partsOf(role).map((part) => html('li', {}, html('span', { class: `swatch piece ${part}`, 'aria-hidden': 'true' }), texts.columns[part]));
}
