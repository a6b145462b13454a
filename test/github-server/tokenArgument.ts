import { actionsToken, classicToken, fineGrainedToken, installationToken, oauthToken, type Permission, type Permissions, type Token, type TokenKind } from './tokens';

const permissionNames: readonly Permission[] = ['metadata', 'pull_requests', 'contents', 'issues', 'checks', 'statuses', 'actions', 'members'];

/**
 * A token from the words of a command line: `oauth:repo,read:org`, `classic`, `fineGrained:pull_requests,contents`, `actions:contents`.
 * What follows the first colon are scopes or permissions (to read), separated by commas or bars; a kind alone is the weakest of its kind.
 * @param repository of an Actions token
 * @throws Error for a kind or a permission that is none
 */
export function tokenArgument(text: string, value: string, repository: string): Token {
	const [kind = '', ...rest] = text.split(':');
	const names = rest.join(':').split(/[,|]/).filter((name) => name !== '');
	const scopes = (): { scopes?: readonly string[] } => (rest.length > 0 ? { scopes: names } : {});
	const permissions = (): { permissions?: Permissions } => (rest.length > 0 ? { permissions: toRead(names) } : {});
	const made: Record<TokenKind, () => Token> = {
		oauth: () => oauthToken({ value, ...scopes() }),
		classic: () => classicToken({ value, ...scopes() }),
		fineGrained: () => fineGrainedToken({ value, ...permissions() }),
		installation: () => installationToken({ value, ...permissions() }),
		actions: () => actionsToken({ value, repository, ...permissions() }),
	};
	const make = Object.hasOwn(made, kind) ? made[kind as TokenKind] : undefined;
	if (!make) throw new Error(`There is no kind of token ${kind}: ${Object.keys(made).join(', ')}.`);
	return make();
}

function toRead(names: readonly string[]): Permissions {
	const permissions: Partial<Record<Permission, 'read'>> = {};
	for (const name of names) {
		const known = permissionNames.find((one) => one === name);
		if (!known) throw new Error(`There is no permission ${name}: ${permissionNames.join(', ')}.`);
		permissions[known] = 'read';
	}
	return permissions;
}
