import { stableOid } from './identifiers';
import { budgetOwner, oauthToken, type Token } from './tokens';

/** The tokens that a server accepts, by value. */
export class TokenBook {
	readonly #login: string;
	readonly #tokens = new Map<string, Token>();

	/** @param login whom a token acts as that names nobody */
	constructor(tokens: readonly (string | Token)[], login: string) {
		this.#login = login;
		for (const token of tokens) this.set(token);
	}

	/**
	 * What is handed out when somebody signs in with an app that asks for these scopes: the first token where it has just
	 * these, else one of its own for them, the same each time. A first token of another kind is handed out as it is, as by
	 * an editor into which it was pasted.
	 * @returns its value
	 */
	grant(scopes: readonly string[]): string {
		const [first = oauthToken({ value: 'test-token' })] = this.#tokens.values();
		const wanted = [...new Set(scopes)].sort();
		if (first.kind !== 'oauth' || [...first.scopes].sort().join() === wanted.join()) {
			this.set(first);
			return first.value;
		}
		const value = `gho_${stableOid(`${first.value} ${wanted.join(' ')}`).slice(0, 36)}`;
		this.set(oauthToken({ value, login: first.login, approvedBy: first.approvedBy, ssoFor: first.ssoFor, hourlyLimit: first.hourlyLimit, scopes: wanted }));
		return value;
	}

	/** Accepts it from now on, in the place of one of the same value. A text alone is the weakest that people really have: OAuth with `repo`. */
	set(token: string | Token): void {
		const made = typeof token === 'string' ? oauthToken({ value: token }) : token;
		this.#tokens.set(made.value, made);
	}

	delete(value: string): void {
		this.#tokens.delete(value);
	}

	/** @param now milliseconds since 1970; a token that has run out is none */
	find(value: string, now: number): Token | undefined {
		const token = this.#tokens.get(value);
		return token && (token.expiresAt === null || now < new Date(token.expiresAt).getTime()) ? token : undefined;
	}

	loginOf(token: Token): string {
		return (token.login ?? this.#login).replace(/\[bot\]$/, '');
	}

	/** Under which name the budget of this value is kept. */
	ownerOf(value: string): string {
		const token = this.#tokens.get(value);
		return token ? budgetOwner(token, this.loginOf(token)) : value;
	}

	/** The hourly limit of whom {@link ownerOf} names. */
	limitOf(owner: string): number {
		for (const token of this.#tokens.values()) if (this.ownerOf(token.value) === owner) return token.hourlyLimit;
		return 5000;
	}
}
