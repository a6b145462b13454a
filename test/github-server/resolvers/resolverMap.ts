import type { GraphQLResolveInfo } from 'graphql';
import type { QueryContext } from '../queryContext';

/** `source` and `arguments` are what the schema says they are: the map is where the untyped world of queries meets the rows. */
export type Resolver = (source: never, args: never, context: QueryContext, info: GraphQLResolveInfo) => unknown;

export type ResolverMap = Readonly<Record<string, Readonly<Record<string, Resolver>>>>;

/** `databaseId` is a 32-bit Int in GraphQL: above 2^31 − 1 there is no value. */
export function intDatabaseId(row: { readonly databaseId: number }): number | null {
	return row.databaseId > 0x7fffffff ? null : row.databaseId;
}

/** Of check runs, suites and workflow runs: the host may send the number all the same. */
export function wideDatabaseId(row: { readonly databaseId: number }, _args: never, { sendsWideIds }: QueryContext): number | null {
	return sendsWideIds ? row.databaseId : intDatabaseId(row);
}

/** The whole id as a BigInt, which travels as text. */
export function fullDatabaseId(row: { readonly databaseId: number }): string {
	return String(row.databaseId);
}

export function escapeHtml(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
