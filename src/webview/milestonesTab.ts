import { button, checkbox, focusAgain, html } from './dom';
import { MilestoneDetails } from './milestoneDetails';
import type { Page } from './page';
import type { MilestoneItem, MilestonesResult } from './protocol';
import { fill } from './texts';

/** How far each milestone is, and one of them in detail. */
export class MilestonesTab {
	readonly element: HTMLElement;
	private readonly table = html('table', { class: 'milestones' });
	private readonly details: MilestoneDetails;
	private result: MilestonesResult | undefined;

	constructor(private readonly page: Page) {
		this.details = new MilestoneDetails(page);
		const withClosed = checkbox(page.texts.withClosed, page.state.withClosedMilestones, (checked) => {
			page.update({ withClosedMilestones: checked });
			this.draw();
		});
		this.element = html(
			'div',
			{},
			html('div', { class: 'toolbar' }, withClosed),
			html('div', { class: 'columns' }, html('div', { class: 'scroller' }, this.table), this.details.element),
		);
	}

	async show(result: MilestonesResult): Promise<void> {
		this.result = result;
		this.draw();
		await this.loadDetails();
	}

	private get listed(): MilestoneItem[] {
		return (this.result?.milestones ?? []).filter(({ closed }) => !closed || this.page.state.withClosedMilestones);
	}

	/** The one that was chosen, while it is listed, else the first. */
	private get chosen(): MilestoneItem | undefined {
		return this.listed.find(({ key }) => key === this.page.state.milestone) ?? this.listed[0];
	}

	private draw(): void {
		const { texts } = this.page;
		const { listed, chosen } = this;
		if (listed.length === 0) {
			this.table.replaceChildren(html('tbody', {}, html('tr', {}, html('td', {}, texts.noMilestones))));
			this.details.clear();
			return;
		}
		const focused = document.activeElement instanceof HTMLElement && this.table.contains(document.activeElement) ? document.activeElement.dataset['key'] : undefined;
		const heads = [texts.milestone, texts.progress, texts.done, texts.left, texts.due];
		this.table.replaceChildren(
			html('caption', { class: 'hidden' }, texts.milestonesCaption),
			html('thead', {}, html('tr', {}, ...heads.map((head, index) => html('th', { scope: 'col', class: index === 2 || index === 3 ? 'number' : null }, head)))),
			html('tbody', {}, ...listed.map((milestone) => this.row(milestone, milestone === chosen))),
		);
		if (focused !== undefined) {
			focusAgain([...this.table.querySelectorAll('button')].find(({ dataset }) => dataset['key'] === focused));
		}
	}

	private row(milestone: MilestoneItem, isChosen: boolean): HTMLTableRowElement {
		const { page } = this;
		const { texts } = page;
		const { key, title, repository, done, total, left, percent, due, overdue, closed } = milestone;
		const name = button(title, () => void this.choose(key), { class: 'link', 'data-key': key, 'aria-pressed': String(isChosen), dir: 'auto' });
		const share = percent !== null ? fill(texts.percent, percent) : total === 0 ? texts.emptyMilestone : texts.unfinishedMilestone;
		const label = fill(texts.doneOf, page.number(done), page.number(total));
		return html(
			'tr',
			{ class: isChosen ? 'chosen' : null },
			html('th', { scope: 'row' }, name, repository === '' ? null : html('span', { class: 'note' }, repository)),
			html('td', { class: 'meter' }, html('progress', { max: Math.max(1, total), value: done, 'aria-label': `${title}: ${label}` }), html('span', {}, share)),
			html('td', { class: 'number' }, page.number(done)),
			html('td', { class: 'number' }, page.number(left)),
			html('td', { class: overdue ? 'overdue' : null }, closed ? texts.closed : overdue ? html('strong', {}, due) : due),
		);
	}

	private async choose(key: string): Promise<void> {
		this.page.update({ milestone: key });
		this.draw();
		await this.loadDetails();
	}

	private async loadDetails(): Promise<void> {
		const milestone = this.chosen;
		if (!milestone) {
			return;
		}
		const wanted = this.page.state.milestone;
		const result = await this.page.ask<'milestone'>({ kind: 'milestone', milestone: milestone.key });
		// Another one may have been chosen meanwhile.
		if (result && this.page.state.milestone === wanted) {
			this.details.show(milestone, result);
		}
	}
}
