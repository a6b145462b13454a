import { graphql } from '@octokit/graphql';
import { Octokit } from '@octokit/rest';
import { CancelledError, HumanError } from '../model/humanError';
import { nameWithOwner, type RepositoryRef } from '../model/repository';
import { errorOfEntries, errorOfStatus, errorOfText, type GraphqlAnswer, type GraphqlErrorEntry } from './answer';
import type { Credentials } from './credentials';
import { TransientError } from './errors';
import type { RateBudget } from './rateBudget';

export interface GithubClientOptions {
	credentials: Credentials;
	/** The repository that the requests are about; errors name it and its organisation. */
	ref: RepositoryRef;
	budget: RateBudget;
	fetch: typeof globalThis.fetch;
	/** After so many milliseconds without a whole answer a request counts as timed out. GitHub itself gives up at 10 s. */
	timeoutMs?: number;
}

export interface GraphqlRequest<T> {
	operation: string;
	query: string;
	variables: Record<string, unknown>;
	/** Whether an answer has the parts that nothing can be done without. May throw on one that has not. */
	isUsable: (data: T) => boolean;
}

/** What one client has spent. */
export interface Spending {
	graphql: number;
	rest: number;
	/** REST answers of 304, which cost nothing. */
	notModified: number;
	/** GraphQL points by the server's own count; 0 where it tells none. */
	points: number;
}

/** A REST answer; `undefined` data: not modified since the ETag. */
export interface RestAnswer<T> {
	data: T | undefined;
	etag: string | undefined;
}

const USER_AGENT = 'pr-seeder';
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Sends one request at a time and tells what its answer means: good data, or one of the errors of `errors.ts`.
 * It neither waits nor retries; that is the governor's part.
 */
export class GithubClient {
	readonly spent: Spending = { graphql: 0, rest: 0, notModified: 0, points: 0 };
	private readonly octokit: Octokit;

	constructor(private readonly options: GithubClientOptions) {
		const silent = () => undefined;
		this.octokit = new Octokit({
			baseUrl: options.credentials.apiUrl,
			userAgent: USER_AGENT,
			log: { debug: silent, info: silent, warn: silent, error: silent },
		});
	}

	get budget(): RateBudget {
		return this.options.budget;
	}

	/**
	 * Runs a query. Resolves with the good part of the answer and the errors about the rest of it.
	 * @throws one of the errors of `errors.ts`, or CancelledError
	 */
	async graphql<T extends object>({ operation, query, variables, isUsable }: GraphqlRequest<T>, signal?: AbortSignal): Promise<GraphqlAnswer<T>> {
		const readAt = this.budget.serverNow();
		this.spent.graphql++;
		const exchange = new Exchange(this.options, 'graphql', signal);
		try {
			await graphql<unknown>(query, {
				...variables,
				operationName: operation,
				baseUrl: this.options.credentials.apiUrl,
				headers: this.headers(),
				// Octokit's own reading looks for big integers in every value, which takes several times as long as reading.
				request: { fetch: exchange.fetch, parseSuccessResponseBody: false },
			});
		} catch (error) {
			throw exchange.errorOf(error);
		}
		const { data, errors } = exchange.graphqlBody();
		return this.accept(data, errors, isUsable, exchange, readAt);
	}

	/** Gets a REST resource; with an ETag only if it changed, which is free when it did not. */
	async rest<T>(route: string, parameters: Record<string, unknown>, etag?: string, signal?: AbortSignal): Promise<RestAnswer<T>> {
		this.spent.rest++;
		const exchange = new Exchange(this.options, 'rest', signal);
		try {
			const response = await this.octokit.request(`GET ${route}`, {
				...parameters,
				headers: { ...this.headers(), ...(etag === undefined ? {} : { 'if-none-match': etag }) },
				request: { fetch: exchange.fetch },
			});
			const data: unknown = response.data;
			if (typeof data !== 'object' || data === null) {
				throw new TransientError(this.options.credentials.host, 'body', response.status);
			}
			return { data: data as T, etag: response.headers.etag };
		} catch (error) {
			if (exchange.status === 304) {
				this.spent.rest--;
				this.spent.notModified++;
				return { data: undefined, etag };
			}
			throw exchange.errorOf(error);
		}
	}

	private accept<T extends object>(
		data: unknown,
		errors: GraphqlErrorEntry[],
		isUsable: GraphqlRequest<T>['isUsable'],
		exchange: Exchange,
		readAt: number,
	): GraphqlAnswer<T> {
		const usable = holds(data, isUsable);
		const error = errors.length > 0 ? errorOfEntries(errors, exchange.headers, usable, exchange.context()) : undefined;
		if (error) {
			throw error;
		}
		if (!usable) {
			throw exchange.unusable();
		}
		const cost = 'rateLimit' in data && isRecord(data.rateLimit) ? data.rateLimit['cost'] : undefined;
		this.spent.points += typeof cost === 'number' ? cost : 0;
		return { data, errors, readAt };
	}

	private headers(): Record<string, string> {
		return { authorization: `bearer ${this.options.credentials.token}`, 'user-agent': USER_AGENT };
	}
}

/** One request on its way: sees the response that Octokit hides, and remembers why there was none. */
class Exchange {
	headers = new Headers();
	status: number | undefined;
	private unreachable: unknown;
	private body = new ArrayBuffer(0);

	constructor(
		private readonly options: GithubClientOptions,
		private readonly resource: 'graphql' | 'rest',
		private readonly signal: AbortSignal | undefined,
	) {}

	readonly fetch: typeof globalThis.fetch = async (input, init) => {
		const timeout = AbortSignal.timeout(this.options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
		try {
			const response = await this.options.fetch(input, {
				...init,
				signal: this.signal ? AbortSignal.any([this.signal, timeout]) : timeout,
			});
			// The body is read here, so that a connection that breaks off in the middle is seen for what it is.
			const body = await response.arrayBuffer();
			this.body = body;
			this.headers = response.headers;
			this.status = response.status;
			this.options.budget.observe(this.resource, response.headers);
			const empty = response.status === 204 || response.status === 205 || response.status === 304;
			return new Response(empty ? null : body, { status: response.status, headers: response.headers });
		} catch (error) {
			this.unreachable = error ?? new Error('unknown');
			throw error;
		}
	};

	context() {
		return {
			host: this.options.credentials.host,
			resource: this.resource,
			msUntilReset: this.options.budget.msUntilReset(this.resource),
			organization: this.options.ref.owner,
			nameWithOwner: nameWithOwner(this.options.ref),
		};
	}

	/** What it means that Octokit threw. */
	errorOf(error: unknown): unknown {
		const { host } = this.options.credentials;
		if (this.signal?.aborted) {
			return new CancelledError();
		}
		if (this.unreachable !== undefined) {
			const timedOut = this.unreachable instanceof Error && this.unreachable.name === 'TimeoutError';
			return new TransientError(host, timedOut ? 'timeout' : 'network', undefined, { cause: this.unreachable });
		}
		if (this.status !== undefined && this.status >= 400) {
			return errorOfStatus(this.status, this.headers, serverMessage(error), this.context());
		}
		if (error instanceof HumanError) {
			return error;
		}
		// Octokit could not make sense of a successful answer.
		return this.unusable();
	}

	/** A successful answer, read; one that can't be read holds nothing. Its data may be good although there are errors. */
	graphqlBody(): { data: unknown; errors: GraphqlErrorEntry[] } {
		const { data, errors } = parseObject(new TextDecoder().decode(this.body));
		if (errors === undefined || errors === null) {
			return { data, errors: [] };
		}
		const entries = Array.isArray(errors) ? (errors as unknown[]).filter(isRecord) : [];
		return { data, errors: entries.length > 0 ? entries : [{ message: 'unknown error' }] };
	}

	/** What a successful answer means that holds nothing of what was asked: some limits have been told that way. */
	unusable(): Error {
		const start = new TextDecoder().decode(this.body.slice(0, 500));
		return errorOfText(start, this.headers, this.context()) ?? new TransientError(this.options.credentials.host, 'body', this.status);
	}
}

function serverMessage(error: unknown): string {
	return error instanceof Error ? error.message.slice(0, 500) : 'no message';
}

/** An answer of another shape than the query's is no answer, whatever it is. */
function holds<T extends object>(data: unknown, isUsable: (data: T) => boolean): data is T {
	try {
		return isRecord(data) && isUsable(data as T);
	} catch {
		return false;
	}
}

function parseObject(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) ? value : {};
	} catch {
		return {};
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

