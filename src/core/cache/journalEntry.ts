import type { FilePort } from '../files/filePort';
import { parseJson } from '../model/json';
import { isNumber, isObject } from '../model/guards';
import type { CacheEntry, CacheRecord } from './cacheRecord';
import { isCacheRecord, upgradeRecord } from './recordShape';

/** A line of the journal: a record, or the number of a pull request that GitHub no longer has. */
export type JournalEntry = CacheRecord | { removed: number };

/** What was added to the journal after some position. */
export interface JournalChange {
	record?: CacheRecord;
	removed?: number;
	/** How long its line is. */
	bytes: number;
}

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

/** The records of such a run, read in one go; `undefined` for a line that is not what its entry says. */
export async function recordsOf(files: FilePort, path: string, run: readonly CacheEntry[]): Promise<[number, CacheRecord | undefined][]> {
	const start = run[0]?.offset ?? 0;
	const length = run.reduce((total, entry) => total + entry.length + 1, -1);
	const { buffer, byteOffset, length: size } = await files.readRange(path, start, length);
	const bytes = Buffer.from(buffer, byteOffset, size);
	return run.map((entry) => {
		const from = entry.offset - start;
		const record = parseEntry(bytes.toString('utf8', from, from + entry.length));
		return [entry.number, record && 'pullRequest' in record && record.pullRequest.number === entry.number ? record : undefined];
	});
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
