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
	/** The form of a node id that this caller gets for an object of that age. */
	readonly shownId: (id: string, createdAt: string | undefined) => string;
	/** What goes into `extensions.warnings`, such as that an id of the former form was sent. */
	readonly warnings: object[];
	/** Whether `databaseId` of a check run is sent when it does not fit the schema's 32 bits. */
	readonly sendsWideIds: boolean;
	/** Rows served so far, by connections and by `nodes(ids:)`. */
	served: number;
}
