const SEGMENTER = new Intl.Segmenter();
// East Asian wide and full-width ranges, and whatever a terminal draws as a picture.
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;
const INVISIBLE = /^[\p{Mark}\u200b-\u200f]+$/u;

/** Each a column wide. */
const ASCII = /^[\x20-\x7e]*$/;
/** The segmenter takes longer for each character the longer its text is. */
const PIECE = 256;
/** No character is longer, so that a piece can be cut where none may begin. */
const LONGEST_PIECE = 4_096;

/** A text in pieces that are a few hundred characters long, cut where no character is cut: before one of ASCII. */
function* piecesOf(text: string): Generator<string> {
	for (let start = 0; start < text.length; ) {
		let end = Math.min(start + PIECE, text.length);
		while (end < text.length && end - start < LONGEST_PIECE && !ASCII.test(text.charAt(end))) {
			end++;
		}
		yield text.slice(start, end);
		start = end;
	}
}

/** What a person sees as one character each. */
function* charactersOf(text: string): Generator<string> {
	for (const piece of piecesOf(text)) {
		if (ASCII.test(piece)) {
			yield* piece;
		} else {
			for (const { segment } of SEGMENTER.segment(piece)) {
				yield segment;
			}
		}
	}
}

/** How many columns a line takes. */
export function widthOf(text: string): number {
	let width = 0;
	for (const piece of piecesOf(text)) {
		if (ASCII.test(piece)) {
			width += piece.length;
		} else {
			for (const character of charactersOf(piece)) {
				width += widthOfCharacter(character);
			}
		}
	}
	return width;
}

/** Cut to so many columns, never within what a person sees as one character. @param mark one column wide */
export function cutTo(text: string, columns: number, mark = '…'): string {
	if (columns === Infinity) {
		return text;
	}
	let width = 0;
	let kept = '';
	/** What leaves a column for the mark. */
	let fitting = '';
	for (const character of charactersOf(text)) {
		width += widthOfCharacter(character);
		if (width > columns) {
			return `${fitting}${mark}`;
		}
		kept += character;
		fitting = width < columns ? kept : fitting;
	}
	return text;
}

function widthOfCharacter(character: string): number {
	return WIDE.test(character) ? 2 : INVISIBLE.test(character) ? 0 : 1;
}
