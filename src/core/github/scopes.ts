/**
 * The scopes that an answer says the token has; `undefined` for a token that has permissions instead: only those with scopes
 * are told them. https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
 */
export function scopesOf(headers: Headers): ReadonlySet<string> | undefined {
	const text = headers.get('x-oauth-scopes');
	return text === null ? undefined : new Set(text.split(',').map((scope) => scope.trim()).filter((scope) => scope !== ''));
}
