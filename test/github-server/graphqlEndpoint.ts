import { execute, type ExecutionResult } from 'graphql';
import { answer, type Answer } from './answer';
import { rateLimitHeaders, resetTime, type Budgets } from './budgets';
import { errorEntry, type GithubErrorEntry } from './githubError';
import type { Actor } from './model';
import type { NodeIdForms } from './nodeIdForms';
import type { QueryContext } from './queryContext';
import { maximumNodes, queryCost } from './queryCost';
import { operationOf, queryDocument } from './queryDocument';
import { fieldOfRow, githubSchema } from './schema';
import type { HostSchema } from './schemaProfiles';
import type { World } from './world';

export interface GraphqlRequest {
	readonly query: string;
	readonly variables: Readonly<Record<string, unknown>>;
	readonly operationName: string | undefined;
	readonly token: string;
	/** `X-Github-Next-Global-ID: 1` was sent. */
	readonly wantsNewIds: boolean;
}

/** Answers one query as GitHub does: HTTP 200 for nearly everything. https://docs.github.com/graphql/guides/forming-calls-with-graphql */
export class GraphqlEndpoint {
	readonly #world: World;
	readonly #viewer: Actor;
	readonly #host: HostSchema;
	readonly #ids: NodeIdForms;
	/** undefined: this host sets no limits. */
	readonly #budgets: Budgets | undefined;

	constructor(world: World, viewer: Actor, host: HostSchema, ids: NodeIdForms, budgets: Budgets | undefined) {
		this.#world = world;
		this.#viewer = viewer;
		this.#host = host;
		this.#ids = ids;
		this.#budgets = budgets;
	}

	async answer(request: GraphqlRequest): Promise<Answer> {
		if (this.#budgets?.view(request.token, 'graphql').remaining === 0) {
			const message = `API rate limit already exceeded for user ID ${this.#viewer.databaseId}.`;
			return this.#failed(request.token, [{ type: 'RATE_LIMIT', code: 'graphql_rate_limit', message }]);
		}
		const { document, errors } = queryDocument(request.query, this.#host);
		if (!document || errors.length > 0) return this.#failed(request.token, errors);
		const operation = operationOf(document, request.operationName);
		if (!operation) return this.#failed(request.token, [{ message: `No operation named "${request.operationName ?? ''}"` }]);
		const schema = githubSchema();
		const cost = queryCost(schema, document, operation, request.variables);
		if (cost.excess) {
			const { field, nodes } = cost.excess;
			const location = field.loc && { line: field.loc.startToken.line, column: field.loc.startToken.column };
			return this.#failed(request.token, [{
				type: 'MAX_NODE_LIMIT_EXCEEDED',
				...(location && { locations: [location] }),
				message: `By the time this query traverses to the ${field.name.value} connection, it is requesting up to ${thousands(nodes)} possible nodes which exceeds the maximum limit of ${thousands(maximumNodes)}.`,
			}]);
		}
		const budget = this.#budgets?.charge(request.token, 'graphql', cost.points);
		const context: QueryContext = {
			world: this.#world,
			viewer: this.#viewer,
			host: this.#host,
			rateLimit: budget ? {
				cost: cost.points, limit: budget.limit, remaining: budget.remaining, used: budget.used, resetAt: resetTime(budget), nodeCount: cost.possibleNodes,
			} : null,
			shownId: (id, createdAt) => this.#ids.shown(id, createdAt, request.wantsNewIds),
			warnings: [],
			sendsWideIds: this.#ids.sendsWideIds,
			served: 0,
			load: { contexts: 0, files: 0, statistics: 0 },
			counted: new Set(),
		};
		const result = await execute({
			schema, document, operationName: request.operationName ?? null, variableValues: request.variables, contextValue: context, fieldResolver: fieldOfRow,
		});
		return { ...answer(200, resultBody(result, context.warnings), this.#headers(request.token)), points: cost.points, nodes: context.served, load: { ...context.load, statistics: context.counted.size }, possibleNodes: cost.possibleNodes };
	}

	#failed(token: string, errors: readonly (GithubErrorEntry & { code?: string })[]): Answer {
		return answer(200, { errors }, this.#headers(token));
	}

	#headers(token: string): Record<string, string> {
		return { 'x-github-media-type': 'github.v4; format=json', ...(this.#budgets && rateLimitHeaders('graphql', this.#budgets.view(token, 'graphql'))) };
	}
}

function resultBody(result: ExecutionResult, warnings: readonly object[]): object {
	if (result.data === undefined) return { errors: result.errors?.map(errorEntry) };
	return { data: result.data, ...(result.errors && { errors: result.errors.map(errorEntry) }), ...(warnings.length > 0 && { extensions: { warnings } }) };
}

function thousands(value: number): string {
	return value.toLocaleString('en-US');
}
