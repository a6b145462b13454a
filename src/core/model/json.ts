/** What we write and what we ask for is some ten levels deep. */
const MOST_LEVELS = 100;
/** Of a shorter text even the deepest nesting is read in no time. */
const LONG = 256 * 1024;

/** JSON that is nested deeper than anything of ours; it was not read. */
export class TooDeepError extends SyntaxError {
	override readonly name = 'TooDeepError';

	constructor() {
		super('it is nested too deep');
	}
}

/**
 * Reads JSON from outside. Text that is nested deeper than anything of ours is refused before it is read: millions of
 * arrays within one another would take a minute and gigabytes.
 * @throws SyntaxError, which is a TooDeepError where that is why
 */
export function parseJson(text: string): unknown {
	if (text.length > LONG && levelsOf(text) > MOST_LEVELS) {
		throw new TooDeepError();
	}
	return JSON.parse(text) as unknown;
}

/** How deep arrays and objects are nested, up to the first level too many. */
function levelsOf(text: string): number {
	let levels = 0;
	let most = 0;
	for (let at = 0; at < text.length && most <= MOST_LEVELS; at++) {
		switch (text[at]) {
			case '"':
				at = endOfString(text, at);
				break;
			case '[':
			case '{':
				most = Math.max(most, ++levels);
				break;
			case ']':
			case '}':
				levels--;
				break;
			default:
				break;
		}
	}
	return most;
}

/** Where the quote is that ends the string that begins at `start`. */
function endOfString(text: string, start: number): number {
	for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
		let escapes = 0;
		while (text[at - 1 - escapes] === '\\') {
			escapes++;
		}
		if (escapes % 2 === 0) {
			return at;
		}
	}
	return text.length;
}
