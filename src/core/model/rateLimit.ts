/** One of GitHub's two hourly budgets, as its last answer told it. */
export interface RateLimit {
	/** Points (GraphQL) or requests (REST) an hour. */
	limit: number;
	remaining: number;
	used: number;
	/** When the budget is whole again, ISO 8601 UTC. */
	resetAt: string;
}

/** What is known of a host's budgets; `null` where the host tells none (GitHub Enterprise Server's default). */
export interface RateLimits {
	graphql: RateLimit | null;
	rest: RateLimit | null;
}
