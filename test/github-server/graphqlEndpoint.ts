import { execute, type ExecutionResult } from 'graphql';
import type { Access } from './access';
import { answer, type Answer } from './answer';
import { rateLimitHeaders, resetTime, type Budgets } from './budgets';
import { errorEntry, type GithubErrorEntry } from './githubError';
import type { NodeIdForms } from './nodeIdForms';
import type { QueryContext } from './queryContext';
import { maximumNodes, queryCost } from './queryCost';
import { operationOf, queryDocument } from './queryDocument';
import { fieldOfRow, githubSchema } from './schema';
import type { HostSchema } from './schemaProfiles';
import { scopeErrors, type ScopeRules } from './scopes';
import type { World } from './world';

export interface GraphqlRequest {
	readonly query: string;
	readonly variables: Readonly<Record<string, unknown>>;
	readonly operationName: string | undefined;
	readonly access: Access;
	/** Whose budget it is. */
	readonly owner: string;
	/** `X-Github-Next-Global-ID: 1` was sent. */
	readonly wantsNewIds: boolean;
}

/** Answers one query as GitHub does: HTTP 200 for nearly everything. https://docs.github.com/graphql/guides/forming-calls-with-graphql */
export class GraphqlEndpoint {
	readonly #world: World;
	readonly #host: HostSchema;
	readonly #ids: NodeIdForms;
	/** undefined: this host sets no limits. */
	readonly #budgets: Budgets | undefined;
	readonly #extraScopes: ScopeRules;

	constructor(world: World, host: HostSchema, ids: NodeIdForms, budgets: Budgets | undefined, extraScopes: ScopeRules) {
		this.#world = world;
		this.#host = host;
		this.#ids = ids;
		this.#budgets = budgets;
		this.#extraScopes = extraScopes;
	}

	async answer(request: GraphqlRequest): Promise<Answer> {
		const { access } = request;
		if (this.#budgets?.view(request.owner, 'graphql').remaining === 0) {
			const message = `API rate limit already exceeded for user ID ${access.viewer.databaseId}.`;
			return this.#failed(request.owner, [{ type: 'RATE_LIMIT', code: 'graphql_rate_limit', message }]);
		}
		const { document, errors } = queryDocument(request.query, this.#host);
		if (!document || errors.length > 0) return this.#failed(request.owner, errors);
		const operation = operationOf(document, request.operationName);
		if (!operation) return this.#failed(request.owner, [{ message: `No operation named "${request.operationName ?? ''}"` }]);
		const schema = githubSchema();
		const unreached = scopeErrors(schema, document, access.token, this.#extraScopes);
		if (unreached.length > 0) return this.#failed(request.owner, unreached);
		const cost = queryCost(schema, document, operation, request.variables);
		if (cost.excess) {
			const { field, nodes } = cost.excess;
			const location = field.loc && { line: field.loc.startToken.line, column: field.loc.startToken.column };
			return this.#failed(request.owner, [{
				type: 'MAX_NODE_LIMIT_EXCEEDED',
				...(location && { locations: [location] }),
				message: `By the time this query traverses to the ${field.name.value} connection, it is requesting up to ${thousands(nodes)} possible nodes which exceeds the maximum limit of ${thousands(maximumNodes)}.`,
			}]);
		}
		const budget = this.#budgets?.charge(request.owner, 'graphql', cost.points);
		const context: QueryContext = {
			world: this.#world,
			viewer: access.viewer,
			access,
			host: this.#host,
			rateLimit: budget ? {
				cost: cost.points, limit: budget.limit, remaining: budget.remaining, used: budget.used, resetAt: resetTime(budget), nodeCount: cost.possibleNodes,
			} : null,
			shownId: (id, createdAt) => this.#ids.shown(id, createdAt, request.wantsNewIds),
			warnings: [],
			sendsWideIds: this.#ids.sendsWideIds,
			served: 0,
		};
		const result = await execute({
			schema, document, operationName: request.operationName ?? null, variableValues: request.variables, contextValue: context, fieldResolver: fieldOfRow,
		});
		const body = resultBody(result, context.warnings);
		return { ...answer(200, body, { ...this.#headers(request.owner), ...access.headers }), points: cost.points, nodes: context.served, possibleNodes: cost.possibleNodes };
	}

	#failed(owner: string, errors: readonly (GithubErrorEntry & { code?: string })[]): Answer {
		return answer(200, { errors }, this.#headers(owner));
	}

	#headers(owner: string): Record<string, string> {
		return { 'x-github-media-type': 'github.v4; format=json', ...(this.#budgets && rateLimitHeaders('graphql', this.#budgets.view(owner, 'graphql'))) };
	}
}

function resultBody(result: ExecutionResult, warnings: readonly object[]): object {
	if (result.data === undefined) return { errors: result.errors?.map(errorEntry) };
	return { data: result.data, ...(result.errors && { errors: result.errors.map(errorEntry) }), ...(warnings.length > 0 && { extensions: { warnings } }) };
}

function thousands(value: number): string {
	return value.toLocaleString('en-US');
}
