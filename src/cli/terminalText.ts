// C0, DEL and C1 can drive a terminal (escape sequences begin with them); the bidi marks can turn a line around.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu;
const UNPRINTABLE_IN_JSON = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const UNPRINTABLE_IN_CSV = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const SEGMENTER = new Intl.Segmenter();
// East Asian wide and full-width ranges, and whatever a terminal draws as a picture.
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{Mark}\u200b-\u200f]+$/u;

/** Text from elsewhere as one line that can do nothing to the terminal but stand there. */
export function oneLine(text: string): string {
	return text.replace(UNPRINTABLE, ' ').replace(/\s+/gu, ' ').trim();
}

/** The same with its lines kept. */
export function plainLines(text: string): string {
	return text
		.split('\n')
		.map((line) => line.replace(UNPRINTABLE, ' ').trimEnd())
		.join('\n');
}

/** JSON in which whatever drives a terminal is written as an escape; it means the same. */
export function terminalJson(value: unknown): string {
	return escapedJson(JSON.stringify(value, null, 2));
}

/** CSV in which nothing drives a terminal. */
export function terminalCsv(text: string): string {
	return text.replace(UNPRINTABLE_IN_CSV, ' ');
}

/** Text that holds JSON, with escapes as in {@link terminalJson}. */
export function escapedJson(text: string): string {
	return text.replace(UNPRINTABLE_IN_JSON, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

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
