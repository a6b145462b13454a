import { isObject } from '../../src/core/model/guards';

/** What one run may send at most, redirects included. */
export const MAX_REQUESTS = 30;

/** One request and its answer, as they went over the wire. */
export interface Measured {
	/** The name of the query, or the address of a REST resource. */
	readonly operation: string;
	readonly kind: 'graphql' | 'rest';
	readonly status: number;
	/** Until the last byte of the answer. */
	readonly ms: number;
	/** Of the answer, unpacked. */
	readonly bytes: number;
	/** Points by the answer's own `rateLimit.cost`; `undefined` where it tells none. */
	readonly cost: number | undefined;
	/** What `x-ratelimit-used` grew by since the answer before of the same budget; `undefined` for the first one, or without limits. */
	readonly charged: number | undefined;
	/** Rows of every list in the answer. */
	readonly rows: number;
	readonly headers: Headers;
	/** As JSON; `undefined` when it is none. */
	readonly body: unknown;
}

/** All requests of this run are used up, or the host asked to slow down: nothing is sent any more. */
export class RequestLimitError extends Error {
	override readonly name = 'RequestLimitError';
}

/** Lets requests through that read, counts and measures them. */
export class Meter {
	readonly requests: Measured[] = [];
	#sent = 0;
	#isSlowedDown = false;
	readonly #used = new Map<string, number>();

	constructor(private readonly send: typeof globalThis.fetch) {}

	/** @throws RequestLimitError when there is none left */
	expectOneLeft(): void {
		if (this.#isSlowedDown) throw new RequestLimitError('the host asked to slow down, so nothing more was sent');
		if (this.#sent >= MAX_REQUESTS) throw new RequestLimitError(`the ${MAX_REQUESTS} requests of one run are used up`);
	}

	/**
	 * As `fetch`.
	 * @throws RequestLimitError when there is none left
	 * @throws Error for a request that could change anything
	 */
	readonly fetch: typeof globalThis.fetch = async (input, init) => {
		const url = new URL(input instanceof Request ? input.url : input);
		const query = queryOf(url, init);
		this.expectOneLeft();
		this.#sent++;
		const started = performance.now();
		const response = await this.send(input, init);
		const bytes = new Uint8Array(await response.clone().arrayBuffer());
		const ms = performance.now() - started;
		const body = jsonOf(bytes);
		const kind = query === undefined ? 'rest' : 'graphql';
		const measured: Measured = {
			kind, ms, body, status: response.status, bytes: bytes.length, headers: response.headers,
			operation: query === undefined ? `GET ${url.pathname.replace(/([0-9a-f]{7})[0-9a-f]{33}/, '$1')}` : (/^query (\w+)/.exec(query)?.[1] ?? 'query'),
			cost: costOf(body),
			charged: this.#charge(response.headers.get('x-ratelimit-resource') ?? kind, response.headers.get('x-ratelimit-used')),
			rows: kind === 'rest' ? 0 : rowsIn(body),
		};
		this.requests.push(measured);
		this.#isSlowedDown ||= isSlowDown(measured);
		return response;
	};

	#charge(budget: string, header: string | null): number | undefined {
		const used = Number(header ?? NaN);
		const before = this.#used.get(budget);
		if (Number.isNaN(used)) return undefined;
		this.#used.set(budget, used);
		// Less than before: the hour is over.
		return before === undefined || used < before ? undefined : used - before;
	}
}

/**
 * Whether a limit of any kind speaks: by the status, or by the words of an error. What pull requests say is not looked at.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api#exceeding-the-rate-limit
 */
export function isSlowDown({ status, headers, body }: Pick<Measured, 'status' | 'headers' | 'body'>): boolean {
	if (status === 429 || (status === 403 && headers.has('retry-after'))) return true;
	const { message, errors } = isObject(body) ? body : {};
	const words = [message, ...(Array.isArray(errors) ? (errors as unknown[]).filter(isObject).flatMap((entry) => [entry['type'], entry['message']]) : [])];
	return words.some((word) => typeof word === 'string' && /secondary rate limit|API rate limit|^RATE_LIMIT/i.test(word));
}

/** The text of a query; `undefined` for a GET. @throws Error for anything else */
function queryOf(url: URL, init: RequestInit | undefined): string | undefined {
	const method = (init?.method ?? 'GET').toUpperCase();
	if (method === 'GET') return undefined;
	const sent: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
	const query = isObject(sent) ? sent['query'] : undefined;
	if (method !== 'POST' || !url.pathname.endsWith('/graphql') || typeof query !== 'string' || !/^query\b/.test(query) || /\bmutation\b/.test(query)) {
		throw new Error(`${method} ${url.pathname} is no request that only reads: it was not sent.`);
	}
	return query;
}

function jsonOf(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
	} catch {
		return undefined;
	}
}

function costOf(body: unknown): number | undefined {
	const data = isObject(body) ? body['data'] : undefined;
	const limit = isObject(data) ? data['rateLimit'] : undefined;
	const cost = isObject(limit) ? limit['cost'] : undefined;
	return typeof cost === 'number' ? cost : undefined;
}

function rowsIn(value: unknown): number {
	if (Array.isArray(value)) return value.reduce((sum: number, one: unknown) => sum + rowsIn(one), 0);
	if (!isObject(value)) return 0;
	return Object.entries(value).reduce((sum, [key, one]) => sum + rowsIn(one) + (key === 'nodes' && Array.isArray(one) ? one.length : 0), 0);
}
