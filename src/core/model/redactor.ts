import { isUnseen } from './visibleText';

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
 * it does not read the run to its end both times. That is also why a JWT, which can begin anywhere, is looked for in parts.
 */
const PATTERNS: readonly [RegExp, string][] = [
	// With letters, digits and, in the newer form, an App's number and a JWT of some 500 characters. The full stop behind it is none of it.
	[new RegExp(`${BEGIN}(?:gh[a-z]_|github_pat_)[A-Za-z0-9._-]{15,}[A-Za-z0-9_-]`, 'g'), MASK],
	// Behind a word too, where it is too long to be the rest of one.
	[/(?:gh[a-z]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_)[A-Za-z0-9_]*/g, MASK],
	// It may stand right behind a word: no version has so long a number.
	[/v1\.[0-9a-f]{40}/g, MASK],
	[/(authorization(?:[\s"'[\\]|%2[02])*(?:[:=]|%3[AD])(?:[\s"'[\\]|%2[02])*(?:[a-z]+(?:\s+|%20))?)(?!%2[02])(?:[^\s"',;\\[]|\\(?!["'nrtu\\]))+/gi, `$1${MASK}`],
	[/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${MASK}`],
	[/((?:(?:access|refresh)_token|client_secret)(?:=|%3D|["'\\]{0,4}\s{0,9}:\s{0,9}["'\\]{0,4}))(?:[^\s"'\\,;&%]|\\(?!["'\\])){8,}/gi, `$1${MASK}`],
	// A password with a / in it, which is no port with a path behind it.
	[/(:\/\/)[^\s/"%\\:@]+:(?!\d{1,5}\/)[^\s/"\\:@]*\/[^\s"\\:@]*@/gi, `$1${MASK}@`],
	// To the last @ before the path: a password may have one.
	[/((?::|%3A)(?:\\?\/|%2F){2})(?:[^\s/"%\\]|%(?!2F))+(@|%40)/gi, `$1${MASK}$2`],
];

/** Parts with full stops between, of which a JWT has three or five. */
const PARTS = /(?<![\w-])[\w-]+(?:\.[\w-]+){2,}/g;
/** How a JWT's first part begins, a JSON object (`{"`, or with white space between) in base64url, and how long it is at least. */
const JWT = { begin: /e(?:yJ|yA[gi]|wo[Jgi]|w0K|wk[Ji])/, shortest: 11 };

/** A JWT by itself, with which an App signs in, whatever it stands behind: the text up to it is kept. */
function withoutJwt(run: string): string {
	const parts = run.split('.');
	for (const [i, part] of parts.slice(0, -2).entries()) {
		const at = part.search(JWT.begin);
		if (at >= 0 && part.length - at >= JWT.shortest) {
			return [...parts.slice(0, i), `${part.slice(0, at)}${MASK}`].join('.');
		}
	}
	return run;
}

/**
 * A sign as addresses (`%5F`, `%255F`) or JSON (`\u005f`, `\n`) may write it, a run of plain ones, or one of any other.
 * Each way of writing has an end, so that none is read far in vain.
 */
const SIGN = /%(?:25){0,3}(?<byte>[0-7][\da-f])|\\{1,4}(?:u(?<unit>[\da-f]{4})|(?<control>[bfnrt]))|\w+|[^]/giu;

/** A text's signs without those that nobody sees, and where in the text each code unit of them begins and ends. */
interface Signs {
	text: string;
	begins: number[];
	ends: number[];
}

function signsOf(text: string): Signs {
	const signs: Signs = { text: '', begins: [], ends: [] };
	for (const { 0: piece, index, groups } of text.matchAll(SIGN)) {
		const code = groups?.['byte'] ?? groups?.['unit'];
		const sign = code === undefined ? piece : String.fromCharCode(Number.parseInt(code, 16));
		if (groups?.['control'] !== undefined || isUnseen(sign)) {
			continue;
		}
		signs.text += sign;
		for (let unit = 0; unit < sign.length; unit++) {
			signs.begins.push(code === undefined ? index + unit : index);
			signs.ends.push(code === undefined ? index + unit + 1 : index + piece.length);
		}
	}
	return signs;
}

/**
 * Tokens whose length is known, so that the words behind them are none of it when there is nothing between words any more.
 * A JWT has no such length.
 */
const FIXED = /ghr_[A-Za-z0-9]{76}|gh[a-z]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}|v1\.[0-9a-f]{40}/g;
/** Words that follow on `laughs_` are hardly of all three. */
const LIKE_A_TOKEN = [/\d/, /[a-z]/, /[A-Z.]/];

/** Where in signs something stands that is to be taken out: each from where to where. */
type Places = (signs: string) => [number, number][];

function placesOf(secret: string): Places {
	return (signs) => {
		const found: [number, number][] = [];
		for (let at = signs.indexOf(secret); at >= 0; at = signs.indexOf(secret, at + secret.length)) {
			found.push([at, at + secret.length]);
		}
		return found;
	};
}

const placesOfFixed: Places = (signs) =>
	[...signs.matchAll(FIXED)].filter(([token]) => LIKE_A_TOKEN.every((sign) => sign.test(token))).map(({ 0: token, index }) => [index, index + token.length]);

/** The text without what is found in its signs and written in another way there, or with something between them. */
function withoutSpread(text: string, places: Places): string {
	const { text: signs, begins, ends } = signsOf(text);
	const kept: string[] = [];
	let from = 0;
	for (const [first, after] of places(signs)) {
		const begin = begins[first] ?? 0;
		const end = ends[after - 1] ?? text.length;
		// One that stands there as it is has its pattern, which knows where it ends.
		if (end - begin > after - first) {
			kept.push(text.slice(from, begin));
			from = end;
		}
	}
	return [...kept, text.slice(from)].join(MASK);
}

/**
 * Takes tokens out of text on its way to a log, a terminal or an error. Whatever looks like a token goes, and the
 * ones in use go even if they look like nothing.
 */
export class Redactor {
	/** The longest first: one that another begins with would leave the other's rest. */
	private secrets: readonly string[] = [];
	/** The signs of those, each once. */
	private spread: readonly string[] = [];

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
			const signs = new Set(this.secrets.map((secret) => signsOf(secret).text));
			this.spread = [...signs].filter((secret) => secret.length >= MIN_LENGTH);
		}
	}

	/** Text of our own making: no token in use, whatever stands between its signs, and nothing that looks like one. */
	line(text: string): string {
		const unknown = [...this.spread.map(placesOf), placesOfFixed].reduce(withoutSpread, this.exact(text));
		return PATTERNS.reduce((rest, [pattern, mask]) => rest.replace(pattern, mask), unknown).replace(PARTS, withoutJwt);
	}

	/** Data that has to stay what it is: only the tokens in use go. */
	exact(text: string): string {
		return this.secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text);
	}
}
