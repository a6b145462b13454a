import { HumanError } from '../model/humanError';
import { sentence, type Sentence } from '../model/sentence';
import { certificateSentence, networkCause, networkSentence, type NetworkCause } from './networkCause';

/** GitHub refused the token (401). Stored data stays readable. */
export class UnauthorizedError extends HumanError {
	override readonly name = 'UnauthorizedError';

	/** @param server what was asked, where an address of its own was given */
	constructor(
		readonly host: string,
		server = host,
	) {
		super(sentence('{0} did not accept your sign-in. Sign in again; everything stored stays readable meanwhile.', server));
	}
}

/** What refused, as far as the server's words tell. */
export type RefusedBy = 'oauthApp' | 'classicToken' | 'fineGrainedToken' | 'tokenLifetime' | 'addresses' | 'permission' | 'other';

/** The account or the token may not see something (403), for a reason that waiting does not change. */
export class ForbiddenError extends HumanError {
	override readonly name = 'ForbiddenError';
	readonly by: RefusedBy;

	constructor(host: string, serverMessage: string, place: { organization: string; nameWithOwner: string }) {
		const by = refusedBy(serverMessage);
		super(REFUSAL_TEXT[by]({ host, serverMessage, ...place }));
		this.by = by;
	}
}

/** GitHub tells its policies apart by its words alone. */
const REFUSAL_WORDS: readonly [RegExp, RefusedBy][] = [
	[/OAuth App access restrictions/i, 'oauthApp'],
	[/personal access tokens?'?s? lifetime|lifetime is greater than/i, 'tokenLifetime'],
	[/personal access token \(classic\)/i, 'classicToken'],
	[/fine-grained personal access token|personal access token with fine-grained permissions/i, 'fineGrainedToken'],
	[/IP allow list/i, 'addresses'],
	[/not accessible by (?:integration|personal access token)/i, 'permission'],
];

function refusedBy(message: string): RefusedBy {
	return REFUSAL_WORDS.find(([words]) => words.test(message))?.[1] ?? 'other';
}

interface RefusalPlace {
	host: string;
	serverMessage: string;
	organization: string;
	nameWithOwner: string;
}

const REFUSAL_TEXT: Record<RefusedBy, (place: RefusalPlace) => Sentence> = {
	oauthApp: ({ organization }) =>
		sentence('The organization {0} has not approved the app that you signed in with. Ask one of its owners to approve it, then try again.', organization),
	classicToken: ({ organization }) =>
		sentence('The organization {0} does not accept classic tokens. Use a fine-grained token, or sign in through an approved app.', organization),
	fineGrainedToken: ({ organization }) =>
		sentence('The organization {0} does not accept this fine-grained token. Ask one of its owners to approve it, or use another sign-in.', organization),
	tokenLifetime: ({ organization }) =>
		sentence('The organization {0} does not accept tokens that live as long as yours. Shorten its lifetime in your GitHub settings.', organization),
	addresses: ({ organization }) =>
		sentence('The organization {0} only answers to IP addresses on its list, and yours is not one of them. Connect through its network, then try again.', organization),
	permission: ({ nameWithOwner }) =>
		sentence('Your token may not read the pull requests of {0}. It needs the permissions Metadata and Pull requests (read) for this repository.', nameWithOwner),
	other: ({ host, serverMessage }) => sentence('{0} refused: {1}', host, serverMessage),
};

/** An organization asks for single sign-on before it shows its data. */
export class SamlError extends HumanError {
	override readonly name = 'SamlError';

	constructor(
		readonly organization: string,
		/** Where to authorize; given by the `x-github-sso` header when the server sends one. */
		readonly authorizeUrl: string | undefined,
		/** Where a new sign-in can be authorized. */
		readonly host: string,
	) {
		super(
			authorizeUrl === undefined
				? sentence('The organization {0} requires single sign-on. Authorize your sign-in for it on GitHub, then try again.', organization)
				: sentence('The organization {0} requires single sign-on. Authorize your sign-in for it at {1}, then try again.', organization, authorizeUrl),
		);
	}
}

/** What a token can be given: every repository of its account, public ones alone, or one by one. */
export type RepositoryAccess = 'repo' | 'publicOnly' | 'permissions';

/** The repository does not exist, or this account or token can't see it: GitHub's answer is the same for all of these. */
export class RepositoryNotFoundError extends HumanError {
	override readonly name = 'RepositoryNotFoundError';

	/** @param server the host that was asked */
	constructor(nameWithOwner: string, server: string, access: RepositoryAccess = 'repo') {
		super(NOT_FOUND_TEXT[access](nameWithOwner, server));
	}
}

const NOT_FOUND_TEXT: Record<RepositoryAccess, (nameWithOwner: string, server: string) => Sentence> = {
	repo: (nameWithOwner, server) =>
		sentence(
			'There is no repository {0} on {1}, or your account can\'t see it. Check the spelling, and that you are signed in with an account that has access.',
			nameWithOwner,
			server,
		),
	publicOnly: (nameWithOwner, server) =>
		sentence(
			'There is no repository {0} on {1}, or it is private: your sign-in lacks the scope repo, and sees public repositories alone. Check the spelling. For a private one sign in again, or use a token with the scope repo.',
			nameWithOwner,
			server,
		),
	permissions: (nameWithOwner, server) =>
		sentence(
			'There is no repository {0} on {1}, or your token has not been given access to it. Check the spelling, and in the settings of the token or app which repositories it may access.',
			nameWithOwner,
			server,
		),
};

/** The hourly budget is used up, and waiting was not wanted or would take too long. */
export class RateLimitedError extends HumanError {
	override readonly name = 'RateLimitedError';

	constructor(
		readonly resource: 'graphql' | 'rest',
		/** Milliseconds until the budget is whole again, by the server's clock; `undefined` when it did not say. */
		readonly msUntilReset: number | undefined,
	) {
		super(
			msUntilReset === undefined
				? sentence('Your hourly GitHub budget is used up. Sync again later: what was fetched is stored, and the next sync continues from there.')
				: sentence(
						'Your hourly GitHub budget is used up. Sync again in {0} min: what was fetched is stored, and the next sync continues from there.',
						Math.max(1, Math.ceil(msUntilReset / 60_000)),
					),
		);
	}
}

/** GitHub asks to slow down (a secondary limit). */
export class SecondaryLimitError extends HumanError {
	override readonly name = 'SecondaryLimitError';

	constructor(
		/** What the server asked for, in milliseconds; `undefined` when it did not say. */
		readonly retryAfterMs: number | undefined,
	) {
		super(sentence('GitHub asks to slow down. Sync again in a few minutes: what was fetched is stored, and the next sync continues from there.'));
	}
}

/**
 * `redirect`: the server names another place to ask, where the token does not belong.
 * `size`, `depth`: the answer is longer, or nested deeper, than anything that was asked for.
 * `timeout`: with an HTTP status the server says so itself, without one its answer did not come as a whole in time.
 */
export type TransientCause = 'network' | 'timeout' | 'server' | 'body' | 'redirect' | 'size' | 'depth';

/** The network or the server failed in a way that may pass. */
export class TransientError extends HumanError {
	override readonly name = 'TransientError';
	/** The platform's name for what happened, as {@link NetworkCause} has it; `undefined` where the network is not the reason, or gave none. */
	readonly code: string | undefined;

	constructor(
		readonly host: string,
		readonly reason: TransientCause,
		/** The HTTP status, when there was an answer. */
		readonly status: number | undefined,
		options?: ErrorOptions,
	) {
		const cause = reason === 'network' ? networkCause(options?.cause) : undefined;
		const said = reason === 'network' ? networkSentence(host, cause) : TRANSIENT_TEXT[reason](host, status);
		super(sentence('{0} What was fetched is stored; sync again to continue from there.', said), options);
		this.code = cause?.code;
	}
}

/**
 * The host's certificate was refused, so nothing was sent. Trying again changes nothing before somebody does something
 * about it: neither a run nor a job that runs each hour should go on as if it passed by itself.
 */
export class CertificateError extends HumanError {
	override readonly name = 'CertificateError';
	/** OpenSSL's name for what is wrong, such as `DEPTH_ZERO_SELF_SIGNED_CERT`. */
	readonly code: string;

	constructor(
		readonly host: string,
		cause: NetworkCause,
		options?: ErrorOptions,
	) {
		super(certificateSentence(host, cause), options);
		this.code = cause.code;
	}
}

const TRANSIENT_TEXT: Record<Exclude<TransientCause, 'network'>, (host: string, status: number | undefined) => Sentence> = {
	timeout: (host) => sentence('{0} did not answer in time.', host),
	server: (host, status) =>
		status === undefined ? sentence('{0} returned a server error.', host) : sentence('{0} returned a server error (HTTP {1}).', host, status),
	body: (host) => sentence('{0} sent an answer that breaks off or is not what its API promises.', host),
	redirect: (host) => sentence('{0} sends requests on to another address. That was not followed, because your sign-in is for {0} alone.', host),
	size: (host) => sentence('{0} sent an answer too long to be one of its API.', host),
	depth: (host) => sentence('{0} sent an answer that is nested deeper than anything of its API.', host),
};

/** The query asks for more than the server computes in one go: ask for less. */
export class TooHeavyError extends HumanError {
	override readonly name = 'TooHeavyError';

	constructor(readonly host: string) {
		super(sentence('{0} could not compute the answer even for the smallest request.', host));
	}
}

/** The host's schema lacks something that the query names (an older GitHub Enterprise Server). Nothing of it ran. */
export class InvalidQueryError extends HumanError {
	override readonly name = 'InvalidQueryError';

	constructor(
		host: string,
		/** `Type.field`, or `Type` where all of a type is missing. */
		readonly missing: readonly string[],
		serverMessage: string,
	) {
		super(sentence('{0} does not understand a request: {1}. It may be too old a GitHub Enterprise Server.', host, serverMessage.replace(/\.$/, '')));
	}
}

/** The token's scopes do not cover something that the query names. Nothing of it ran. */
export class MissingScopeError extends HumanError {
	override readonly name = 'MissingScopeError';

	constructor(
		readonly host: string,
		/** Any of these would do; empty when the server does not say. */
		readonly scopes: readonly string[],
	) {
		super(
			scopes.length === 0
				? sentence('Your sign-in for {0} lacks a scope that this needs. Sign in again, or use a token with the scope repo.', host)
				: sentence('Your sign-in for {0} lacks the scope {1}. Sign in again, or use a token that has it.', host, scopes.join(' / ')),
		);
	}
}

/** Anything else the API said no to. */
export class GithubError extends HumanError {
	override readonly name = 'GithubError';

	constructor(
		host: string,
		readonly status: number | undefined,
		serverMessage: string,
	) {
		super(
			status === undefined
				? sentence('{0} answered: {1}', host, serverMessage)
				: sentence('{0} answered HTTP {1}: {2}', host, status, serverMessage),
		);
	}
}

/** Whether the same run can go on later from where it stopped. */
export function isResumable(error: unknown): boolean {
	return (
		error instanceof RateLimitedError ||
		error instanceof SecondaryLimitError ||
		error instanceof TransientError ||
		error instanceof TooHeavyError
	);
}

/** The platform's name for why a host could not be reached, for logs that programs read; `undefined` for any other error. */
export function networkCode(error: unknown): string | undefined {
	return error instanceof TransientError || error instanceof CertificateError ? error.code : undefined;
}
