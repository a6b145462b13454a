/*
 * What a person can't see in a text can still be read by a language model, hide a word in a dialog, or make two names
 * look like one. This is the one rule for what is hidden; terminal, trees, dialogs and models all ask here.
 *
 * Hidden is what Unicode says to draw nothing for (Default_Ignorable_Code_Point: zero widths, bidi controls, variation
 * selectors, tags, fillers), what it draws as a blank without calling it a space, and controls.
 * https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */

// Controls but C0 (JSON has no raw ones, and lines end with one), line separators, the blanks, and what turns a line around.
const BLANK = '\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\u115f\\u1160\\u2800\\u3164\\uffa0\\u{1d159}';
// Annotations, the joiners of hieroglyphs and Khitan, and what is no character at all are as invisible, though not of that property.
const WITHOUT_WIDTH = '\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}\\ufff9-\\ufffb\\u{13430}-\\u{13455}\\u{16fe4}';

const PICTURE = '\\p{Extended_Pictographic}[\\ufe0e\\ufe0f]?\\p{Emoji_Modifier}?';
// The flags of England, Scotland and Wales, and no other: the same tags can spell any word behind a flag.
const TAGGED_FLAG = '\\u{1f3f4}\\u{e0067}\\u{e0062}(?:\\u{e0065}\\u{e006e}\\u{e0067}|\\u{e0073}\\u{e0063}\\u{e0074}|\\u{e0077}\\u{e006c}\\u{e0073})\\u{e007f}';
const RIGHT_TO_LEFT = '\\u0590-\\u061b\\u061d-\\u08ff\\ufb1d-\\ufdcf\\ufdf0-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}';
const NEUTRAL = '[\\p{Punctuation}\\p{Symbol} ]{0,3}';
/** Scripts whose letters change their form by the joiners. https://www.rfc-editor.org/rfc/rfc5892#appendix-A */
const JOINED =
	'\\p{scx=Arabic}\\p{scx=Syriac}\\p{scx=Mandaic}\\p{scx=Nko}\\p{scx=Mongolian}\\p{scx=Adlam}\\p{scx=Hanifi_Rohingya}\\p{scx=Phags_Pa}' +
	'\\p{scx=Devanagari}\\p{scx=Bengali}\\p{scx=Gurmukhi}\\p{scx=Gujarati}\\p{scx=Oriya}' +
	'\\p{scx=Tamil}\\p{scx=Telugu}\\p{scx=Kannada}\\p{scx=Malayalam}\\p{scx=Sinhala}' +
	'\\p{scx=Khmer}\\p{scx=Myanmar}\\p{scx=Tibetan}\\p{scx=Javanese}\\p{scx=Balinese}\\p{scx=Sundanese}\\p{scx=Meetei_Mayek}';

/** What stays although it has hidden parts, because the text could not be read without them. */
const NEEDED = [
	// Emoji: with the selector of their form, and joined, as families and professions are.
	TAGGED_FLAG,
	`${PICTURE}(?:\\u200d${PICTURE})*`,
	'[0-9#*]\\ufe0f\\u20e3',
	// One joiner behind a letter or a sign of such a script.
	`(?<=[\\p{Letter}\\p{Mark}])(?<=[${JOINED}])[\\u200c\\u200d]`,
	// One selector of form, or separator of a vowel, behind a letter: they are of that script themselves.
	'(?<=\\p{Letter})(?<=\\p{Script=Mongolian})[\\u180b-\\u180f]',
	// One mark of direction beside right-to-left text, or only punctuation away from it.
	`(?<=[${RIGHT_TO_LEFT}]${NEUTRAL})[\\u200e\\u200f](?![\\u200e\\u200f])`,
	`[\\u200e\\u200f](?=${NEUTRAL}[${RIGHT_TO_LEFT}])`,
].join('|');

const PIECES = new RegExp(`(?<needed>${NEEDED})|(?<blank>[${BLANK}]+)|[${WITHOUT_WIDTH}]+`, 'gu');
const SUSPECT = new RegExp(`[${BLANK}${WITHOUT_WIDTH}]|\\p{Mark}{7}`, 'u');
const UNSEEN = new RegExp(`^[\\s\\u0000-\\u001f${BLANK}${WITHOUT_WIDTH}]`, 'u');
/**
 * No language stacks more signs on one letter; thousands of them cover the lines above and below. A joiner or a mark of
 * direction between two signs begins no new letter; of those that stay, no more than two stand together.
 */
const TOO_MANY_MARKS = /(?<=(?:\p{Mark}[\u200c-\u200f]{0,2}){6})[\u200c-\u200f]{0,2}\p{Mark}[\p{Mark}\u200c-\u200f]*/gu;
const LINES_AND_CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu;
const CONTROLS = /[\u0000-\u0008\u000b-\u001f]/gu;

/** Whether text begins with a blank, a control, or a character that is hidden by itself, needed or not. */
export function isUnseen(text: string): boolean {
	return UNSEEN.test(text);
}

/** Replaces what is hidden. @param replacement of a run of it; `isBlank`: it takes room, as a space does */
function replaceHidden(text: string, replacement: (hidden: string, isBlank: boolean) => string): string {
	if (!SUSPECT.test(text)) {
		return text;
	}
	return text
		.replace(PIECES, (piece: string, ...rest: unknown[]) => {
			const { needed, blank } = rest.at(-1) as Partial<Record<'needed' | 'blank', string>>;
			return needed ?? replacement(piece, blank !== undefined);
		})
		.replace(TOO_MANY_MARKS, (marks) => replacement(marks, false));
}

/** The text without what is hidden in it; where that took room, there is a space. */
function withoutHidden(text: string): string {
	return replaceHidden(text, (_, isBlank) => (isBlank ? ' ' : ''));
}

/** Text from elsewhere as one line of what can be seen. */
export function oneLine(text: string): string {
	return withoutHidden(text.replace(LINES_AND_CONTROLS, ' ')).replace(/\s+/gu, ' ').trim();
}

/** {@link oneLine}, and no more than so many characters of it: for words that come with an error and may be of any length. */
export function beginningOf(text: string, most: number): string {
	const looked = text.slice(0, most * 4);
	const line = Array.from(oneLine(looked));
	return line.length <= most && looked === text ? line.join('') : `${line.slice(0, most - 1).join('')}…`;
}

/** {@link beginningOf} that ends between two words: half of one would be half of a token, which nobody takes out any more. */
export function beginningOfWords(text: string, most: number): string {
	const beginning = beginningOf(text, most);
	return beginning.endsWith('…') ? `${beginning.slice(0, beginning.lastIndexOf(' ') + 1)}…` : beginning;
}

/** The same with its lines kept. */
export function plainLines(text: string): string {
	return text
		.split('\n')
		.map((line) => withoutHidden(line.replace(LINES_AND_CONTROLS, ' ')).trimEnd())
		.join('\n');
}

/** Text whose line breaks and tabs mean something, such as CSV, without anything hidden. */
export function shownText(text: string): string {
	return withoutHidden(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/gu, ' '));
}

/** Text whose every letter counts, such as SQL that a person is to judge: what is hidden shows as a replacement character. */
export function markedText(text: string): string {
	return replaceHidden(text.replace(CONTROLS, '\ufffd'), () => '\ufffd');
}

/** Text that holds JSON, in which what is hidden is written as an escape. It means the same. */
export function escapedJson(json: string): string {
	return replaceHidden(json, (hidden) => Array.from({ length: hidden.length }, (_, i) => `\\u${hidden.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''));
}
