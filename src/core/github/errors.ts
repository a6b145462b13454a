import { HumanError } from '../model/humanError';

/** GitHub refused the token (401). Stored data stays readable. */
export class UnauthorizedError extends HumanError {
	override readonly name = 'UnauthorizedError';

	constructor(readonly host: string) {
		super(`${host} did not accept your sign-in. Sign in again; everything stored stays readable meanwhile.`);
	}
}

/** The account may not see something (403), for a reason that waiting does not change. */
export class ForbiddenError extends HumanError {
	override readonly name = 'ForbiddenError';

	constructor(host: string, serverMessage: string) {
		super(`${host} refused: ${serverMessage}`);
	}
}

/** An organisation asks for single sign-on before it shows its data. */
export class SamlError extends HumanError {
	override readonly name = 'SamlError';

	constructor(
		readonly organization: string,
		/** Where to authorise; given by the `x-github-sso` header when the server sends one. */
		readonly authorizeUrl: string | undefined,
	) {
		super(
			`The organisation ${organization} asks for single sign-on. Authorise your sign-in for it` +
				(authorizeUrl === undefined ? ' on its page at GitHub, then seed again.' : ` at ${authorizeUrl}, then seed again.`),
		);
	}
}

/** The repository does not exist, or this account can't see it: GitHub's answer is the same for both. */
export class RepositoryNotFoundError extends HumanError {
	override readonly name = 'RepositoryNotFoundError';

	constructor(nameWithOwner: string, host: string) {
		super(
			`There is no repository ${nameWithOwner} on ${host}, or your account can't see it. ` +
				'Check the spelling, and that you are signed in with an account that has access.',
		);
	}
}

/** The hourly budget is used up, and waiting was not wanted or would take too long. */
export class RateLimitedError extends HumanError {
	override readonly name = 'RateLimitedError';

	constructor(
		readonly resource: 'graphql' | 'rest',
		/** Milliseconds until the budget is whole again, by the server's clock; `undefined` when it did not say. */
		readonly msUntilReset: number | undefined,
	) {
		const when = msUntilReset === undefined ? 'later' : `in ${Math.max(1, Math.ceil(msUntilReset / 60_000))} min`;
		super(`Your hourly GitHub budget is used up. Seed again ${when}: what was fetched is stored and the run goes on from there.`);
	}
}

/** GitHub asks to slow down (a secondary limit). */
export class SecondaryLimitError extends HumanError {
	override readonly name = 'SecondaryLimitError';

	constructor(
		/** What the server asked for, in milliseconds; `undefined` when it did not say. */
		readonly retryAfterMs: number | undefined,
	) {
		super('GitHub asks to slow down. Seed again in a few minutes: what was fetched is stored and the run goes on from there.');
	}
}

/**
 * `redirect`: the server names another place to ask, where the token does not belong.
 * `size`: the answer is longer than anything that was asked for.
 */
export type TransientCause = 'network' | 'timeout' | 'server' | 'body' | 'redirect' | 'size';

/** The network or the server failed in a way that may pass. */
export class TransientError extends HumanError {
	override readonly name = 'TransientError';

	constructor(
		readonly host: string,
		readonly reason: TransientCause,
		/** The HTTP status, when there was an answer. */
		readonly status: number | undefined,
		options?: ErrorOptions,
	) {
		super(`${TRANSIENT_TEXT[reason](host, status)} What was fetched is stored; seed again to go on from there.`, options);
	}
}

const TRANSIENT_TEXT: Record<TransientCause, (host: string, status: number | undefined) => string> = {
	network: (host) => `Can't reach ${host}. Check your network connection.`,
	timeout: (host) => `${host} did not answer in time.`,
	server: (host, status) => `${host} has a problem of its own${status === undefined ? '' : ` (HTTP ${status})`}.`,
	body: (host) => `${host} sent an answer that breaks off or is not what its API promises.`,
	redirect: (host) => `${host} sends requests on to another address. That was not followed, because your sign-in is for ${host} alone.`,
	size: (host) => `${host} sent an answer too long to be one of its API.`,
};

/** The query asks for more than the server computes in one go: ask for less. */
export class TooHeavyError extends HumanError {
	override readonly name = 'TooHeavyError';

	constructor(readonly host: string) {
		super(`${host} could not compute the answer even for the smallest request.`);
	}
}

/** The host's schema has no such field (an older GitHub Enterprise Server). */
export class UnknownFieldError extends HumanError {
	override readonly name = 'UnknownFieldError';

	constructor(
		host: string,
		/** `Type.field` */
		readonly field: string,
	) {
		super(`${host} does not know ${field}. It may be too old a GitHub Enterprise Server.`);
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
		super(`${host} answered${status === undefined ? '' : ` HTTP ${status}`}: ${serverMessage}`);
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
