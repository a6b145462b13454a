export type RequestKind = 'graphql' | 'rest' | 'login';

/** One request as faults and scripted changes see it, before it is answered. */
export interface RequestView {
	/** 1 for the first request since the server started or its log was cleared. */
	readonly index: number;
	readonly kind: RequestKind;
	readonly method: string;
	/** With the query string, and without the prefix of GitHub Enterprise Server (`/api/v3`). */
	readonly path: string;
	readonly operationName?: string;
	readonly query?: string;
	readonly variables?: Readonly<Record<string, unknown>>;
	readonly token?: string;
}

/** One line of the request log. It stands there from the start of the request; what is known only at the end is filled in before the answer's last byte. */
export interface RequestRecord {
	readonly kind: RequestKind;
	readonly method: string;
	/** As received, with prefix and query string. */
	readonly path: string;
	readonly operationName?: string;
	readonly query?: string;
	readonly variables?: Readonly<Record<string, unknown>>;
	readonly authorization: boolean;
	/** Milliseconds since 1970, real time. */
	readonly startedAt: number;
	/** 0 while unanswered, and for a connection that was cut without an answer. */
	status: number;
	/** Charged to the budget. */
	points: number;
	/** Rows really served. */
	nodes: number;
	/** Rows that the query could have asked for: `rateLimit.nodeCount`. */
	possibleNodes: number;
	/** How long the answer takes by the server's model of time, in milliseconds, whether it waits so long or not. */
	modelMs: number;
	/** Of the response body. */
	bytes: number;
	/** From the request's last byte to the answer's, latency included. */
	durationMs: number;
}

/** Which requests. All that is given must hold. */
export interface RequestCriteria {
	readonly kind?: RequestKind;
	readonly operationName?: string | RegExp;
	readonly path?: string | RegExp;
	readonly variables?: (variables: Readonly<Record<string, unknown>>) => boolean;
	readonly when?: (request: RequestView) => boolean;
	/** 1-based, among the requests that the other criteria fit, counted from when this was added. Default 1. */
	readonly nth?: number;
}

/** A number is the n-th request of any kind, counted from when this was added. */
export type RequestMatch = number | RequestCriteria;

/** Counts the requests that fit, and says at which it is its turn. */
export class Matcher {
	readonly #match: RequestMatch;
	#left: number;
	#seen = 0;

	constructor(match: RequestMatch, times = 1) {
		this.#match = match;
		this.#left = times;
	}

	takes(request: RequestView): boolean {
		if (this.#left <= 0 || (typeof this.#match === 'object' && !fits(this.#match, request))) return false;
		this.#seen++;
		const first = typeof this.#match === 'number' ? this.#match : (this.#match.nth ?? 1);
		if (this.#seen < first) return false;
		this.#left--;
		return true;
	}
}

function fits(criteria: RequestCriteria, request: RequestView): boolean {
	return (
		(criteria.kind === undefined || criteria.kind === request.kind) &&
		fitsText(criteria.operationName, request.operationName ?? '') &&
		fitsText(criteria.path, request.path) &&
		(criteria.variables === undefined || criteria.variables(request.variables ?? {})) &&
		(criteria.when === undefined || criteria.when(request))
	);
}

function fitsText(wanted: string | RegExp | undefined, text: string): boolean {
	return wanted === undefined || (typeof wanted === 'string' ? wanted === text : wanted.test(text));
}
