import type { GraphQLResolveInfo } from 'graphql';
import { GithubError } from './githubError';
import type { QueryContext } from './queryContext';
import { selects } from './selection';

/** What a list is sorted by, made unique by a second part. A cursor is this key, so it outlives changes of the list. */
export type SortKey = readonly [primary: string | number, unique: number];

export interface ConnectionArguments {
	readonly first?: number | null;
	readonly last?: number | null;
	readonly after?: string | null;
	readonly before?: string | null;
}

export interface Connection<T> {
	readonly totalCount: number;
	readonly nodes: readonly T[];
	readonly edges: readonly { readonly cursor: string; readonly node: T }[];
	readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

/**
 * One page of a list that is sorted by `keyOf`. Cursors are keysets: paging goes on after the key, wherever the row is now.
 * @param rows ascending by key, or descending when `direction` says so
 * @throws GithubError when neither or both of `first` and `last` are given, or a bound is not 1..100
 * @see https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api#node-limit
 */
export function paginate<T>(
	rows: readonly T[],
	keyOf: (row: T) => SortKey,
	args: ConnectionArguments,
	context: QueryContext,
	info: GraphQLResolveInfo,
	direction: 'ASC' | 'DESC' = 'ASC',
): Connection<T> {
	const name = info.fieldName;
	// A variable left out and one that is null mean the same.
	const first = args.first ?? undefined;
	const last = args.last ?? undefined;
	if (first === undefined && last === undefined) {
		// Counts alone need no bounds.
		if (selects(info, ['nodes', 'edges', 'pageInfo'])) {
			throw new GithubError('MISSING_PAGINATION_BOUNDARIES', `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`);
		}
		return page(rows, 0, 0, keyOf);
	}
	if (first !== undefined && last !== undefined) {
		throw new GithubError('UNPROCESSABLE', `Passing both \`first\` and \`last\` to paginate the \`${name}\` connection is not supported.`);
	}
	checkBound('first', first, name);
	checkBound('last', last, name);
	const sign = direction === 'ASC' ? 1 : -1;
	const compare = (row: T, key: SortKey): number => sign * compareKeys(keyOf(row), key);
	let start = args.after ? lowerBound(rows, decodeCursor(args.after), (row, key) => compare(row, key) <= 0) : 0;
	let end = args.before ? lowerBound(rows, decodeCursor(args.before), (row, key) => compare(row, key) < 0) : rows.length;
	end = Math.max(start, end);
	if (first !== undefined) end = Math.min(end, start + first);
	if (last !== undefined) start = Math.max(start, end - last);
	context.served += end - start;
	return page(rows, start, end, keyOf);
}

/** Orders by the first part, then by the second; text by code units. */
export function compareKeys(left: SortKey, right: SortKey): number {
	if (left[0] < right[0]) return -1;
	if (left[0] > right[0]) return 1;
	return left[1] - right[1];
}

function page<T>(rows: readonly T[], start: number, end: number, keyOf: (row: T) => SortKey): Connection<T> {
	const nodes = rows.slice(start, end);
	return {
		totalCount: rows.length,
		nodes,
		get edges() {
			return nodes.map((node) => ({ cursor: encodeCursor(keyOf(node)), node }));
		},
		get pageInfo() {
			const [head, tail] = [nodes[0], nodes.at(-1)];
			return {
				hasNextPage: end < rows.length,
				hasPreviousPage: start > 0,
				startCursor: head === undefined ? null : encodeCursor(keyOf(head)),
				endCursor: tail === undefined ? null : encodeCursor(keyOf(tail)),
			};
		},
	};
}

function checkBound(argument: 'first' | 'last', value: number | undefined, name: string): void {
	if (value === undefined) return;
	if (value > 100) {
		throw new GithubError('EXCESSIVE_PAGINATION', `Requesting ${value} records on the \`${name}\` connection exceeds the \`${argument}\` limit of 100 records.`);
	}
	if (value < 1) {
		throw new GithubError('INVALID_PAGINATION', `\`${argument}\` on the \`${name}\` connection must be at least 1.`);
	}
}

/** The first index whose row is not before the key. */
function lowerBound<T>(rows: readonly T[], key: SortKey, isBefore: (row: T, key: SortKey) => boolean): number {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (isBefore(rows[middle]!, key)) low = middle + 1;
		else high = middle;
	}
	return low;
}

function encodeCursor(key: SortKey): string {
	return Buffer.from(`cursor:v2:${JSON.stringify(key)}`).toString('base64');
}

function decodeCursor(cursor: string): SortKey {
	const text = Buffer.from(cursor, 'base64').toString();
	try {
		if (text.startsWith('cursor:v2:')) return JSON.parse(text.slice(10)) as SortKey;
	} catch {
		// Reported below.
	}
	throw new GithubError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
}
