import { oneLine } from '../../core/model/visibleText';

export { oneLine };

const LABEL_LENGTH = 200;

/** {@link oneLine}, cut to what a row can show; never in the middle of what a person sees as one character. */
export function labelText(text: string, length = LABEL_LENGTH): string {
	// Only the beginning counts, and a body-sized title should not cost its full length.
	const line = oneLine(text.slice(0, length * 4));
	if (line.length <= length) {
		return isolated(line);
	}
	let end = 0;
	segmenter ??= new Intl.Segmenter();
	for (const { index, segment } of segmenter.segment(line)) {
		if (index + segment.length >= length) {
			break;
		}
		end = index + segment.length;
	}
	return isolated(`${line.slice(0, end).trimEnd()}…`);
}

// Otherwise the number that follows a Hebrew title in a row is drawn inside it.
function isolated(text: string): string {
	return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

// Made when the first is needed: Intl loads its data for it, some 12 ms that every start of the editor would pay for.
let segmenter: Intl.Segmenter | undefined;

/**
 * Text for a notification. Those turn `[text](address)` into links, commands included,
 * so what came from elsewhere must not be able to write one.
 */
export function notificationText(text: string): string {
	return labelText(text, 600).replaceAll('](', '] (');
}

/** Text for a place that draws `$(icon)` from a label, such as a quick pick. */
export function withoutIcons(text: string): string {
	return labelText(text).replaceAll('$(', '\\$(');
}

/**
 * Text for Markdown, in which every mark of the language stands for itself. CommonMark lets a backslash
 * precede any ASCII punctuation; doing so also keeps bare addresses from becoming links.
 * https://spec.commonmark.org/0.31.2/#backslash-escapes
 */
export function markdownText(text: string): string {
	return oneLine(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** GitHub's own stand-in for an account that was deleted. */
export const GHOST = 'ghost';
