import { actor } from './actors';
import { GithubError } from './githubError';
import type { Actor } from './model';
import type { Refusal } from './policies';
import { Repository } from './repository';
import { holdsScope } from './scopes';
import { hasScopes, isBot, type Permission, type Token } from './tokens';
import type { World } from './world';

/**
 * What one token may see and read, while one request is answered.
 *
 * Public repositories can be read whole by every token, permission or not; that is what the documentation of permissions and of check runs says
 * ("the checks:read permission on a private repository or pull access to a public repository"), and what poutine#415 and palantir/policy-bot#42 met.
 * A private repository shows to a person's token with the scope `repo`, and to the other kinds where they were made for it; in it each of
 * their permissions counts. Teams are the organization's and never public.
 * https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens
 */
export class Access {
	readonly viewer: Actor;
	/** Nothing has to be looked at: a person's token with full rights, in a world without policies. */
	readonly unlimited: boolean;
	/** What refusals add to the answer. */
	readonly headers: Record<string, string> = {};
	/** Answers an App that lacks a permission with nothing and without an error: see `GithubServerOptions.permissionsAnswerEmpty`. */
	readonly answersEmpty: boolean;

	constructor(readonly token: Token, login: string, readonly world: World, permissionsAnswerEmpty = false) {
		this.viewer = actor(login, isBot(token) ? 'Bot' : 'User');
		this.unlimited = hasScopes(token) && holdsScope(token, 'repo') && token.repositories === 'all' && world.policies.isEmpty;
		this.answersEmpty = permissionsAnswerEmpty && token.kind === 'installation';
	}

	/** Why the repository's organization turns the token away. @param isRow for a pull request or an issue of it */
	refusal(repository: Repository, isRow = false): Refusal | undefined {
		const refusal = this.world.policies.refusal(this.token, repository, isRow);
		if (refusal) Object.assign(this.headers, refusal.headers);
		return refusal;
	}

	/** For this token there is no such repository. A refused one is not hidden: the refusal names its organization. */
	hides(repository: Repository): boolean {
		const { token, world } = this;
		if (!repository.isPrivate) return false;
		if (hasScopes(token) ? !holdsScope(token, 'repo') : world.policies.awaitsApproval(token, repository.owner)) return true;
		return token.repositories !== 'all' && !selected(world, token, token.repositories).has(repository);
	}

	/**
	 * Does the token have one of the permissions where they count? A token with scopes needs none.
	 * @param repository undefined: not a repository's data
	 */
	may(anyOf: readonly Permission[], repository: Repository | undefined): boolean {
		if (hasScopes(this.token) || (repository && !repository.isPrivate)) return true;
		return anyOf.some((permission) => this.token.permissions[permission] !== undefined);
	}

	/** GitHub's words for a permission that is missing. */
	get forbidden(): string {
		return `Resource not accessible by ${isBot(this.token) ? 'integration' : 'personal access token'}`;
	}
}

const selections = new WeakMap<World, WeakMap<Token, Map<string, Repository>>>();

/** What the names meant when they were first looked up: a token stays with a repository that is renamed, and has no part in one that takes its name. */
function selected(world: World, token: Token, names: readonly string[]): ReadonlySet<Repository> {
	const ofWorld = selections.get(world) ?? new WeakMap<Token, Map<string, Repository>>();
	selections.set(world, ofWorld);
	const known = ofWorld.get(token) ?? new Map<string, Repository>();
	ofWorld.set(token, known);
	for (const name of names) {
		const found = known.has(name) ? undefined : world.findRepository(name);
		if (found) known.set(name, found);
	}
	return new Set(known.values());
}

/** The repository that a row is of, or is. */
export function repositoryOf(row: unknown): Repository | undefined {
	if (row instanceof Repository) return row;
	const owner: unknown = typeof row === 'object' && row !== null && 'repository' in row ? row.repository : undefined;
	return owner instanceof Repository ? owner : undefined;
}

export function forbiddenError(message: string, saml = false): GithubError {
	return new GithubError('FORBIDDEN', message, { saml_failure: saml });
}

/**
 * The headers that say what a token is. `x-oauth-scopes` and `x-accepted-oauth-scopes` are on every answer to a token that has scopes, and only
 * there; a personal token that ends says when.
 * https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
 */
export function credentialHeaders(token: Token, kind: 'graphql' | 'rest', path: string): Record<string, string> {
	const headers: Record<string, string> = {};
	if (hasScopes(token)) {
		headers['x-oauth-scopes'] = [...token.scopes].sort().join(', ');
		headers['x-accepted-oauth-scopes'] = kind === 'graphql' ? 'repo' : acceptedScopes(path);
	} else if (kind === 'rest') {
		headers['x-accepted-github-permissions'] = acceptedPermission(path);
	}
	if (token.expiresAt !== null && !isBot(token)) {
		headers['github-authentication-token-expiration'] = `${new Date(token.expiresAt).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
	}
	return headers;
}

function acceptedScopes(path: string): string {
	if (/\/status(es)?$/.test(path)) return 'repo, repo:status';
	return /^\/(repos|repositories)\//.test(path) ? 'repo' : '';
}

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#insufficient-permissions-errors */
function acceptedPermission(path: string): string {
	if (path.endsWith('/check-runs')) return 'checks=read';
	if (/\/status(es)?$/.test(path)) return 'statuses=read';
	return /^\/(repos|repositories)\/|^\/user\/repos$/.test(path) ? 'metadata=read' : '';
}
