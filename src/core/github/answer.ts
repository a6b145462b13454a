import {
	ForbiddenError,
	GithubError,
	RateLimitedError,
	RepositoryNotFoundError,
	SamlError,
	SecondaryLimitError,
	TooHeavyError,
	TransientError,
	UnauthorizedError,
	UnknownFieldError,
} from './errors';

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
	resource: 'graphql' | 'rest';
	/** Milliseconds until the budget is whole again; 0 when unknown. */
	msUntilReset: number;
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
		return new UnauthorizedError(context.host);
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
		return new SamlError(context.organization, ssoUrl(sso));
	}
	const retryAfter = Number(headers.get('retry-after') ?? NaN);
	if (Number.isFinite(retryAfter)) {
		return new SecondaryLimitError(retryAfter * 1000);
	}
	if (isSecondaryLimit(message)) {
		return new SecondaryLimitError(undefined);
	}
	if (headers.get('x-ratelimit-remaining') === '0' || isPrimaryLimit(message)) {
		return new RateLimitedError(context.resource, context.msUntilReset || undefined);
	}
	return status === 429 ? new SecondaryLimitError(undefined) : new ForbiddenError(context.host, message);
}

/**
 * Tells whether a GraphQL answer as a whole is an error, and which. `undefined`: there is data worth keeping,
 * and the entries speak of parts of it.
 */
export function errorOfEntries(entries: GraphqlErrorEntry[], headers: Headers, isUsable: boolean, context: AnswerContext): Error | undefined {
	for (const entry of entries) {
		if (entry.type === 'RATE_LIMITED' || entry.type === 'RATE_LIMIT' || entry.code === 'graphql_rate_limit') {
			return new RateLimitedError('graphql', context.msUntilReset || undefined);
		}
		if (isSecondaryLimit(entry.message ?? '')) {
			const retryAfter = Number(headers.get('retry-after') ?? NaN);
			return new SecondaryLimitError(Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined);
		}
		if (entry.type === 'RESOURCE_LIMITS_EXCEEDED' || entry.type === 'MAX_NODE_LIMIT_EXCEEDED') {
			return new TooHeavyError(context.host);
		}
		if (entry.extensions?.code === 'undefinedField') {
			return new UnknownFieldError(context.host, `${entry.extensions.typeName ?? '?'}.${entry.extensions.fieldName ?? '?'}`);
		}
	}
	if (isUsable) {
		return undefined;
	}
	const [first] = entries;
	if (first?.extensions?.saml_failure) {
		return new SamlError(context.organization, ssoUrl(headers.get('x-github-sso')));
	}
	if (first?.type === 'NOT_FOUND' && first.path?.length === 1 && first.path[0] === 'repository') {
		return new RepositoryNotFoundError(context.nameWithOwner, context.host);
	}
	if (first?.type === 'FORBIDDEN') {
		return new ForbiddenError(context.host, first.message ?? 'no reason given');
	}
	// Without a type and without data: the query ran into the server's own time limit.
	return first?.type === undefined
		? new TransientError(context.host, 'server', 200)
		: new GithubError(context.host, 200, first.message ?? first.type);
}

/** A limit that came as plain words with HTTP 200; `undefined` for any other text. */
export function errorOfText(text: string, headers: Headers, context: AnswerContext): Error | undefined {
	return isSecondaryLimit(text) || isPrimaryLimit(text) ? errorOfRefusal(403, headers, text, context) : undefined;
}

function isSecondaryLimit(message: string): boolean {
	return /secondary rate limit|abuse detection/i.test(message);
}

function isPrimaryLimit(message: string): boolean {
	return /API rate limit (already )?exceeded/i.test(message);
}

/** `required; url=https://github.com/orgs/octo/sso?authorization_request=…` */
function ssoUrl(header: string | null): string | undefined {
	const url = header === null ? undefined : /url=(https:\/\/\S+)/.exec(header)?.[1];
	return url !== undefined && URL.canParse(url) ? url : undefined;
}
