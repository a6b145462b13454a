/** The signs that we draw ourselves. */
export interface Marks {
	/** Under a table's titles. */
	rule: string;
	/** Where something was cut off. */
	cut: string;
	/** What is done of a bar, and what is not. */
	full: string;
	empty: string;
}

export const MARKS: Marks = { rule: '─', cut: '…', full: '█', empty: '░' };
export const ASCII_MARKS: Marks = { rule: '-', cut: '~', full: '#', empty: '.' };

/**
 * Whether what is read there is UTF-8. An environment that names no locale is taken for one that is, as terminals and
 * files are today; one that names another character set, or `C`, is believed.
 * https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html#tag_08_02
 */
export function readsUtf8({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
	const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== '');
	return locale === undefined || /utf-?8/i.test(locale);
}

const IN_ASCII: Record<string, string> = { '─': '-', '→': '->', '…': '...', '█': '#', '░': '.', '·': '-', '“': '"', '”': '"', '’': "'" };

/** Our own words with signs that every terminal can show. */
export function asciiWords(text: string): string {
	return text.replace(/[─→…█░·“”’]/g, (mark) => IN_ASCII[mark] ?? mark);
}

/** JSON that means the same, in characters of ASCII alone. */
export function asciiJson(json: string): string {
	return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
