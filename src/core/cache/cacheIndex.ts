import { entryOf, type CacheEntry } from './cacheRecord';
import type { JournalEntry } from './journalEntry';

/** Which line of the journal counts for each pull request. */
export class CacheIndex {
	private readonly byNumber = new Map<number, CacheEntry>();
	private readonly unreadable = new Set<number>();
	private bytes = 0;

	get entries(): ReadonlyMap<number, CacheEntry> {
		return this.byNumber;
	}

	/** Numbers of the pull requests whose line can't be read. */
	get lost(): ReadonlySet<number> {
		return this.unreadable;
	}

	/** Bytes of the lines that count. */
	get liveBytes(): number {
		return this.bytes;
	}

	/** Takes up a line by its place and its length without the newline, in bytes. */
	take(entry: JournalEntry, offset: number, length: number): void {
		if ('removed' in entry) {
			this.forget(entry.removed);
		} else {
			this.set(entryOf(entry, offset, length));
		}
	}

	/** Puts an entry in place of the one of its number. */
	set(entry: CacheEntry): void {
		this.forget(entry.number);
		this.byNumber.set(entry.number, entry);
		this.bytes += entry.length + 1;
	}

	/** The line of an entry lies elsewhere now; it is as readable as it was. */
	move(entry: CacheEntry): void {
		this.byNumber.set(entry.number, entry);
	}

	/**
	 * All that is known of a pull request is that there is such a one, as of one that was never read.
	 * @returns whether there is an entry of it
	 */
	lose(number: number): boolean {
		const entry = this.byNumber.get(number);
		if (!entry) {
			return false;
		}
		this.byNumber.set(number, { ...entry, detailsOf: null, readAt: 0, checks: null, standing: null, threads: null, partial: [], tries: 0, refused: [] });
		this.unreadable.add(number);
		return true;
	}

	clear(): void {
		this.byNumber.clear();
		this.unreadable.clear();
		this.bytes = 0;
	}

	private forget(number: number): void {
		this.unreadable.delete(number);
		const entry = this.byNumber.get(number);
		if (entry) {
			this.bytes -= entry.length + 1;
			this.byNumber.delete(number);
		}
	}
}
