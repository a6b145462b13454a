import { csvText } from '../core/insights/csv';
import { arrangePeople, columnValue, type PersonWork, type WorkColumn } from '../core/insights/workloadModel';
import { WORK_PARTS, type WorkSelection } from '../core/store/read/workParts';
import { button, checkbox, html, LabelledSelect } from './dom';
import { personName, type Page } from './page';
import { themePalette } from './palette';
import { MERGED_DAYS, type SaveRequest, type WorkloadResult } from './protocol';
import { fill, type OverviewTexts } from './texts';
import { NUMBER_COLUMNS, WorkloadTable } from './workloadTable';
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
	private readonly explanation = html('details');
	private result: WorkloadResult | undefined;
	private limit = PAGE_SIZE;

	/** @param reload asks for the numbers again */
	constructor(
		private readonly page: Page,
		private readonly reload: () => void,
	) {
		this.table = new WorkloadTable(page, (by) => this.sort(by));
		this.element = html(
			'div',
			{},
			this.toolbar(),
			legend(page.texts),
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

	private explain({ staleDays }: WorkloadResult): void {
		const { texts, state } = this.page;
		const terms = NUMBER_COLUMNS.flatMap((column) => [
			html('dt', {}, texts.columns[column]),
			html('dd', {}, fill(texts.explained[column], column === 'merged' ? state.mergedDays : staleDays)),
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
		const merged = new LabelledSelect<string>(texts.mergedIn, (value) => {
			page.update({ mergedDays: MERGED_DAYS.find((days) => String(days) === value) ?? page.state.mergedDays });
			this.reload();
		});
		merged.set(MERGED_DAYS.map((days) => [String(days), fill(texts.lastDays, days)]), String(page.state.mergedDays));
		return html(
			'div',
			{ class: 'toolbar' },
			find,
			checkbox(texts.withIdle, withIdle, (checked) => this.update({ withIdle: checked })),
			merged.element,
			html('span', { class: 'spring' }),
			button(texts.exportCsv, () => void this.save('csv'), { class: 'secondary' }),
			button(texts.exportSvg, () => void this.save('svg'), { class: 'secondary' }),
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
		const content = format === 'csv' ? workloadCsv(page, people) : workloadSvg(people, result.model.scale, page.texts, themePalette());
		const saved = await page.ask<'save'>({ kind: 'save', format, content });
		if (saved && saved.name !== null) {
			page.say(fill(page.texts.saved, saved.name));
		}
	}
}

function workloadCsv({ texts }: Page, people: readonly PersonWork[]): string {
	return csvText([
		[texts.columns.name, ...NUMBER_COLUMNS.map((column) => texts.columns[column])],
		...people.map((person) => [person.login ?? texts.unassigned, ...NUMBER_COLUMNS.map((column) => columnValue(person, column))]),
	]);
}

/** `ada, drafts` */
function describe({ texts }: Page, { login, part }: WorkSelection): string {
	return `${personName(login, texts)}, ${texts.columns[part]}`;
}

function legend(texts: OverviewTexts): HTMLElement {
	const entries = WORK_PARTS.map((part) => html('li', {}, html('span', { class: `swatch piece ${part}`, 'aria-hidden': 'true' }), texts.columns[part]));
	return html('ul', { class: 'legend' }, ...entries);
}
