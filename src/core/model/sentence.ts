/**
 * Words for a person, with places `{0}`, `{1}`… for what differs, so that a shell can say them in its own language.
 * Plain data: it crosses threads.
 */
export interface Sentence {
	/** In English. A key of the translations, so never put together. */
	text: string;
	/** What stands in the places; a part may be words itself. */
	values: readonly (string | number | Sentence)[];
}

/** @param text in English, written out where it is called: the translations are collected from there */
export function sentence(text: string, ...values: Sentence['values']): Sentence {
	return { text, values };
}

/** The words in English. */
export function inEnglish(said: Sentence): string {
	return inWords(said, (template, ...parts) => template.replace(/\{(\d+)\}/g, (place, index) => String(parts[Number(index)] ?? place)));
}

/** The words, with every part put into another language first. @param translate as `vscode.l10n.t` does it */
export function inWords({ text, values }: Sentence, translate: (text: string, ...values: (string | number)[]) => string): string {
	return translate(text, ...values.map((value) => (typeof value === 'object' ? inWords(value, translate) : value)));
}
