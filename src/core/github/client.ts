import { graphql } from '@octokit/graphql';
import { Octokit } from '@octokit/rest';
import { isObject } from '../model/guards';
import { HumanError } from '../model/humanError';
import { sentence } from '../model/sentence';
import { errorOfEntries, type GraphqlAnswer, type GraphqlErrorEntry } from './answer';
import { addressProblem } from './apiAddress';
import { tokenKey } from './dialect';
import { Exchange, type GithubClientOptions } from './exchange';
import { markHoles } from './holes';
import type { RateBudget } from './rateBudget';
import { scopesOf } from './scopes';

/** What a host says of a token's scopes. */
export interface TokenScopes {
	/** `undefined` for a token that has permissions instead. */
	granted: ReadonlySet<string> | undefined;
}

export interface GraphqlRequest<T> {
	operation: string;
	query: string;
	variables: Record<string, unknown>;
	/** Whether an answer has the parts that nothing can be done without. May throw on one that has not. */
	isUsable: (data: T, errors: readonly GraphqlErrorEntry[]) => boolean;
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
	/** There is another page. */
	hasMore: boolean;
}

const USER_AGENT = 'pr-seeder';

/**
 * Sends one request at a time and tells what its answer means: good data, or one of the errors of `errors.ts`.
 * It neither waits nor retries; that is the governor's part.
 */
export class GithubClient {
	readonly spent: Spending = { graphql: 0, rest: 0, notModified: 0, points: 0 };
	/** By the host's last answer; `undefined` before it. */
	scopes: TokenScopes | undefined;
	private readonly octokit: Octokit;

	/** @throws HumanError when the token would cross a network unprotected */
	constructor(private readonly options: GithubClientOptions) {
		if (addressProblem(new URL(options.credentials.apiUrl)) !== undefined) {
			throw new HumanError(sentence('The sign-in for {0} is not sent to an address without https: change the server\'s address.', options.credentials.host));
		}
		const silent = () => undefined;
		this.octokit = new Octokit({
			baseUrl: options.credentials.apiUrl,
			userAgent: USER_AGENT,
			log: { debug: silent, info: silent, warn: silent, error: silent },
		});
	}

	/** By its prefix: https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats */
	get isFineGrained(): boolean {
		return this.options.credentials.token.startsWith('github_pat_');
	}

	/** See {@link tokenKey}. */
	tokenKey(): Promise<string> {
		const { host, token } = this.options.credentials;
		return tokenKey(host, token);
	}

	get budget(): RateBudget {
		return this.options.budget;
	}

	/**
	 * Runs a query. Resolves with the good part of the answer and the errors about the rest of it, which is `undefined`
	 * where it stood: see {@link markHoles}.
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
		this.scopes = { granted: scopesOf(exchange.headers) };
		const { data, errors } = exchange.graphqlBody();
		return this.accept(data, errors, isUsable, exchange, readAt);
	}

	/** Gets a REST resource; with an ETag only if it changed, which is free when it did not. */
	async rest<T>(route: string, parameters: Record<string, unknown>, etag?: string, signal?: AbortSignal): Promise<RestAnswer<T>> {
		this.spent.rest++;
		const exchange = new Exchange(this.options, 'rest', signal);
		try {
			await this.octokit.request(`GET ${route}`, {
				...parameters,
				headers: { ...this.headers(), ...(etag === undefined ? {} : { 'if-none-match': etag }) },
				request: { fetch: exchange.fetch, parseSuccessResponseBody: false },
			});
		} catch (error) {
			if (exchange.status === 304) {
				this.spent.rest--;
				this.spent.notModified++;
				return { data: undefined, etag, hasMore: false };
			}
			throw exchange.errorOf(error);
		}
		const data = exchange.json();
		if (typeof data !== 'object' || data === null) {
			throw exchange.unusable();
		}
		const { headers } = exchange;
		return { data: data as T, etag: headers.get('etag') ?? undefined, hasMore: /rel="?next"?/.test(headers.get('link') ?? '') };
	}

	/**
	 * Asks what is left of the REST budget, which is free, and lets {@link budget} know. A host without limits says nothing.
	 * https://docs.github.com/en/rest/rate-limit/rate-limit
	 */
	async observeRestBudget(signal?: AbortSignal): Promise<void> {
		const exchange = new Exchange(this.options, 'rest', signal);
		try {
			await this.octokit.request('GET /rate_limit', { headers: this.headers(), request: { fetch: exchange.fetch, parseSuccessResponseBody: false } });
		} catch (error) {
			if (exchange.status !== 404) {
				throw exchange.errorOf(error);
			}
		}
	}

	private accept<T extends object>(
		data: unknown,
		errors: GraphqlErrorEntry[],
		isUsable: GraphqlRequest<T>['isUsable'],
		exchange: Exchange,
		readAt: number,
	): GraphqlAnswer<T> {
		const usable = holds<T>(data, (whole) => isUsable(whole, errors));
		const error = errors.length > 0 ? errorOfEntries(errors, exchange.headers, usable, exchange.context()) : undefined;
		if (error) {
			throw error;
		}
		if (!usable) {
			throw exchange.unusable();
		}
		const cost = 'rateLimit' in data && isObject(data.rateLimit) ? data.rateLimit['cost'] : undefined;
		this.spent.points += typeof cost === 'number' ? cost : 0;
		markHoles(data, errors);
		return { data, errors, readAt };
	}

	private headers(): Record<string, string> {
		return {
			authorization: `bearer ${this.options.credentials.token}`,
			'user-agent': USER_AGENT,
			// Without it older objects still answer with ids of the former form, which will go:
			// https://docs.github.com/en/graphql/guides/migrating-graphql-global-node-ids
			'x-github-next-global-id': '1',
		};
	}
}

/** An answer of another shape than the query's is no answer, whatever it is. */
function holds<T extends object>(data: unknown, isUsable: (data: T) => boolean): data is T {
	try {
		return isObject(data) && isUsable(data as T);
	} catch {
		return false;
	}
}
