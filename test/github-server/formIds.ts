import { GraphQLScalarType, isInterfaceType, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { QueryContext } from './queryContext';

/** GitHub's check runs were seen with numbers past 32 bits in fields of type Int (obmarg/cynic#711), which graphql-js refuses to send. */
const wideInt = new GraphQLScalarType({ name: 'Int', serialize: (value) => value });

/** Lets every `id` go out in the form that the caller gets, and every `databaseId` past 32 bits. */
export function formIds(schema: GraphQLSchema, otherwise: GraphQLFieldResolver<unknown, QueryContext>): void {
	for (const type of Object.values(schema.getTypeMap())) {
		if (!isObjectType(type) && !isInterfaceType(type)) continue;
		const { id, databaseId } = type.getFields();
		if (databaseId && String(databaseId.type) === 'Int') databaseId.type = wideInt;
		if (!id || String(id.type) !== 'ID!') continue;
		const inner = id.resolve ?? otherwise;
		id.resolve = (source, args, context: QueryContext, info) => {
			const value: unknown = inner(source, args, context, info);
			return typeof value === 'string' ? context.shownId(value, dateOf(source)) : value;
		};
	}
}

/** When the object was made: its own date, else that of what it belongs to. */
function dateOf(source: unknown): string | undefined {
	const { createdAt, pullRequest, repository } = source as { createdAt?: unknown; pullRequest?: unknown; repository?: unknown };
	if (typeof createdAt === 'string') return createdAt;
	const owner = pullRequest ?? repository;
	return owner === undefined ? undefined : dateOf(owner);
}
