import assert from 'node:assert/strict';
import { serverState, storedState } from '../equality';
import type { SyncHarness } from '../syncHarness';

type Row = Record<string, unknown>;
/** By what each of a list is known. */
const KEYS = { labels: 'node_id', milestones: 'node_id', pullRequests: 'number' };
/** What is asked of open ones alone. */
const OF_OPEN = ['events:rows', 'review_threads', 'unresolved_threads'];
export type Watched = keyof typeof KEYS;
type State = Pick<Awaited<ReturnType<typeof storedState>>, 'labels' | 'milestones'> & { pullRequests: Row[] };

/** What is stored, beside what the server has, at one moment. */
export class Standing {
	private constructor(
		/** undefined: nothing of the repository under its present name. */
		readonly stored: State | undefined,
		readonly server: State,
	) {}

	static async of(h: SyncHarness, name: string, teamNames: boolean): Promise<Standing> {
		return new Standing(await storedState(h.storage, name).catch(unlessMissing), structuredClone(serverState(h.world, name, { teamNames })));
	}
}

function unlessMissing(error: unknown): undefined {
	if (error instanceof assert.AssertionError && error.message.endsWith('is in the database')) {
		return undefined;
	}
	throw error;
}

/**
 * However a run ended, and whatever it might read: what was right before, and has not changed on the server, is right after it.
 * Only marks of what is missing may have come.
 */
export function assertStillRight(before: Standing, after: Standing, watched: readonly Watched[]): void {
	if (!before.stored || !after.stored) return;
	for (const list of watched) {
		compare(list, KEYS[list], before.stored[list], before.server[list], after.stored[list], after.server[list]);
	}
}

function compare(what: string, key: string, storedBefore: Row[], serverBefore: Row[], storedAfter: Row[], serverAfter: Row[]): void {
	const find = (rows: Row[], row: Row) => rows.find((one) => one[key] === row[key]);
	for (const was of storedBefore) {
		const [then, now] = [find(serverBefore, was), find(serverAfter, was)];
		if (!then || !now) continue;
		const is = find(storedAfter, was);
		assert.ok(is, `${what} ${String(was[key])} is still there`);
		const right = Object.keys(was).filter((column) => column !== 'partial' && isSame(was[column], then[column]) && isSame(then[column], now[column]) && !mayBeForgotten(column, was, is));
		const of = (row: Row) => Object.fromEntries(right.map((column) => [column, row[column]]));
		assert.deepEqual(of(is), of(was), `${what} ${String(was[key])} is still right`);
	}
}

/**
 * That there are no checks may have changed without any sign to who may not read them; whether another head conflicts is computed
 * first; and of a closed one a run without the cache does not know what was known while it was open.
 */
function mayBeForgotten(column: string, was: Row, is: Row): boolean {
	if (column === 'mergeable' || column === 'merge_state') {
		return is[column] === null || is[column] === 'UNKNOWN';
	}
	return (column === 'checks_state' && was[column] === 'NONE' && is[column] === null) || (is['state'] !== 'OPEN' && OF_OPEN.includes(column));
}

function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}
