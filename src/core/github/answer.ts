import {
	ForbiddenError,
	GithubError,
	InvalidQueryError,
	MissingScopeError,
	RateLimitedError,
	RepositoryNotFoundError,
	SamlError,
	SecondaryLimitError,
	TooHeavyError,
	TransientError,
	UnauthorizedError,
	type RepositoryAccess,
} from './errors';
import { isPageOf } from './apiAddress';
import { scopesOf } from './scopes';

/** One entry of a GraphQL answer's `errors`. */
export interface GraphqlErrorEntry {
	type?: string;
	code?: string;
	message?: string;
	path?: (string | number)[];
	extensions?: { code?: string; typeName?: string; fieldName?: string; saml_failure?: boolean };
}

/** A GraphQL answer with whatever part of it was good. */
export interface GraphqlAnswer<T> {
	data: T;
	/** What the server could not or would not give; each with the path to the hole it left. */
	errors: GraphqlErrorEntry[];
	/** Server time at which the request was sent, in milliseconds: nothing in the answer is older. */
	readAt: number;
}

/** What an error needs to know of the conversation. */
export interface AnswerContext {
	host: string;
	/** The host that was asked: another one where the API is somewhere else than usual. */
	server: string;
	resource: 'graphql' | 'rest';
	/** Milliseconds until the budget is whole again; `undefined` when unknown. */
	msUntilReset: number | undefined;
	organization: string;
	nameWithOwner: string;
}

/**
 * Tells what an answer that is not 2xx means. The body's words decide only where GitHub sends nothing better:
 * a secondary limit without `retry-after` is told from a plain refusal by its message alone.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function errorOfStatus(status: number, headers: Headers, message: string, context: AnswerContext): Error {
	if (status === 401) {
		return new UnauthorizedError(context.host, context.server);
	}
	if (status === 403 || status === 429) {
		return errorOfRefusal(status, headers, message, context);
	}
	if (status >= 500) {
		return new TransientError(context.host, status === 504 ? 'timeout' : 'server', status);
	}
	return new GithubError(context.host, status, message);
}

function errorOfRefusal(status: number, headers: Headers, message: string, context: AnswerContext): Error {
	const sso = headers.get('x-github-sso');
	if (sso !== null || /SAML enforcement/i.test(message)) {
		return new SamlError(context.organization, ssoUrl(sso, context.host), context.host);
	}
	const retryAfter = retryAfterMs(headers);
	if (retryAfter !== undefined || isSecondaryLimit(message)) {
		return new SecondaryLimitError(retryAfter);
	}
	if (headers.get('x-ratelimit-remaining') === '0' || isPrimaryLimit(message)) {
		return new RateLimitedError(context.resource, context.msUntilReset);
	}
	return status === 429 ? new SecondaryLimitError(undefined) : new ForbiddenError(context.host, message, context);
}

/**
 * Tells whether a GraphQL answer as a whole is an error, and which. `undefined`: there is data worth keeping,
 * and the entries speak of parts of it. The strongest evidence decides: `retry-after` and the words of a slow-down
 * before the type, the type before the absence of data.
 */
export function errorOfEntries(entries: GraphqlErrorEntry[], headers: Headers, isUsable: boolean, context: AnswerContext): Error | undefined {
	const limit = entries.find(isLimit);
	if (limit) {
		const retryAfter = retryAfterMs(headers);
		return retryAfter !== undefined || isSecondaryLimit(limit.message ?? '')
			? new SecondaryLimitError(retryAfter)
			: new RateLimitedError('graphql', context.msUntilReset);
	}
	if (entries.some(({ type }) => type === 'RESOURCE_LIMITS_EXCEEDED' || type === 'MAX_NODE_LIMIT_EXCEEDED')) {
		return new TooHeavyError(context.host);
	}
	// Only what a query is refused for before it runs has a code.
	const invalid = entries.filter(({ extensions }) => extensions?.code !== undefined);
	if (invalid[0]) {
		return new InvalidQueryError(context.host, invalid.flatMap(missingName), invalid[0].message ?? 'no reason given');
	}
	const unscoped = isUsable ? undefined : entries.find(({ type }) => type === 'INSUFFICIENT_SCOPES');
	if (unscoped) {
		return new MissingScopeError(context.host, neededScopes(unscoped.message ?? ''));
	}
	return isUsable ? undefined : errorOfRest(entries, headers, context);
}

/** Nothing of the answer can be used, and it is none of the errors that say so by themselves. */
function errorOfRest(entries: GraphqlErrorEntry[], headers: Headers, context: AnswerContext): Error {
	if (entries.some(({ extensions }) => extensions?.saml_failure)) {
		return new SamlError(context.organization, ssoUrl(headers.get('x-github-sso'), context.host), context.host);
	}
	if (entries.some(({ type, path }) => type === 'NOT_FOUND' && path?.length === 1 && path[0] === 'repository')) {
		return new RepositoryNotFoundError(context.nameWithOwner, context.server, repositoryAccess(headers));
	}
	const refusal = entries.find(({ type }) => type === 'FORBIDDEN');
	if (refusal) {
		return new ForbiddenError(context.host, refusal.message ?? 'no reason given', context);
	}
	const retryAfter = retryAfterMs(headers);
	if (retryAfter !== undefined) {
		return new SecondaryLimitError(retryAfter);
	}
	const [first] = entries;
	// Without a type and without data: the query ran into the server's own time limit.
	return first?.type === undefined
		? new TransientError(context.host, 'server', 200)
		: new GithubError(context.host, 200, first.message ?? first.type);
}

function repositoryAccess(headers: Headers): RepositoryAccess {
	const scopes = scopesOf(headers);
	return scopes === undefined ? 'permissions' : scopes.has('repo') ? 'repo' : 'publicOnly';
}

/** What a validation error misses. https://graphql-ruby.org/errors/validation_errors */
function missingName({ extensions: { code, typeName, fieldName } = {} }: GraphqlErrorEntry): string[] {
	if (typeName === undefined) {
		return [];
	}
	return [code === 'undefinedType' || code === 'cannotSpreadFragment' || fieldName === undefined ? typeName : `${typeName}.${fieldName}`];
}

function isLimit({ type, code, message }: GraphqlErrorEntry): boolean {
	return type === 'RATE_LIMITED' || type === 'RATE_LIMIT' || code === 'graphql_rate_limit' || isSecondaryLimit(message ?? '');
}

/** `… requires one of the following scopes: ['read:org', 'read:discussion'], but …` */
function neededScopes(message: string): string[] {
	const list = /following scopes: \[([^\]]{0,500})\]/.exec(message)?.[1] ?? '';
	return [...list.matchAll(/'([a-z_:]{1,40})'/g)].map(([, scope = '']) => scope);
}

/** A limit that came as plain words with HTTP 200; `undefined` for any other text. */
export function errorOfText(text: string, headers: Headers, context: AnswerContext): Error | undefined {
	return isSecondaryLimit(text) || isPrimaryLimit(text) ? errorOfRefusal(403, headers, text, context) : undefined;
}

/** Milliseconds; `undefined` when the server does not say. */
function retryAfterMs(headers: Headers): number | undefined {
	const text = headers.get('retry-after')?.trim() ?? '';
	const seconds = text === '' ? NaN : Number(text);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function isSecondaryLimit(message: string): boolean {
	return /secondary rate limit|abuse detection/i.test(message);
}

function isPrimaryLimit(message: string): boolean {
	return /API rate limit (already )?exceeded/i.test(message);
}

/** GitHub's own has some 150 characters. A longer one would fill the screen, and hide where it leads. */
const LONGEST_SSO_URL = 1_000;

/** `required; url=https://github.com/orgs/octo/sso?authorization_request=…`: a person signs in there, so it has to be the site's own. */
function ssoUrl(header: string | null, host: string): string | undefined {
	const address = header === null ? undefined : /url=(https:\/\/\S+)/.exec(header)?.[1];
	const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
	return url && isPageOf(url, host) && url.href.length <= LONGEST_SSO_URL ? url.href : undefined;
}
