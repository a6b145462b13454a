import type { FilePort } from '../files/filePort';

/** Parsed in one go, some milliseconds of the thread; a longer line makes a longer one. */
const CHUNK = 256 * 1024;
/** No record is as long: a list has some thousand rows, and GitHub's longest texts 64 kB. */
export const LONGEST_LINE = 128 * 1024 * 1024;
/** A line is seldom longer. */
const TAIL = 64 * 1024;
const NEWLINE = 10;

/** Whether a name in a cache's folder is that of a journal. */
export function isJournal(name: string): boolean {
	return name.endsWith('.ndjson');
}

export interface JournalLine {
	/** Bytes from the start of the file. */
	offset: number;
	/** Bytes, without the newline. */
	length: number;
	text: string;
}

/**
 * The whole lines of a journal from a place on, read in chunks. A last line without its newline was being written
 * when the process died; it is not yielded. Of one that is longer than any record the text is empty, and the rest is left.
 */
export async function* journalLines(files: FilePort, path: string, from: number, to: number): AsyncGenerator<JournalLine> {
	let rest = Buffer.alloc(0);
	let restOffset = from;
	for (let at = from; at < to; ) {
		const chunk = await files.readRange(path, at, Math.min(CHUNK, to - at));
		if (chunk.length === 0) {
			return;
		}
		at += chunk.length;
		const bytes: Buffer = rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([rest, chunk]);
		let start = 0;
		for (let end = bytes.indexOf(NEWLINE, start); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
			yield { offset: restOffset + start, length: end - start, text: bytes.toString('utf8', start, end) };
			start = end + 1;
		}
		rest = Buffer.from(bytes.subarray(start));
		restOffset += start;
		if (rest.length > LONGEST_LINE) {
			yield { offset: restOffset, length: rest.length, text: '' };
			return;
		}
	}
}

/** Where the last whole line ends; `undefined` where what follows on it is longer than any record. */
export async function wholeSize(files: FilePort, path: string, size: number): Promise<number | undefined> {
	for (let end = size; end > 0; ) {
		if (size - end > LONGEST_LINE) {
			return undefined;
		}
		const start = Math.max(0, end - TAIL);
		const chunk = Buffer.from(await files.readRange(path, start, end - start));
		const newline = chunk.lastIndexOf(NEWLINE);
		if (newline >= 0) {
			return start + newline + 1;
		}
		end = start;
	}
	return 0;
}

/**
 * Adds lines to a journal that is whole up to `from`; half a line may follow on that. A write that fails half-way
 * (a full disk) leaves what is whole.
 */
export async function appendWhole(files: FilePort, path: string, lines: Uint8Array, { from, torn }: { from: number; torn: boolean }): Promise<void> {
	try {
		if (torn) {
			await files.truncate(path, from);
		}
		await files.append(path, lines);
	} catch (error) {
		await files.truncate(path, from).catch(() => undefined);
		throw error;
	}
}
