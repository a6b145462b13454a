/** Stands where a token stood. */
const MASK = '[redacted]';
/** A shorter "token" is none, and taking it out would take words apart. */
const MIN_LENGTH = 8;

/**
 * What GitHub's tokens look like, and where tokens stand in requests and addresses.
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
 */
const PATTERNS: readonly [RegExp, string][] = [
	[/\b(?:gh[a-z]_[A-Za-z0-9_]{16,}|github_pat_[A-Za-z0-9_]{16,}|v1\.[0-9a-f]{40})/g, MASK],
	[/\b(authorization["']?\s*[:=]\s*["']?(?:[a-z]+\s+)?)[^\s"',;]+/gi, `$1${MASK}`],
	[/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${MASK}`],
	[/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, `$1${MASK}@`],
];

/**
 * Takes tokens out of text on its way to a log, a terminal or an error. Whatever looks like a token goes, and the
 * ones in use go even if they look like nothing.
 */
export class Redactor {
	private readonly secrets = new Set<string>();

	/** @param tokens in use from the start; what is no token (absent, very short) is left out */
	constructor(tokens: Iterable<string | undefined> = []) {
		for (const token of tokens) {
			this.add(token);
		}
	}

	/** Takes note of a token in use. */
	add(token: string | undefined): void {
		const text = token?.trim() ?? '';
		if (text.length >= MIN_LENGTH) {
			this.secrets.add(text);
			this.secrets.add(encodeURIComponent(text));
		}
	}

	/** Text of our own making: no token in use, and nothing that looks like one. */
	line(text: string): string {
		return PATTERNS.reduce((rest, [pattern, mask]) => rest.replace(pattern, mask), this.exact(text));
	}

	/** Data that has to stay what it is: only the tokens in use go. */
	exact(text: string): string {
		let rest = text;
		for (const secret of this.secrets) {
			rest = rest.replaceAll(secret, MASK);
		}
		return rest;
	}
}
