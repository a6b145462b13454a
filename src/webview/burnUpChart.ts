// d3's scales choose round numbers and whole days, weeks and months for the axes, and its shapes write the paths: pure
// arithmetic. The elements are our own, so that colours come from the theme's variables and nothing needs a style.
import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import type { BurnUpPoint } from '../core/insights/burnUpModel';
import { html, svg } from './dom';
import type { Page } from './page';
import type { MilestoneItem } from './protocol';
import { fill } from './texts';

const HEIGHT = 240;
const MARGIN = { top: 16, right: 16, bottom: 28, left: 44 };

/** Two rising lines, opened and closed; what lies between them is what is left. */
export function burnUpChart(page: Page, milestone: MilestoneItem, points: readonly BurnUpPoint[], width: number): SVGSVGElement {
	const [first, last] = [points[0], points.at(-1)];
	const due = milestone.dueDay;
	const days = [first?.day, last?.day, due].filter((day) => typeof day === 'string').map(moment);
	const x = scaleUtc([Math.min(...days), Math.max(...days)], [MARGIN.left, width - MARGIN.right]);
	const y = scaleLinear([0, Math.max(1, last?.opened ?? 0)], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
	const path = (value: (point: BurnUpPoint) => number) =>
		line<BurnUpPoint>((point) => x(moment(point.day)), (point) => y(value(point))).curve(curveStepAfter)([...points]);
	const left = area<BurnUpPoint>((point) => x(moment(point.day)), (point) => y(point.closed), (point) => y(point.opened)).curve(curveStepAfter)([...points]);
	const summary = fill(page.texts.burnUpSummary, milestone.title, page.number(last?.opened ?? 0), page.number(last?.closed ?? 0));
	return svg(
		'svg',
		{ class: 'burn-up', role: 'img', 'aria-label': summary, width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
		...y.ticks(4).filter(Number.isInteger).map((value) => gridLine(page, width, value, y(value))),
		...dayTicks(page, x, width),
		svg('path', { class: 'left', d: left }),
		svg('path', { class: 'opened', d: path(({ opened }) => opened) }),
		svg('path', { class: 'closed', d: path(({ closed }) => closed) }),
		due === null ? null : dueLine(page, x(moment(due)), width),
	);
}

/** What the lines stand for. */
export function burnUpLegend({ texts }: Page): HTMLElement {
	const entry = (name: string, text: string) => {
		const sample = svg('svg', { class: 'burn-up sample', width: 28, height: 10, 'aria-hidden': 'true' }, svg('path', { class: name, d: 'M0 5H28' }));
		return html('li', {}, sample, text);
	};
	return html('ul', { class: 'legend' }, entry('opened', texts.opened), entry('closed', texts.closedOrMerged));
}

function gridLine(page: Page, width: number, value: number, y: number): SVGGElement {
	return svg(
		'g',
		{ class: 'grid' },
		svg('path', { d: `M${MARGIN.left} ${y}H${width - MARGIN.right}` }),
		svg('text', { x: MARGIN.left - 8, y: y + 4, 'text-anchor': 'end' }, page.number(value)),
	);
}

function dayTicks(page: Page, x: ReturnType<typeof scaleUtc<number>>, width: number): SVGGElement[] {
	const ticks = x.ticks(Math.max(2, Math.floor(width / 130)));
	const long = (x.domain()[1]?.getTime() ?? 0) - (x.domain()[0]?.getTime() ?? 0) > 300 * 86_400_000;
	const format = new Intl.DateTimeFormat(page.language, { timeZone: 'UTC', month: 'short', ...(long ? { year: 'numeric' } : { day: 'numeric' }) });
	return ticks.map((day) => {
		const at = x(day);
		return svg(
			'g',
			{ class: 'grid' },
			svg('path', { d: `M${at} ${HEIGHT - MARGIN.bottom}v4` }),
			svg('text', { x: at, y: HEIGHT - 8, 'text-anchor': at > width - 40 ? 'end' : 'middle' }, format.format(day)),
		);
	});
}

function dueLine({ texts }: Page, at: number, width: number): SVGGElement {
	const onLeft = at > width / 2;
	return svg(
		'g',
		{ class: 'due' },
		svg('path', { d: `M${at} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}` }),
		svg('text', { x: onLeft ? at - 5 : at + 5, y: MARGIN.top + 4, 'text-anchor': onLeft ? 'end' : 'start' }, texts.dueDay),
	);
}

function moment(day: string): number {
	return Date.parse(`${day}T00:00:00Z`);
}
