/** Stands where a token stood. */
const MASK = '[redacted]';
/** A shorter "token" is none, and taking it out would take words apart. */
const MIN_LENGTH = 8;

/** Where a token may begin: at the beginning of a word, inside a name (`token_ghp_…`), or behind an escaped sign (`%3Dghp_…`, `\nghp_…` in JSON). */
const BEGIN = '(?:\\b|(?<=_|%[0-9A-Fa-f]{2}|\\\\[nrt]))';

/**
 * What GitHub's tokens look like, and where tokens stand in requests and addresses.
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
 * https://github.blog/changelog/2026-05-15-github-app-installation-tokens-per-request-override-header/
 *
 * Each takes time in proportion to the text, whatever it is: where one pattern can begin twice in a run of characters,
 * it does not read the run to its end both times.
 */
const PATTERNS: readonly [RegExp, string][] = [
	// An installation's token: 36 letters and digits, or the App's number and a JWT of some 500 characters. The full stop behind it is none of it.
	[new RegExp(`${BEGIN}ghs_[A-Za-z0-9._-]{15,}[A-Za-z0-9_-]`, 'g'), MASK],
	[new RegExp(`${BEGIN}(?:gh[a-z]_|github_pat_)[A-Za-z0-9_]{16,}`, 'g'), MASK],
	[new RegExp(`${BEGIN}v1\\.[0-9a-f]{40}`, 'g'), MASK],
	// A JWT by itself, with which an App signs in: a JSON object (`{"` is eyJ in base64url), a second part, a signature.
	[/(?:(?<![A-Za-z0-9_-])|(?<=%[0-9A-Fa-f]{2}|\\[nrt]))eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]{4,}){2,4}/g, MASK],
	[/\b(authorization["']?\s*[:=]\s*["']?(?:[a-z]+\s+)?)[^\s"',;]+/gi, `$1${MASK}`],
	[/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${MASK}`],
	// To the last @ before the path: a password may have one.
	[/:\/\/[^\s/"']+@/g, `://${MASK}@`],
];

/**
 * Takes tokens out of text on its way to a log, a terminal or an error. Whatever looks like a token goes, and the
 * ones in use go even if they look like nothing.
 */
export class Redactor {
	/** The longest first: one that another begins with would leave the other's rest. */
	private secrets: readonly string[] = [];

	/** @param tokens in use from the start; what is no token (absent, very short) is left out */
	constructor(tokens: Iterable<string | undefined> = []) {
		for (const token of tokens) {
			this.add(token);
		}
	}

	/** Takes note of a token in use. */
	add(token: string | undefined): void {
		const text = token?.trim() ?? '';
		if (text.length >= MIN_LENGTH && !this.secrets.includes(text)) {
			const all = new Set([...this.secrets, text, encodeURIComponent(text)]);
			this.secrets = [...all].sort((left, right) => right.length - left.length);
		}
	}

	/** Text of our own making: no token in use, and nothing that looks like one. */
	line(text: string): string {
		return PATTERNS.reduce((rest, [pattern, mask]) => rest.replace(pattern, mask), this.exact(text));
	}

	/** Data that has to stay what it is: only the tokens in use go. */
	exact(text: string): string {
		return this.secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
	}
}
