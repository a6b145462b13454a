import { burnUpTable } from '../core/insights/burnUpModel';
import { burnUpChart, burnUpLegend } from './burnUpChart';
import { html } from './dom';
import type { Page } from './page';
import type { MilestoneItem, MilestoneResult } from './protocol';
import { fill } from './texts';

const TABLE_ROWS = 40;
const NARROWEST = 280;
const WIDEST = 900;

/** One milestone: its burn-up as a chart and as numbers, and what is left by label. */
export class MilestoneDetails {
	readonly element = html('section', { class: 'details', 'aria-labelledby': 'milestone-title' });
	private readonly chart = html('div', { class: 'chart' });
	private shown: { milestone: MilestoneItem; result: MilestoneResult } | undefined;
	private drawnWidth = 0;

	constructor(private readonly page: Page) {
		// The text of a chart that is stretched would be stretched with it, so it is drawn anew.
		new ResizeObserver(() => this.drawChart()).observe(this.chart);
	}

	clear(): void {
		this.shown = undefined;
		this.element.replaceChildren();
	}

	show(milestone: MilestoneItem, result: MilestoneResult): void {
		const { texts } = this.page;
		const wasOpen = this.element.querySelector('details')?.open ?? false;
		this.shown = { milestone, result };
		const isEmpty = result.points.length === 0;
		this.element.replaceChildren(
			html('h2', { id: 'milestone-title', dir: 'auto' }, milestone.title),
			...(isEmpty
				? [html('p', { class: 'note' }, texts.emptyMilestone)]
				: [html('h3', {}, texts.burnUp), burnUpLegend(this.page), this.chart, html('p', { class: 'note' }, texts.burnUpNote), this.numbers(result, wasOpen)]),
			...(isEmpty ? [] : [html('h3', {}, texts.leftByLabel), this.labels(milestone, result)]),
		);
		this.drawnWidth = 0;
		this.drawChart();
	}

	private drawChart(): void {
		const width = Math.min(WIDEST, Math.max(NARROWEST, Math.floor(this.chart.clientWidth)));
		if (this.shown && this.chart.isConnected && width !== this.drawnWidth) {
			this.drawnWidth = width;
			this.chart.replaceChildren(burnUpChart(this.page, this.shown.milestone, this.shown.result.points, width));
		}
	}

	private numbers({ points }: MilestoneResult, open: boolean): HTMLElement {
		const { texts } = this.page;
		const rows = burnUpTable(points, TABLE_ROWS).map(({ day, opened, closed }) =>
			html('tr', {}, html('th', { scope: 'row' }, this.page.day(day)), ...[opened, closed, opened - closed].map((value) => html('td', { class: 'number' }, this.page.number(value)))),
		);
		const heads = [texts.day, texts.opened, texts.closedOrMerged, texts.left];
		return html(
			'details',
			{ open },
			html('summary', {}, texts.numbers),
			html('table', {}, html('thead', {}, html('tr', {}, ...heads.map((head, index) => html('th', { scope: 'col', class: index === 0 ? null : 'number' }, head)))), html('tbody', {}, ...rows)),
		);
	}

	private labels(milestone: MilestoneItem, { left }: MilestoneResult): HTMLElement {
		const { texts } = this.page;
		if (left.length === 0) {
			return html('p', { class: 'note' }, texts.nothingLeft);
		}
		const rows = left.map(({ name, color, count }) => {
			const swatch = html('span', { class: 'label-swatch', 'aria-hidden': 'true' });
			if (color !== null && /^[0-9a-f]{6}$/i.test(color)) {
				swatch.style.backgroundColor = `#${color}`;
			}
			const text = name ?? texts.noLabel;
			return html(
				'tr',
				{},
				html('th', { scope: 'row' }, swatch, html('span', { dir: 'auto' }, text)),
				html('td', { class: 'number' }, this.page.number(count)),
				html('td', { class: 'meter' }, html('progress', { max: milestone.left, value: count, 'aria-label': fill(texts.doneOf, this.page.number(count), this.page.number(milestone.left)) })),
			);
		});
		const table = html('table', { class: 'labels' }, html('thead', {}, html('tr', {}, html('th', { scope: 'col' }, texts.label), html('th', { scope: 'col', class: 'number' }, texts.left), html('td'))), html('tbody', {}, ...rows));
		return html('div', {}, table, html('p', { class: 'note' }, texts.labelNote));
	}
}
