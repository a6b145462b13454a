import { isObject } from '../model/guards';
import { CancelledError, HumanError } from '../model/humanError';
import { parseJson, TooDeepError } from '../model/json';
import { Redactor } from '../model/redactor';
import { nameWithOwner, type RepositoryRef } from '../model/repository';
import { beginningOf, oneLine } from '../model/visibleText';
import { errorOfStatus, errorOfText, type AnswerContext, type GraphqlErrorEntry } from './answer';
import { apiUrlOf } from './apiAddress';
import type { Credentials } from './credentials';
import { CertificateError, TransientError, type TransientCause } from './errors';
import { AnswerTooLargeError, AnswerTooSlowError, guardedFetch, RedirectRefusedError } from './guardedFetch';
import { networkCause } from './networkCause';
import type { RateBudget } from './rateBudget';

const DEFAULT_TIMEOUT_MS = 30_000;
/** What Octokit gets to read of an error's body, and a person of its message. */
const ERROR_BYTES = 16 * 1024;
const MESSAGE_LENGTH = 500;
const SPACE = 0x20;

export interface GithubClientOptions {
	credentials: Credentials;
	/** The repository that the requests are about; errors name it and its organisation. */
	ref: RepositoryRef;
	budget: RateBudget;
	fetch: typeof globalThis.fetch;
	/** After so many milliseconds without a whole answer a request counts as timed out. GitHub itself gives up at 10 s. */
	timeoutMs?: number;
	/** An answer that next to nothing has come of for so long counts as timed out as well; `SLOW_MS` of guardedFetch.ts when absent. */
	slowMs?: number;
	/** A longer answer is not read to its end; `MAX_ANSWER_BYTES` of guardedFetch.ts when absent. */
	maxBytes?: number;
}

/** One request on its way: sees the response that Octokit hides, and remembers why there was none. */
export class Exchange {
	headers = new Headers();
	status: number | undefined;
	private unreachable: unknown;
	private body = new Uint8Array(0);
	private isTooDeep = false;
	private readonly redactor: Redactor;

	constructor(
		private readonly options: GithubClientOptions,
		private readonly resource: 'graphql' | 'rest',
		private readonly signal: AbortSignal | undefined,
	) {
		this.redactor = new Redactor([options.credentials.token]);
	}

	readonly fetch: typeof globalThis.fetch = async (input, init) => {
		const { budget, credentials, fetch, maxBytes, slowMs, timeoutMs } = this.options;
		const timeout = AbortSignal.timeout(timeoutMs ?? DEFAULT_TIMEOUT_MS);
		try {
			// The body is read here, so that a connection that breaks off in the middle is seen for what it is.
			const { response, body } = await guardedFetch({ fetch, apiUrl: credentials.apiUrl, maxBytes, slowMs }, input, {
				...init,
				signal: this.signal ? AbortSignal.any([this.signal, timeout]) : timeout,
			});
			this.body = body;
			this.headers = response.headers;
			this.status = response.status;
			budget.observe(this.resource, response.headers);
			return this.forOctokit(response.status);
		} catch (error) {
			this.unreachable = error ?? new Error('unknown');
			throw error;
		}
	};

	context(): AnswerContext {
		const { apiUrl, host } = this.options.credentials;
		return {
			host,
			server: apiUrl === apiUrlOf(new URL(`https://${host}`)) ? host : new URL(apiUrl).host,
			resource: this.resource,
			msUntilReset: this.options.budget.msUntilReset(this.resource),
			organization: this.options.ref.owner,
			nameWithOwner: nameWithOwner(this.options.ref),
		};
	}

	/** What it means that Octokit threw. */
	errorOf(error: unknown): unknown {
		if (this.signal?.aborted) {
			return new CancelledError();
		}
		if (this.unreachable !== undefined) {
			return errorOfUnreachable(this.options.credentials.host, this.unreachable);
		}
		if (this.status !== undefined && this.status >= 400) {
			return errorOfStatus(this.status, this.headers, this.serverText(error instanceof Error ? error.message : 'no message'), this.context());
		}
		if (error instanceof HumanError) {
			return error;
		}
		// Octokit could not make sense of a successful answer.
		return this.unusable();
	}

	/** A successful GraphQL answer, read; one that can't be read holds nothing. Its data may be good although there are errors. */
	graphqlBody(): { data: unknown; errors: GraphqlErrorEntry[] } {
		const body = this.json();
		const { data, errors } = isObject(body) ? body : {};
		if (errors === undefined || errors === null) {
			return { data, errors: [] };
		}
		const entries = Array.isArray(errors) ? (errors as unknown[]).filter(isObject) : [];
		return { data, errors: entries.length > 0 ? entries.map((entry) => this.entryOf(entry)) : [{ message: 'unknown error' }] };
	}

	/** The body as JSON; `undefined` when it is none. */
	json(): unknown {
		try {
			return parseJson(new TextDecoder().decode(this.body));
		} catch (error) {
			this.isTooDeep = error instanceof TooDeepError;
			return undefined;
		}
	}

	/** What a successful answer means that holds nothing of what was asked: some limits have been told that way. */
	unusable(): Error {
		if (this.isTooDeep) {
			return new TransientError(this.options.credentials.host, 'depth', this.status);
		}
		const start = new TextDecoder().decode(this.body.subarray(0, MESSAGE_LENGTH));
		return errorOfText(start, this.headers, this.context()) ?? new TransientError(this.options.credentials.host, 'body', this.status);
	}

	/** Octokit reads errors alone, and of those the beginning: a long one has nothing more to say. */
	private forOctokit(status: number): Response {
		const headers = new Headers(this.headers);
		// Octokit would print it to the console.
		headers.delete('deprecation');
		const isEmpty = status === 204 || status === 205 || status === 304;
		return new Response(isEmpty ? null : status >= 400 ? this.errorBody() : '', { status, headers });
	}

	/** The beginning of a long one, up to a space: half a token at the cut would look like none. */
	private errorBody(): Uint8Array<ArrayBuffer> {
		const { body } = this;
		return body.length > ERROR_BYTES ? body.slice(0, Math.max(0, body.lastIndexOf(SPACE, ERROR_BYTES))) : body;
	}

	/** What the server says in its own words; one that repeats the token must not bring it into a log. */
	private serverText(text: string): string {
		// The token is taken out before the end is cut off: half of one looks like none, so the first cut is between two words.
		// And what is hidden before that: a token with a zero width in it looks like none, until the terminal leaves that out.
		const start = text.length > ERROR_BYTES ? text.slice(0, Math.max(0, text.lastIndexOf(' ', ERROR_BYTES))) : text;
		return beginningOf(this.redactor.line(oneLine(start)), MESSAGE_LENGTH);
	}

	/** Takes of an entry what is of the type that it should be. */
	private entryOf(entry: Record<string, unknown>): GraphqlErrorEntry {
		const { type, code, message, path, extensions } = entry;
		const of = isObject(extensions) ? extensions : {};
		return {
			...(typeof type === 'string' && { type: this.serverText(type) }),
			...(typeof code === 'string' && { code }),
			...(typeof message === 'string' && { message: this.serverText(message) }),
			...(Array.isArray(path) && { path: path.filter((part) => typeof part === 'string' || typeof part === 'number') }),
			extensions: {
				...(typeof of['code'] === 'string' && { code: of['code'] }),
				...(typeof of['typeName'] === 'string' && { typeName: this.serverText(of['typeName']) }),
				...(typeof of['fieldName'] === 'string' && { fieldName: this.serverText(of['fieldName']) }),
				saml_failure: of['saml_failure'] === true,
			},
		};
	}
}

/** What it means that there is no answer. */
function errorOfUnreachable(host: string, cause: unknown): Error {
	const reason = reasonOf(cause);
	const network = reason === 'network' ? networkCause(cause) : undefined;
	return network?.isCertificate === true ? new CertificateError(host, network, { cause }) : new TransientError(host, reason, undefined, { cause });
}

function reasonOf(error: unknown): TransientCause {
	if (error instanceof RedirectRefusedError) {
		return 'redirect';
	}
	if (error instanceof AnswerTooLargeError) {
		return 'size';
	}
	return error instanceof AnswerTooSlowError || (error instanceof Error && error.name === 'TimeoutError') ? 'timeout' : 'network';
}
