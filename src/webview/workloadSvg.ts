import { barLength, segments, type PersonWork } from '../core/insights/workloadModel';
import { partsOf, type WorkPart } from '../core/store/read/workParts';
import type { WorkloadResult } from './protocol';
import type { OverviewTexts } from './texts';

/** The colours of a picture that stands for itself, outside the editor's theme. */
export interface Palette extends Record<WorkPart, string> {
	background: string;
	text: string;
}

const ROW = 24;
const BAR = 14;
const NAME_WIDTH = 260;
const BAR_WIDTH = 520;
const WIDTH = NAME_WIDTH + BAR_WIDTH + 80;
const TOP = 56;

/** The chart as an SVG file of its own: names, bars, totals and what the parts mean. */
export function workloadSvg(people: readonly PersonWork[], { model, role }: Pick<WorkloadResult, 'model' | 'role'>, texts: OverviewTexts, palette: Palette): string {
	const parts = partsOf(role);
	const height = TOP + people.length * ROW + 16;
	const rows = people.map((person, index) => personRow(person, person.login ?? texts.nobody[role], TOP + index * ROW, model.scale, texts));
	const legend = parts.map((part, index) => {
		const x = 16 + index * 165;
		return `<rect x="${x}" y="30" width="12" height="12" class="${part}"/><text x="${x + 18}" y="40">${xml(texts.columns[part])}</text>`;
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">`,
		`<title>${xml(texts.workload)}</title>`,
		`<style>text{fill:${color(palette.text)}}${parts.map((part) => partStyle(part, palette)).join('')}</style>`,
		`<rect width="100%" height="100%" fill="${color(palette.background)}"/>`,
		`<text x="16" y="18" font-weight="bold">${xml(texts.workload)}</text>`,
		...legend,
		...rows,
		'</svg>',
		'',
	].join('\n');
}

function personRow(person: PersonWork, name: string, top: number, scale: number, texts: OverviewTexts): string {
	const { length, toScale } = barLength(person, scale);
	let x = NAME_WIDTH;
	const pieces = segments(person).map(({ part, count }) => {
		const width = (length * BAR_WIDTH * count) / person.total;
		const piece = `<rect x="${x.toFixed(1)}" y="${top + 4}" width="${Math.max(0.5, width - 1).toFixed(1)}" height="${BAR}" class="${part}"><title>${xml(`${name}, ${texts.columns[part]}: ${count}`)}</title></rect>`;
		x += width;
		return piece;
	});
	const total = toScale ? String(person.total) : `${person.total} (${texts.notToScale})`;
	return [
		`<text x="${NAME_WIDTH - 10}" y="${top + 15}" text-anchor="end" unicode-bidi="isolate">${xml(name)}</text>`,
		...pieces,
		`<text x="${toScale ? (x + 6).toFixed(1) : NAME_WIDTH + 6}" y="${top + 15}">${xml(total)}</text>`,
	].join('');
}

/** Drafts are an outline, as on the page. */
function partStyle(part: WorkPart, palette: Palette): string {
	const own = color(palette[part]);
	return part === 'draft' ? `.draft{fill:none;stroke:${own}}` : `.${part}{fill:${own}}`;
}

/** Text for XML 1.0, which knows no control characters: https://www.w3.org/TR/xml/#charsets */
function xml(text: string): string {
	return text
		.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

// Themes are files of anybody: what is no plain colour is not written into the picture.
function color(value: string): string {
	return /^(#[0-9a-f]{3,8}|[a-z]+|rgba?\([\d\s.,%/]+\))$/i.test(value.trim()) ? value.trim() : 'gray';
}
