import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Access, credentialHeaders } from './access';
import { answer, restError, type Answer } from './answer';
import { Budgets, rateLimitHeaders } from './budgets';
import { DeviceLogin, type DeviceLoginOptions } from './deviceLogin';
import { replacement, sendFaulty, type Fault } from './faults';
import { GraphqlEndpoint } from './graphqlEndpoint';
import { NodeIdForms } from './nodeIdForms';
import { readRequest, type ReceivedRequest } from './receivedRequest';
import { Matcher, type RequestMatch, type RequestRecord, type RequestView } from './requests';
import { RestEndpoint } from './restEndpoint';
import { githubSchema } from './schema';
import type { ScopeRules } from './scopes';
import { TokenBook } from './tokenBook';
import { oauthToken, type Token } from './tokens';
import { HostSchema, type SchemaProfileName } from './schemaProfiles';
import { instantTime, killedAnswer, killedForms, modelledMs, pass, type TimeModel } from './timeModel';
import type { World } from './world';

export interface GithubServerOptions {
	readonly world: World;
	/** Default: any free one. */
	readonly port?: number;
	/**
	 * Accepted tokens, default `['test-token']`; the device login hands out the first. A text alone is an OAuth token with the scope `repo` and
	 * nothing else: the weakest that people really have.
	 */
	readonly tokens?: readonly (string | Token)[];
	/** The viewer, for tokens that name none. Default `octo-viewer`. */
	readonly login?: string;
	/** Which host's schema. Default `github.com`. */
	readonly schemaProfile?: SchemaProfileName;
	/** Fields that this host's schema lacks besides, such as `PullRequest.statusCheckRollup`. */
	readonly hiddenFields?: readonly string[];
	/** Objects made before this ISO time, or `all`, answer the former base64 ids unless `X-Github-Next-Global-ID: 1` is sent. Default: none. */
	readonly legacyIdsBefore?: string;
	/** What `databaseId` of a check run past 2^31 is in GraphQL: null, or the number though the schema says 32 bits. Default `null`. */
	readonly largeDatabaseIds?: 'null' | 'number';
	/** null: no limits, as GitHub Enterprise Server has it by default, and so does a `schemaProfile` of one. */
	readonly rateLimit?: { readonly limit?: number } | null;
	/** As GitHub Enterprise Server 3.12 did by one report: an App that lacks a permission gets empty lists and nulls, without an error. */
	readonly permissionsAnswerEmpty?: boolean;
	/** Scopes that this host asks for beside GitHub's known ones, such as `{ 'PullRequestConnection.totalCount': ['public_repo'] }`. */
	readonly extraScopes?: ScopeRules;
	/** How long answers take, and which queries are ended. Default: none, at once. */
	readonly time?: TimeModel;
	readonly deviceLogin?: DeviceLoginOptions;
}

interface Change {
	readonly matcher: Matcher;
	readonly change: (world: World) => void;
}

/**
 * GitHub on 127.0.0.1: GraphQL held against the official schema, REST and the device login, in github.com's layout (`/graphql`, `/user`)
 * and in GitHub Enterprise Server's (`/api/graphql`, `/api/v3/user`) at once.
 */
export class GithubServer {
	readonly world: World;
	readonly requests: RequestRecord[] = [];
	readonly #http: Server;
	readonly #tokens: TokenBook;
	readonly #permissionsAnswerEmpty: boolean;
	readonly #budgets: Budgets | undefined;
	readonly #ids: NodeIdForms;
	readonly #graphql: GraphqlEndpoint;
	readonly #rest: RestEndpoint;
	readonly #login: DeviceLogin;
	readonly #stopping = new AbortController();
	#faults: { readonly matcher: Matcher; readonly fault: Fault }[] = [];
	#before: Change[] = [];
	#after: Change[] = [];
	#time: TimeModel;
	#killed = 0;
	#count = 0;

	private constructor(options: GithubServerOptions) {
		this.world = options.world;
		this.#tokens = new TokenBook(options.tokens ?? ['test-token'], options.login ?? 'octo-viewer');
		this.#permissionsAnswerEmpty = options.permissionsAnswerEmpty ?? false;
		this.#time = options.time ?? instantTime;
		const host = new HostSchema(options.schemaProfile, options.hiddenFields);
		const rateLimit = options.rateLimit ?? (options.rateLimit === null || host.version !== null ? null : {});
		this.#budgets = rateLimit === null ? undefined : new Budgets(() => this.world.clock, (owner) => rateLimit.limit ?? this.#tokens.limitOf(owner));
		this.#ids = new NodeIdForms(options.legacyIdsBefore, options.largeDatabaseIds === 'number');
		this.#graphql = new GraphqlEndpoint(this.world, host, this.#ids, this.#budgets, options.extraScopes ?? {});
		this.#rest = new RestEndpoint(this.world, this.#budgets, host.version ?? undefined);
		this.#login = new DeviceLogin((scopes) => this.#tokens.grant(scopes), options.deviceLogin ?? {});
		this.#http = createServer((request, response) => void this.#handle(request, response));
	}

	/** Listens on the loopback interface alone. */
	static async start(options: GithubServerOptions): Promise<GithubServer> {
		// Built here once, not in the first request: that one may be measured.
		githubSchema();
		const server = new GithubServer(options);
		await new Promise<void>((done, failed) => {
			server.#http.once('error', failed);
			server.#http.listen(options.port ?? 0, '127.0.0.1', () => done());
		});
		return server;
	}

	/** `http://127.0.0.1:PORT` */
	get url(): string {
		return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
	}

	/** Ends every connection, hanging ones too. */
	async stop(): Promise<void> {
		this.#stopping.abort();
		await new Promise<void>((done) => {
			this.#http.close(() => done());
			this.#http.closeAllConnections();
		});
	}

	/** The first fault that matches a request hits it; the order is the order of adding. */
	addFault(fault: Fault): void {
		this.#faults.push({ matcher: new Matcher(fault.match ?? {}, fault.times), fault });
	}

	clearFaults(): void {
		this.#faults = [];
	}

	/** Changes the world once, right before the matching request is answered. */
	before(match: RequestMatch, change: (world: World) => void): void {
		this.#before.push({ matcher: new Matcher(match), change });
	}

	/** Changes the world once, when the matching request's answer has been made and not yet been sent. */
	after(match: RequestMatch, change: (world: World) => void): void {
		this.#after.push({ matcher: new Matcher(match), change });
	}

	/** Forgets the scripted changes that have not happened. */
	clearChanges(): void {
		this.#before = [];
		this.#after = [];
	}

	/** Each GraphQL and REST answer takes `baseMs` and `perNodeMs` for every row that it holds, in real time, and nothing is ended. */
	setLatency(latency: { readonly baseMs: number; readonly perNodeMs: number }): void {
		this.#time = { ...instantTime, ...latency };
	}

	/** How long answers take from here on, and which queries are ended. */
	setTime(time: TimeModel): void {
		this.#time = time;
	}

	/** Accepts the token from now on, in the place of one of the same value. */
	setToken(token: string | Token): void {
		this.#tokens.set(token);
	}

	/** From now on it is bad credentials. */
	revokeToken(value: string): void {
		this.#tokens.delete(value);
	}

	/**
	 * The budget of whom the token acts for. No effect where the host sets no limits.
	 * @param budget `staleRemaining`: what the headers say is left from now on, whatever `used` beside it says (Azure/azure-rest-api-specs#36378)
	 */
	setBudget(token: string, budget: { readonly graphqlRemaining?: number; readonly restRemaining?: number; readonly resetInSeconds?: number; readonly staleRemaining?: number }): void {
		const owner = this.#tokens.ownerOf(token);
		this.#budgets?.set(owner, 'graphql', budget.graphqlRemaining, budget.resetInSeconds, budget.staleRemaining);
		this.#budgets?.set(owner, 'core', budget.restRemaining, budget.resetInSeconds, budget.staleRemaining);
	}

	/** Empties the log and starts `index` at 1 again; faults and changes keep their own counts. */
	clearRequests(): void {
		this.requests.length = 0;
		this.#count = 0;
	}

	async #handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			const received = await readRequest(message);
			const started = performance.now();
			if (message.method === 'OPTIONS') {
				response.writeHead(204, preflight).end();
				return;
			}
			const record = logEntry(received);
			this.requests.push(record);
			await this.#serve(received, record, response, started);
		} catch (error) {
			// A client that hung up, or the server stopping, is no fault of ours; anything else must be seen.
			if (this.#stopping.signal.aborted || response.destroyed || response.headersSent) response.destroy();
			else response.writeHead(500, { 'content-type': 'text/plain' }).end(`The stand-in failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
		}
	}

	async #serve(received: ReceivedRequest, record: RequestRecord, response: ServerResponse, started: number): Promise<void> {
		const view: RequestView = { ...received.view, index: ++this.#count };
		for (const { matcher, change } of this.#before) if (matcher.takes(view)) change(this.world);
		const fault = this.#faults.find(({ matcher }) => matcher.takes(view))?.fault;
		if (fault?.kind === 'hang') return;
		if (fault?.kind === 'reset' && fault.afterBytes === undefined) {
			response.socket?.resetAndDestroy();
			return;
		}
		let given = fault && replacement(fault);
		if (!given || (fault && 'charged' in fault && fault.charged)) {
			const normal = this.#timed(view, await this.#answer(received));
			given = given ? { ...given, points: normal.points } : normal;
		}
		if (fault?.kind === 'patch') given = fault.patch(given) ?? given;
		for (const { matcher, change } of this.#after) if (matcher.takes(view)) change(this.world);
		const modelMs = view.kind === 'login' ? 0 : (given.modelMs ?? this.#time.baseMs);
		await pass(this.#time, modelMs, this.#stopping.signal);
		if (fault?.kind === 'delay') await wait(fault.ms, undefined, { signal: this.#stopping.signal });
		const body = this.#head(response, given);
		Object.assign(record, {
			status: given.status, points: given.points, nodes: given.nodes, possibleNodes: given.possibleNodes, modelMs, bytes: body.length, durationMs: performance.now() - started,
		});
		await sendFaulty(fault, response, given.status, body);
		record.durationMs = performance.now() - started;
	}

	/** The answer, or what goes out at the end of the time that a query has. */
	#timed(view: RequestView, given: Answer): Answer {
		const modelMs = modelledMs(this.#time, given);
		const { killAtMs, killedAs = 'rotate' } = this.#time;
		if (view.kind !== 'graphql' || modelMs <= killAtMs) return { ...given, modelMs };
		const form = killedAs === 'rotate' ? killedForms[this.#killed++ % killedForms.length]! : killedAs;
		return { ...killedAnswer(form, given.points, this.#requestId), modelMs: killAtMs };
	}

	get #requestId(): string {
		return `C0DE:${this.#count.toString(16).toUpperCase().padStart(4, '0')}`;
	}

	async #answer(received: ReceivedRequest): Promise<Answer> {
		const { view, url, headers, body } = received;
		if (view.kind === 'login') {
			const parameters = new URLSearchParams([...url.searchParams, ...new URLSearchParams(formOrJson(body))]);
			return this.#login.answer(view.method, url.pathname, parameters, headers.accept ?? '', this.url);
		}
		if (!headers['user-agent']) return restError(403, 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.');
		const isMeta = url.pathname === '/meta';
		if (view.token === undefined && !isMeta) return restError(401, view.kind === 'graphql' ? 'This endpoint requires you to be authenticated.' : 'Requires authentication');
		const token = view.token === undefined ? anonymous : this.#tokens.find(view.token, this.world.clock.now());
		if (!token) return this.#badCredentials(view);
		const given = await this.#authorized(received, token);
		return token === anonymous ? given : { ...given, headers: { ...credentialHeaders(token, view.kind, url.pathname), ...given.headers } };
	}

	async #authorized(received: ReceivedRequest, token: Token): Promise<Answer> {
		const { view, url, enterprise, headers } = received;
		const access = new Access(token, this.#tokens.loginOf(token), this.world, this.#permissionsAnswerEmpty);
		const owner = this.#tokens.ownerOf(token.value);
		const wantsNewIds = headers['x-github-next-global-id'] === '1';
		if (view.kind === 'rest') {
			if (view.method !== 'GET') return restError(404, 'Not Found');
			const given = this.#rest.answer({ url, base: `${this.url}${enterprise ? '/api/v3' : ''}`, access, owner, ifNoneMatch: headers['if-none-match'], enterprise });
			return { ...given, body: this.#ids.shownInRest(given.body, wantsNewIds) };
		}
		if (received.malformed) return restError(400, 'Problems parsing JSON');
		if (view.query === undefined) return answer(200, { errors: [{ message: 'A query attribute must be specified and must be a string.' }] });
		return this.#graphql.answer({ query: view.query, variables: view.variables ?? {}, operationName: received.askedOperation, access, owner, wantsNewIds });
	}

	/** GraphQL's 401 carries a limit of 0, which is not a rate limit. */
	#badCredentials(view: ReceivedRequest['view']): Answer {
		const reset = this.world.clock.now() + 3_600_000;
		return restError(401, 'Bad credentials', view.kind === 'graphql' ? rateLimitHeaders('graphql', { limit: 0, remaining: 0, used: 0, resetAt: reset }) : {});
	}

	/** Sets every header; the body is bytes from here on. */
	#head(response: ServerResponse, given: Answer): Buffer {
		const isText = typeof given.body === 'string';
		const body = Buffer.from(isText ? (given.body as string) : JSON.stringify(given.body));
		const headers: Record<string, string> = {
			date: new Date(this.world.clock.now()).toUTCString(),
			server: 'github.com',
			'content-type': 'application/json; charset=utf-8',
			'x-github-request-id': this.#requestId,
			'access-control-allow-origin': '*',
			'access-control-expose-headers': exposed,
			...given.headers,
		};
		if (given.status !== 304) headers['content-length'] ??= String(body.length);
		for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
		return given.status === 304 ? Buffer.alloc(0) : body;
	}
}

/** Of a caller who shows none; few addresses answer. */
const anonymous = oauthToken({ value: '', scopes: [] });

const exposed = 'ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset';

/** https://docs.github.com/rest/using-the-rest-api/using-cors-and-jsonp-to-make-cross-origin-requests */
const preflight = {
	'access-control-allow-origin': '*',
	'access-control-allow-headers': 'Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Accept-Encoding, X-GitHub-OTP, X-Requested-With, User-Agent, GraphQL-Features, X-GitHub-Api-Version, X-GitHub-Next-Global-ID',
	'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
	'access-control-max-age': '86400',
};

function formOrJson(body: string): string {
	if (!body.trimStart().startsWith('{')) return body;
	return new URLSearchParams(JSON.parse(body) as Record<string, string>).toString();
}

function logEntry({ view, rawPath, startedAt }: ReceivedRequest): RequestRecord {
	const { kind, method, operationName, query, variables, token } = view;
	return {
		kind, method, path: rawPath,
		...(operationName !== undefined && { operationName }),
		...(query !== undefined && { query }),
		...(variables !== undefined && { variables }),
		authorization: token !== undefined,
		startedAt,
		status: 0, points: 0, nodes: 0, possibleNodes: 0, modelMs: 0, bytes: 0, durationMs: 0,
	};
}
