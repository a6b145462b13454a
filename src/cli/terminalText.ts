const SEGMENTER = new Intl.Segmenter();
// East Asian wide and full-width ranges, and whatever a terminal draws as a picture.
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{Mark}\u200b-\u200f]+$/u;

/** How many columns a line takes. */
export function widthOf(text: string): number {
	let width = 0;
	for (const { segment } of SEGMENTER.segment(text)) {
		width += widthOfCharacter(segment);
	}
	return width;
}

/** Cut to so many columns, never within what a person sees as one character. @param mark one column wide */
export function cutTo(text: string, columns: number, mark = '…'): string {
	let width = 0;
	let kept = '';
	for (const { segment } of SEGMENTER.segment(text)) {
		const next = width + widthOfCharacter(segment);
		if (next > columns) {
			return `${fitting(kept, columns - 1)}${mark}`;
		}
		width = next;
		kept += segment;
	}
	return text;
}

function fitting(text: string, columns: number): string {
	let kept = '';
	for (const { segment } of SEGMENTER.segment(text)) {
		if (widthOf(kept + segment) > columns) {
			break;
		}
		kept += segment;
	}
	return kept;
}

function widthOfCharacter(character: string): number {
	return WIDE.test(character) ? 2 : INVISIBLE.test(character) ? 0 : 1;
}
