import { join } from 'node:path';
import type { FilePort } from '../files/filePort';
import { undefinedIfStrange } from '../files/storageError';
import { parseJson } from '../model/json';
import { isCount, isObject, isText, shaped } from '../model/guards';
import type { CacheEntry } from './cacheRecord';
import type { JournalPosition } from './cacheState';
import { LONGEST_LINE } from './journal';
import { isCacheEntry } from './recordShape';

/** How many entries make a line: to parse or write one takes some milliseconds of the thread. */
const LINE = 2_000;
const NEWLINE = 10;

export const INDEX_FILE = 'index.json';
/** In bytes: some hundred a pull request. */
const LARGEST_INDEX = 512 * 1024 * 1024;

/** A checkpoint of a journal's index. */
export interface StoredIndex {
	/** How much of which journal it speaks for. */
	journal: JournalPosition;
	entries: CacheEntry[];
}

/**
 * The bytes of an index: lines of JSON, the first with the position, each other one an array of entries.
 * Other work of the thread gets its turn between two lines.
 */
async function encodeIndex(journal: JournalPosition, entries: readonly CacheEntry[]): Promise<Uint8Array> {
	const lines = [Buffer.from(`${JSON.stringify({ journal })}\n`)];
	for (let from = 0; from < entries.length; from += LINE) {
		lines.push(Buffer.from(`${JSON.stringify(entries.slice(from, from + LINE))}\n`));
		await othersTurn();
	}
	return Buffer.concat(lines);
}

/** Reads {@link encodeIndex}'s bytes, in turns too. `undefined` when they can't be used; the journal is read instead. */
async function decodeIndex(bytes: Uint8Array): Promise<StoredIndex | undefined> {
	const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
	let journal: JournalPosition | undefined;
	const entries: CacheEntry[] = [];
	for (let start = 0, end = buffer.indexOf(NEWLINE); end >= 0; start = end + 1, end = buffer.indexOf(NEWLINE, start)) {
		const value = parsed(buffer.toString('utf8', start, end));
		if (journal === undefined) {
			journal = positionOf(value);
			if (journal === undefined) {
				return undefined;
			}
		} else if (Array.isArray(value) && value.every(within(journal))) {
			for (const entry of value) {
				entries.push(entry);
			}
		} else {
			return undefined;
		}
		await othersTurn();
	}
	return journal && { journal, entries };
}

/** The checkpoint in a folder; `undefined` where there is none that can be used. */
export async function storedIndex(files: FilePort, folder: string): Promise<StoredIndex | undefined> {
	const bytes = await files.read(join(folder, INDEX_FILE), LARGEST_INDEX).catch(undefinedIfStrange);
	return bytes && decodeIndex(bytes);
}

/** Replaces the checkpoint in a folder. What is no file in its place is nobody's, and in the way. */
export async function writeIndex(files: FilePort, folder: string, position: JournalPosition, entries: readonly CacheEntry[]): Promise<void> {
	const bytes = await encodeIndex(position, entries);
	const path = join(folder, INDEX_FILE);
	try {
		await files.writeAtomic(path, bytes);
	} catch (error) {
		undefinedIfStrange(error);
		await files.remove(path);
		await files.writeAtomic(path, bytes);
	}
}

/** Makes a guard of entries whose lines lie in the journal. */
function within(journal: JournalPosition): (value: unknown) => value is CacheEntry {
	return (value): value is CacheEntry => isCacheEntry(value) && value.length <= LONGEST_LINE && value.offset + value.length < journal.size;
}

const isPosition = shaped<JournalPosition>({ file: isText, size: isCount });

function positionOf(value: unknown): JournalPosition | undefined {
	const journal = isObject(value) ? value['journal'] : undefined;
	return isPosition(journal) ? { file: journal.file, size: journal.size } : undefined;
}

function parsed(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}

function othersTurn(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, 0));
}
