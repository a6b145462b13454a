import { isName, isObject } from '../model/guards';
import { isPage, type Connection } from './wire';

/** One nested list as one or more pages have filled it. */
export interface FetchedList<T> {
	items: T[];
	/** Nodes seen so far, unreadable ones included. */
	seen: number;
	totalCount: number;
	/** Where the next page begins; `null` when there is none. */
	cursor: string | null;
	/** The whole list, or a node of it, could not be read. */
	unreadable: boolean;
	/** Some nodes were not shown. */
	hidden: boolean;
}

/** A list of which nothing has been read, although there are so many. */
export function unreadList(totalCount: number): FetchedList<never> {
	return { items: [], seen: 0, totalCount, cursor: null, unreadable: false, hidden: false };
}

/** How the nodes of a list are read. */
export interface NodeReader<W, T> {
	/** `null`: there is nothing, and that is no hole. May throw on a node that is not what it should be. */
	map: (node: W) => T | null;
	/** What is not so counts as withheld, and is never stored. */
	isGood: (item: unknown) => item is T;
	/** Whether the node came without something that can be done without: the list is not all shown then, and what came is read. */
	lacks?: (node: W) => boolean;
	/**
	 * A timeline: a row can be null although nothing is wrong (GitHawkApp/GitHawk#2350), and its count may be of more than was asked for.
	 * It is whole with its last page.
	 */
	isTimeline?: boolean;
}

/** Reads one page; a missing connection, or something else in its place, is a list that can't be read. */
export function listOf<W, T>(connection: Connection<W> | null | undefined, reader: NodeReader<W, T>): FetchedList<T> {
	if (!isObject(connection) || !(connection.nodes === null || isPage(connection))) {
		return { ...unreadList(0), unreadable: true };
	}
	const nodes = connection.nodes ?? [];
	const items: T[] = [];
	let unreadable = connection.nodes === null;
	let hidden = false;
	for (const node of nodes) {
		if (node === null || node === undefined) {
			hidden ||= node === undefined || reader.isTimeline !== true;
			continue;
		}
		hidden ||= reader.lacks?.(node) === true;
		const item = readNode(node, reader);
		if (item === undefined) {
			unreadable = true;
		} else if (item !== null) {
			items.push(item);
		}
	}
	const totalCount = reader.isTimeline === true ? nodes.length + Number(cursorOf(connection) !== null) : connection.totalCount;
	return { items, seen: nodes.length, totalCount, cursor: cursorOf(connection), unreadable, hidden };
}

/** Where a connection's next page begins; `null` when there is none. */
export function cursorOf({ pageInfo }: Connection<unknown>): string | null {
	return isObject(pageInfo) && pageInfo.hasNextPage && isName(pageInfo.endCursor) ? pageInfo.endCursor : null;
}

/** `undefined` for a node that is not what it should be. */
export function readNode<W, T>(node: W, { map, isGood }: NodeReader<W, T>): T | null | undefined {
	try {
		const item = map(node);
		return item === null || isGood(item) ? item : undefined;
	} catch {
		return undefined;
	}
}

/** Withheld nodes are no hindrance; what is something else than it should be makes the page none. */
export function allReadable<W, T>(page: Connection<W>, reader: NodeReader<W, T>): boolean {
	return (page.nodes ?? []).every((node) => node === null || node === undefined || readNode(node, reader) !== undefined);
}

/** A list is whole when every node that the server counts has been seen and could be read. */
export function isWhole(list: FetchedList<unknown>): boolean {
	return !list.unreadable && !list.hidden && list.seen === list.totalCount;
}

/** What a list may bring beyond what it counts: rows that move while it is read come twice. */
const SLACK = 1_000;

/**
 * The pages of one list that have been read. A server that leads round in a circle, or on without end,
 * is told from a long list: no cursor comes twice, and there are not many more rows than the list counts.
 */
export class CursorTrail {
	private readonly passed = new Set<string>();
	private rows = 0;

	/** Rows of the pages that were read. */
	get length(): number {
		return this.rows;
	}

	/** @param start the cursor of the first page that is asked for */
	constructor(start: string | null) {
		this.pass(start);
	}

	/** Whether a page ends the list or leads on to one that has not been read. */
	leadsOn(page: Connection<unknown>): boolean {
		if (!page.pageInfo.hasNextPage) {
			return true;
		}
		const next = cursorOf(page);
		const count = page.nodes?.length ?? 0;
		return next !== null && !this.passed.has(next) && count > 0 && this.rows + count <= 2 * page.totalCount + SLACK;
	}

	/** Notes a page as read. @returns the next one's cursor; `null` at the end */
	take(page: Connection<unknown>): string | null {
		this.rows += page.nodes?.length ?? 0;
		const next = cursorOf(page);
		this.pass(next);
		return next;
	}

	private pass(cursor: string | null): void {
		if (cursor !== null) {
			this.passed.add(cursor);
		}
	}
}
