import { TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { GithubErrorEntry } from './githubError';
import { hasScopes, type Token } from './tokens';

/** `Type` or `Type.field` and the scopes of which one is enough. */
export type ScopeRules = Readonly<Record<string, readonly string[]>>;

const team = ['read:org', 'read:discussion'];
const organization = ['read:org'];
const project = ['read:project'];

/**
 * What GitHub asks of a token for a field, by the type that the field stands on. A type's rule holds for all of its fields but `__typename`.
 * Sources: raycast/extensions#3881 (Team), raycast/extensions#24276 (Organization), mona-actions/gh-repo-stats#173 and cli/cli#11308 (projects),
 * the documentation of `User.email`. Believed: that the `totalCount` which wants `public_repo` (github-community-projects/org-metrics-dashboard#167)
 * is that of a repository's collaborators; the report names no type.
 */
const rules: ScopeRules = {
	Team: team,
	TeamDiscussion: ['read:discussion'],
	TeamDiscussionComment: ['read:discussion'],
	'Organization.login': organization,
	'Organization.avatarUrl': organization,
	'Organization.projectV2': project,
	'Organization.projectsV2': project,
	'Repository.projectV2': project,
	'Repository.projectsV2': project,
	'User.projectV2': project,
	'User.projectsV2': project,
	'User.email': ['user:email', 'read:user'],
	'RepositoryCollaboratorConnection.totalCount': ['public_repo'],
};

/** What each scope holds besides itself. https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps#available-scopes */
const held: Readonly<Record<string, readonly string[]>> = {
	repo: ['repo:status', 'repo_deployment', 'public_repo', 'repo:invite', 'security_events'],
	'admin:org': ['write:org', 'read:org', 'manage_runners:org'],
	'write:org': ['read:org'],
	'write:discussion': ['read:discussion'],
	project: ['read:project'],
	user: ['read:user', 'user:email', 'user:follow'],
};

/** Does the token have the scope, itself or within a wider one? */
export function holdsScope(token: Token, scope: string): boolean {
	return token.scopes.some((one) => one === scope || held[one]?.includes(scope));
}

/**
 * GitHub's refusals of a whole query, one for each field that the token's scopes do not reach, in the order of the text; empty when it may run.
 * Nothing is looked up for it: it does not matter whether the query would come upon a team. A field reached through an interface
 * (`author { login }`, `... on Actor { login }`) stands on the interface, which has no rule. Tokens without scopes are not looked at.
 * @param extra rules of this host beside GitHub's known ones
 */
export function scopeErrors(schema: GraphQLSchema, document: DocumentNode, token: Token, extra: ScopeRules = {}): GithubErrorEntry[] {
	const errors: GithubErrorEntry[] = [];
	if (!hasScopes(token)) return errors;
	const types = new TypeInfo(schema);
	const granted = quoted([...token.scopes].sort());
	visit(document, visitWithTypeInfo(types, {
		Field(node) {
			const field = node.name.value;
			const type = types.getParentType()?.name;
			if (type === undefined || field === '__typename') return;
			const wanted = extra[`${type}.${field}`] ?? extra[type] ?? rules[`${type}.${field}`] ?? rules[type] ?? (type.startsWith('ProjectV2') ? project : undefined);
			if (!wanted || wanted.some((scope) => holdsScope(token, scope))) return;
			const start = node.loc?.startToken;
			errors.push({
				type: 'INSUFFICIENT_SCOPES',
				...(start && { locations: [{ line: start.line, column: start.column }] }),
				message: `Your token has not been granted the required scopes to execute this query. The '${field}' field requires one of the following scopes: ${quoted(wanted)}, but your token has only been granted the: ${granted} scopes. Please modify your token's scopes at: https://github.com/settings/tokens.`,
			});
		},
	}));
	return errors;
}

/** As GitHub writes a list, an empty one included: `['']`. */
function quoted(scopes: readonly string[]): string {
	return `[${(scopes.length === 0 ? [''] : scopes).map((scope) => `'${scope}'`).join(', ')}]`;
}
