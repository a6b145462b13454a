import { createHash } from 'node:crypto';

/**
 * `oauth`: of an app that a person signed in to, the editor for one. `classic` and `fineGrained`: personal access tokens.
 * `installation`: of a GitHub App. `actions`: the `GITHUB_TOKEN` of a workflow run, which is an installation's of one repository.
 * https://docs.github.com/organizations/managing-programmatic-access-to-your-organization/github-credential-types
 */
export type TokenKind = 'oauth' | 'classic' | 'fineGrained' | 'installation' | 'actions';

export type Permission = 'metadata' | 'pull_requests' | 'contents' | 'issues' | 'checks' | 'statuses' | 'actions' | 'members';
export type Permissions = Readonly<Partial<Record<Permission, 'read' | 'write'>>>;

/** A token, with all that decides what GitHub answers to it. Made by the functions below. */
export interface Token {
	readonly value: string;
	readonly kind: TokenKind;
	/** The account that it acts as, a bot's without `[bot]`. undefined: the server's own viewer. */
	readonly login: string | undefined;
	/** Of `oauth` and `classic`; the other kinds have none. */
	readonly scopes: readonly string[];
	/** Of the kinds that have no scopes. */
	readonly permissions: Permissions;
	/** The private repositories, as `owner/name`, that it was made for. Public ones are open to every token. */
	readonly repositories: 'all' | readonly string[];
	/** Organizations that approved its OAuth app, or the fine-grained token itself. */
	readonly approvedBy: readonly string[];
	/** Organizations whose single sign-on it went through. */
	readonly ssoFor: readonly string[];
	/** ISO 8601. */
	readonly issuedAt: string;
	/** ISO 8601; from then on it is refused. null: never. */
	readonly expiresAt: string | null;
	/** Points of GraphQL, and requests of REST, an hour. */
	readonly hourlyLimit: number;
}

type Common = Partial<Pick<Token, 'value' | 'login' | 'repositories' | 'approvedBy' | 'ssoFor' | 'issuedAt' | 'expiresAt' | 'hourlyLimit'>>;
type Granted = Common & { readonly permissions?: Permissions };

/** As the editor's sign-in gives it. Default: the scope `repo` alone. */
export function oauthToken(values: Common & { readonly scopes?: readonly string[] } = {}): Token {
	return build('oauth', { scopes: ['repo'], ...values });
}

/** A personal access token (classic). Default: the scope `repo` alone. */
export function classicToken(values: Common & { readonly scopes?: readonly string[] } = {}): Token {
	return build('classic', { scopes: ['repo'], ...values });
}

/**
 * A fine-grained personal access token. Default: all repositories, and no permission but the mandatory one, metadata.
 * @throws Error for `checks`, which the form at GitHub does not offer (cli/cli#8843)
 */
export function fineGrainedToken(values: Granted = {}): Token {
	if (values.permissions?.checks) throw new Error('A fine-grained token cannot be granted the permission checks.');
	return build('fineGrained', values);
}

/** An App's token for one installation, which lives an hour. Default: all repositories, and metadata alone. `login` is the App's. */
export function installationToken(values: Granted = {}): Token {
	const expiresAt = values.issuedAt === undefined ? null : new Date(new Date(values.issuedAt).getTime() + 3_600_000).toISOString();
	return build('installation', { login: 'octo-app', expiresAt, ...values });
}

/**
 * The `GITHUB_TOKEN` of a workflow run in `repository`. Default: what a workflow gets that says nothing, where the restricted setting holds.
 * Its budget is 1,000 an hour, for all runs of the repository together.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions
 * @throws Error for `members`, which a workflow cannot ask for
 */
export function actionsToken({ repository, ...values }: Omit<Granted, 'repositories'> & { readonly repository: string }): Token {
	if (values.permissions?.members) throw new Error('A workflow cannot be granted the permission members.');
	return build('actions', { login: 'github-actions', permissions: { contents: 'read' }, hourlyLimit: 1000, ...values, repositories: [repository] });
}

/** Does it act with scopes (what a person may do, bounded) and not with permissions? */
export function hasScopes({ kind }: Token): boolean {
	return kind === 'oauth' || kind === 'classic';
}

/** Does it act as a bot? */
export function isBot({ kind }: Token): boolean {
	return kind === 'installation' || kind === 'actions';
}

/** Whose budget it uses: a person's tokens share one, each installation has its own, and so has each repository for its workflow runs. */
export function budgetOwner(token: Token, viewer: string): string {
	if (token.kind === 'actions') return `actions ${token.repositories.toString()}`;
	return token.kind === 'installation' ? `installation ${token.value}` : `user ${viewer}`;
}

/**
 * A value in the form of its kind, the same for the same seed and none that GitHub ever gave out.
 * https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
 */
export function tokenValue(kind: TokenKind, seed: string | number = 0): string {
	const text = (length: number, part = ''): string => letters(`${kind} ${seed} ${part}`, length);
	switch (kind) {
		case 'oauth':
			return `gho_${text(36)}`;
		case 'classic':
			return `ghp_${text(36)}`;
		case 'fineGrained':
			return `github_pat_${text(22, 'head')}_${text(59, 'tail')}`;
		default:
			return `ghs_${text(36)}`;
	}
}

/**
 * An installation's token in the form that has come since April 2026, `ghs_APPID_JWT`: about 520 characters, with `.`, `-` and `_` in them.
 * https://github.blog/changelog/2026-04-24-notice-about-upcoming-new-format-for-github-app-installation-tokens/
 */
export function longInstallationTokenValue(seed: string | number = 0): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signature = Buffer.from(letters(`signature ${seed}`, 224)).toString('base64url').replace(/^.{4}/, 'a-b_');
	return `ghs_123456_${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss: '123456', jti: letters(`id ${seed}`, 96) })}.${signature}`;
}

function build(kind: TokenKind, values: Partial<Token>): Token {
	return {
		value: tokenValue(kind),
		kind,
		login: undefined,
		scopes: [],
		repositories: 'all',
		approvedBy: [],
		ssoFor: [],
		issuedAt: '2026-01-01T00:00:00Z',
		expiresAt: null,
		hourlyLimit: 5000,
		...values,
		permissions: kind === 'oauth' || kind === 'classic' ? {} : { metadata: 'read', ...values.permissions },
	};
}

function letters(seed: string, length: number): string {
	let text = '';
	for (let round = 0; text.length < length; round++) text += createHash('sha256').update(`${seed} ${round}`).digest('base64').replace(/[^A-Za-z0-9]/g, '');
	return text.slice(0, length);
}
