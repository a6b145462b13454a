import { parseJson } from '../model/json';
import { isNumber, isObject } from '../model/guards';
import type { CacheEntry, CacheRecord } from './cacheRecord';
import { isCacheRecord, upgradeRecord } from './recordShape';

/** A line of the journal: a record, or the number of a pull request that GitHub no longer has. */
export type JournalEntry = CacheRecord | { removed: number };

/** Entries whose lines follow one another in the journal, together. */
export function adjacent(entries: readonly CacheEntry[]): CacheEntry[][] {
	const runs: CacheEntry[][] = [];
	let end = -1;
	for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
		const run = runs.at(-1);
		if (run && entry.offset === end) {
			run.push(entry);
		} else {
			runs.push([entry]);
		}
		end = entry.offset + entry.length + 1;
	}
	return runs;
}

/** Bytes from the first line of a run to the last, without the last newline. */
export function runLength(run: readonly CacheEntry[]): number {
	return run.reduce((total, { length }) => total + length + 1, -1);
}

/** `undefined` for a line that has gone bad. */
export function parseEntry(text: string): JournalEntry | undefined {
	try {
		const value: unknown = parseJson(text);
		if (isObject(value) && 'removed' in value) {
			return isNumber(value['removed']) ? { removed: value['removed'] } : undefined;
		}
		if (isObject(value)) {
			upgradeRecord(value);
		}
		return isCacheRecord(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
