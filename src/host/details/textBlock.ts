import { markdownText } from '../format/plainText';

/** Beyond this nobody reads on here; GitHub takes 65,536 characters. */
const LONGEST = 70_000;

/** Text of several lines as Markdown that shows exactly these lines, whatever is in them. */
export function textBlock(text: string): string {
	const lines = text.slice(0, LONGEST).split(/\r\n|[\r\n]/);
	let block = '';
	for (const [index, line] of lines.entries()) {
		const shown = textLine(line);
		// A hard break within a paragraph; blank lines end one. https://spec.commonmark.org/0.31.2/#hard-line-breaks
		block += shown === '' ? '\n' : `${shown}${(lines[index + 1] ?? '').trim() === '' ? '\n' : '\\\n'}`;
	}
	return block.replace(/\n{3,}/g, '\n\n').trim();
}

function textLine(line: string): string {
	// Spaces at the beginning could make a code block of it, and Markdown drops them otherwise.
	const indent = /^[ \t]*/.exec(line)?.[0].replaceAll('\t', '    ') ?? '';
	const text = markdownText(line);
	return text === '' ? '' : '\u00a0'.repeat(indent.length) + text;
}
