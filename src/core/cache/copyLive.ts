import { join } from 'node:path';
import type { FilePort } from '../files/filePort';
import { writing } from '../files/storageError';
import type { CacheEntry } from './cacheRecord';
import { journalName, type JournalPosition } from './cacheState';

/** Copies the lines of these entries into a new journal. @returns how long it is, and the entries as they lie there */
export async function copyLive(files: FilePort, folder: string, from: string, entries: Iterable<CacheEntry>): Promise<{ journal: JournalPosition; entries: CacheEntry[] }> {
	const journal = { file: journalName(), size: 0 };
	const moved: CacheEntry[] = [];
	for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
		const line = Buffer.concat([await files.readRange(join(folder, from), entry.offset, entry.length), Buffer.from('\n')]);
		await writing(files.append(join(folder, journal.file), line));
		moved.push({ ...entry, offset: journal.size });
		journal.size += line.length;
	}
	return { journal, entries: moved };
}
