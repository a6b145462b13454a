import type { Access } from './access';
import type { Actor } from './model';
import type { HostSchema } from './schemaProfiles';
import type { World } from './world';

/** The `rateLimit` object of GraphQL. https://docs.github.com/graphql/reference/objects#ratelimit */
export interface RateLimitAnswer {
	readonly cost: number;
	readonly limit: number;
	readonly remaining: number;
	readonly used: number;
	readonly resetAt: string;
	readonly nodeCount: number;
}

/** What every resolver may look at while one query is answered. */
export interface QueryContext {
	readonly world: World;
	readonly viewer: Actor;
	/** What the asking token may see. */
	readonly access: Access;
	readonly host: HostSchema;
	/** null where the host sets no limits. */
	readonly rateLimit: RateLimitAnswer | null;
	/** Rows served so far, by connections and by `nodes(ids:)`. */
	served: number;
}
