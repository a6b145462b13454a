import { barLength, segments, type PersonWork } from '../core/insights/workloadModel';
import type { WorkPart } from '../core/store/read/workParts';
import { button, html } from './dom';
import type { Page } from './page';
import { fill } from './texts';

export interface WorkBar {
	element: HTMLElement;
	/** The pieces that can be chosen, from left to right. */
	parts: HTMLButtonElement[];
}

/** One person's bar: a button for each part that is not empty. */
export function workBar(
	page: Page,
	person: PersonWork,
	options: { scale: number; name: string; isSelected: (part: WorkPart) => boolean; onChoose: (part: WorkPart) => void },
): WorkBar {
	const { texts } = page;
	const { length, toScale } = barLength(person, options.scale);
	const parts = segments(person).map(({ part, count }) => {
		const label = fill(texts.segment, options.name, texts.columns[part], page.number(count));
		const piece = button('', () => options.onChoose(part), {
			class: `piece ${part}`,
			'data-part': part,
			'aria-label': label,
			'aria-pressed': String(options.isSelected(part)),
			title: label,
		});
		// Set by script, which the content security policy allows, unlike a style attribute in markup.
		piece.style.flexGrow = String(count);
		return piece;
	});
	if (parts.length === 0) {
		return { element: html('span', { class: 'note' }, texts.nothing), parts };
	}
	const bar = html('div', { class: 'bar' }, ...parts);
	bar.style.inlineSize = `${length * 100}%`;
	return { element: html('div', { class: 'track' }, bar, toScale ? null : html('span', { class: 'note' }, texts.notToScale)), parts };
}
