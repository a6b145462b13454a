import { stableHash } from './identifiers';
import type { Repository } from './repository';
import type { Token } from './tokens';

/** What an organization asks of whoever reads its repositories, the public ones included. Absent: nothing. */
export interface OrganizationPolicy {
	/**
	 * Third-party OAuth apps have to be approved ({@link Token.approvedBy}).
	 * https://docs.github.com/organizations/managing-oauth-access-to-your-organizations-data/about-oauth-app-access-restrictions
	 */
	readonly oauthAppRestrictions?: boolean;
	/** https://docs.github.com/organizations/managing-programmatic-access-to-your-organization/setting-a-personal-access-token-policy-for-your-organization */
	readonly tokenPolicy?: {
		readonly classic?: 'forbidden';
		/** `approval`: until it is in {@link Token.approvedBy}, such a token sees what is public and nothing else; nobody says why. */
		readonly fineGrained?: 'forbidden' | 'approval';
		/** Of both kinds of personal tokens; one that never ends lives longer than any number. */
		readonly maximumLifetimeDays?: number;
	};
	/** Whoever calls the stand-in calls from outside of the list. */
	readonly ipAllowList?: boolean;
	/**
	 * Single sign-on ({@link Token.ssoFor}). `repository`: the refusal stands at the repository; `rows`: the repository shows, and the refusal
	 * stands at its pull requests and issues. Both are recorded.
	 */
	readonly saml?: 'repository' | 'rows';
}

/** Why an organization turns a token away. */
export interface Refusal {
	/** GitHub's words. */
	readonly message: string;
	readonly saml: boolean;
	/** Of the answer that carries it. */
	readonly headers: Readonly<Record<string, string>>;
}

/** The policies of all organizations. Names ignore case. */
export class Policies {
	readonly #policies = new Map<string, OrganizationPolicy>();

	/** Replaces the organization's whole policy. */
	set(organization: string, policy: OrganizationPolicy): void {
		this.#policies.set(organization.toLowerCase(), policy);
	}

	/** Does no organization have one? */
	get isEmpty(): boolean {
		return this.#policies.size === 0;
	}

	/**
	 * Why the token may not read the repository.
	 * @param isRow is it about a pull request or an issue, and not about the repository itself?
	 */
	refusal(token: Token, repository: Repository, isRow: boolean): Refusal | undefined {
		const policy = this.#policies.get(repository.owner.toLowerCase());
		if (!policy) return undefined;
		const message = refusedByRules(token, repository.owner, policy);
		if (message !== undefined) return { message, saml: false, headers: {} };
		return policy.saml === 'repository' || (policy.saml === 'rows' && isRow) ? refusedBySaml(token, repository.owner) : undefined;
	}

	/** Is it a fine-grained token that the owner has yet to approve? */
	awaitsApproval(token: Token, owner: string): boolean {
		return token.kind === 'fineGrained' && this.#policies.get(owner.toLowerCase())?.tokenPolicy?.fineGrained === 'approval' && !includes(token.approvedBy, owner);
	}
}

const day = 86_400_000;

/** Words as quoted in desktop/desktop, SalesforceFoundation/NPSP#7247, git-town/git-town#4609, mislav/hub#3363 and NixOS/org#247. */
function refusedByRules(token: Token, owner: string, { oauthAppRestrictions, tokenPolicy = {}, ipAllowList }: OrganizationPolicy): string | undefined {
	const { kind } = token;
	if (kind === 'oauth' && oauthAppRestrictions && !includes(token.approvedBy, owner)) {
		return `Although you appear to have the correct authorization credentials, the \`${owner}\` organization has enabled OAuth App access restrictions, meaning that data access to third-parties is limited. For more information on these restrictions, including how to enable this app, visit https://docs.github.com/articles/restricting-access-to-your-organization-s-data/`;
	}
	if (kind === 'classic' && tokenPolicy.classic === 'forbidden') {
		return `\`${owner}\` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.`;
	}
	if (kind === 'fineGrained' && tokenPolicy.fineGrained === 'forbidden') {
		return `\`${owner}\` forbids access via a personal access token with fine-grained permissions. Please use a GitHub App, or an OAuth App.`;
	}
	const most = tokenPolicy.maximumLifetimeDays;
	if (most !== undefined && (kind === 'classic' || kind === 'fineGrained') && lifetime(token) > most * day) {
		const [words, page] = kind === 'classic' ? ['a personal access tokens (classic)', 'tokens'] : ['a fine-grained personal access tokens', 'personal-access-tokens'];
		return `The '${owner}' organization forbids access via ${words} if the token's lifetime is greater than ${most} days. Please adjust your token's lifetime at the following URL: https://github.com/settings/${page}/${stableHash(token.value) % 10_000_000}`;
	}
	if (ipAllowList) {
		return `Although you appear to have the correct authorization credentials, the \`${owner}\` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.`;
	}
	return undefined;
}

/** A fine-grained token is authorized when it is made, and an App by being installed. */
function refusedBySaml(token: Token, owner: string): Refusal | undefined {
	if ((token.kind !== 'oauth' && token.kind !== 'classic') || includes(token.ssoFor, owner)) return undefined;
	const name = token.kind === 'oauth' ? 'OAuth' : 'Personal Access';
	return {
		message: `Resource protected by organization SAML enforcement. You must grant your ${name} token access to this organization.`,
		saml: true,
		headers: { 'x-github-sso': `required; url=https://github.com/orgs/${owner}/sso?authorization_request=${stableHash(`${token.value} ${owner}`).toString(36).toUpperCase()}` },
	};
}

function lifetime({ issuedAt, expiresAt }: Token): number {
	return expiresAt === null ? Infinity : new Date(expiresAt).getTime() - new Date(issuedAt).getTime();
}

function includes(organizations: readonly string[], owner: string): boolean {
	return organizations.some((one) => one.toLowerCase() === owner.toLowerCase());
}
