/** The SQL function that folds a text; every connection has it. Nothing in the file may name it: other tools do not know it. */
export const FOLD = 'pr_seeder_fold';

/** A text in which case counts for nothing, in whatever script: `ÄNDERUNG` and `änderung`, `Straße` and `STRASSE`, `Σ` and `ς`. */
export function folded(text: string): string {
	return isAscii(text) ? text.toLowerCase() : text.normalize('NFC').toUpperCase().toLowerCase().replace(/ς/g, 'σ');
}

function isAscii(text: string): boolean {
	return /^[\x00-\x7f]*$/.test(text);
}
