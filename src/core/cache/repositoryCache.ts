import { join } from 'node:path';
import type { FilePort } from '../files/filePort';
import { writing } from '../files/storageError';
import { sentence } from '../model/sentence';
import { CacheIndex } from './cacheIndex';
import type { CacheEntry, CacheRecord } from './cacheRecord';
import { emptyState, parseState, STATE_FILE, UnreadableCacheError, type CacheState, type JournalPosition } from './cacheState';
import { copyLive } from './copyLive';
import { INDEX_FILE, storedIndex, writeIndex } from './indexFile';
import { appendWhole, journalLines, wholeSize } from './journal';
import { adjacent, parseEntry, recordsOf, type JournalChange, type JournalEntry } from './journalEntry';

/** A journal is rewritten once more than half of it, and more than this many bytes, is superseded. */
const COMPACT_ABOVE = 1024 * 1024;

/**
 * The PR cache of one repository: a journal that is only ever added to, an index of it in memory,
 * and a small state. Killed at any moment it loses at most what was being written.
 *
 * - `pulls-….ndjson`: one record a line; the last one of a number counts
 * - `index.json`: a checkpoint of the index, so that opening need not read the journal
 * - `state.json`: watermark, listing position, labels, milestones; names the journal in use
 */
export class RepositoryCache {
	private readonly index = new CacheIndex();
	private size = 0;
	/** After the last whole line lies half of one, which a killed process left or another one is writing just now. */
	private torn = false;
	/** How much of the journal the index on disk speaks for. */
	private indexed = -1;
	/** The journal has lines that can't be read. */
	private damaged = false;

	private constructor(
		private readonly files: FilePort,
		readonly folder: string,
		private current: CacheState,
	) {}

	/**
	 * Reads a cache by its state; without one it is empty. To be opened by `openRepositoryCache`.
	 * @throws UnreadableCacheError
	 */
	static async load(
		files: FilePort,
		folder: string,
		repository: { host: string; nameWithOwner: string },
		bytes: Uint8Array | undefined,
	): Promise<RepositoryCache> {
		if (bytes === undefined) {
			return new RepositoryCache(files, folder, emptyState(repository.host, repository.nameWithOwner));
		}
		const cache = new RepositoryCache(files, folder, parseState(Buffer.from(bytes).toString('utf8'), repository.host, repository.nameWithOwner));
		await cache.readJournal();
		return cache;
	}

	get state(): Readonly<CacheState> {
		return this.current;
	}

	/** By number; complete, whatever window was asked for. */
	get entries(): ReadonlyMap<number, CacheEntry> {
		return this.index.entries;
	}

	/** How far the journal goes. */
	get position(): JournalPosition {
		return { file: this.current.journal.file, size: this.size };
	}

	/** Bytes of the journal. */
	get bytes(): number {
		return this.size;
	}

	/** Numbers of the pull requests whose line was found to be unreadable, and not stored since. */
	get unreadable(): ReadonlySet<number> {
		return this.index.lost;
	}

	/** Reads one record. A line that has gone bad counts as not stored, so that the next sync fetches it again. */
	async read(number: number): Promise<CacheRecord | undefined> {
		return (await this.readAll([number])).get(number);
	}

	/** Reads records by number, those that lie side by side in one go. See {@link read}. */
	async readAll(numbers: readonly number[]): Promise<Map<number, CacheRecord>> {
		const records = new Map<number, CacheRecord>();
		const wanted = numbers.flatMap((number) => this.index.entries.get(number) ?? []);
		for (const run of adjacent(wanted)) {
			for (const [number, record] of await recordsOf(this.files, this.journalPath, run)) {
				if (record) {
					records.set(number, record);
				} else {
					this.lose(number);
				}
			}
		}
		return records;
	}

	/** Stores records; each supersedes the one of its number. */
	async put(records: readonly CacheRecord[]): Promise<void> {
		await this.append(records);
	}

	/** Forgets pull requests that GitHub no longer has. */
	async remove(numbers: readonly number[]): Promise<void> {
		await this.append(numbers.map((removed) => ({ removed })));
	}

	/** Changes the state, on disk first. Everything put before is part of what it vouches for. */
	async update(patch: Partial<Omit<CacheState, 'version' | 'journal'>>): Promise<void> {
		await this.write({ ...this.current, ...patch, journal: this.position });
	}

	/** Starts anew: no pull requests, nothing known, another journal. What was learned about the host stays. */
	async reset(): Promise<void> {
		const old = this.journalPath;
		const { host, nameWithOwner, refusals } = this.current;
		await this.write({ ...emptyState(host, nameWithOwner), refusals });
		this.index.clear();
		this.damaged = false;
		this.size = 0;
		this.torn = false;
		this.indexed = -1;
		await this.files.remove(old);
		await this.files.remove(join(this.folder, INDEX_FILE));
	}

	/** Makes the next opening quick; and smaller, when much of the journal is superseded. */
	async checkpoint(): Promise<void> {
		// A line that can't be read would one day keep the journal from being read without its index.
		if (this.size > 2 * this.index.liveBytes + COMPACT_ABOVE || (this.damaged && this.index.lost.size === 0)) {
			await this.compact();
		}
		if (this.indexed === this.size) {
			return;
		}
		const { position } = this;
		await writing(writeIndex(this.files, this.folder, position, [...this.index.entries.values()]));
		this.indexed = position.size;
	}

	/**
	 * What was added after a position and up to another; everything live, when the first was in another journal. What can't be
	 * read is left out and counts as not stored, see {@link read}.
	 */
	async *changesSince(position: JournalPosition | undefined, until = this.position): AsyncGenerator<JournalChange> {
		const known = position?.file === this.current.journal.file && position.size <= this.size;
		const from = known ? position.size : 0;
		const expected = [...this.index.entries.values()].filter(({ offset }) => offset >= from && offset < until.size);
		const found = new Set<number>();
		for await (const line of journalLines(this.files, this.journalPath, from, until.size)) {
			const entry = parseEntry(line.text);
			if (entry && 'removed' in entry) {
				yield { removed: entry.removed, bytes: line.length };
			} else if (entry && this.index.entries.get(entry.pullRequest.number)?.offset === line.offset) {
				found.add(line.offset);
				yield { record: entry, bytes: line.length };
			}
		}
		// Damage may also have made one line of two, or two of one. What was superseded meanwhile is no loss.
		expected.filter(({ number, offset }) => !found.has(offset) && this.index.entries.get(number)?.offset === offset).forEach(({ number }) => this.lose(number));
	}

	private get journalPath(): string {
		return join(this.folder, this.current.journal.file);
	}

	private async append(entries: readonly JournalEntry[]): Promise<void> {
		if (entries.length === 0) {
			return;
		}
		const lines = entries.map((entry) => Buffer.from(`${JSON.stringify(entry)}\n`));
		// Only who writes may cut a torn line off: it holds the lease, so no other process is in the middle of it.
		await writing(appendWhole(this.files, this.journalPath, Buffer.concat(lines), { from: this.size, torn: this.torn }));
		this.torn = false;
		entries.forEach((entry, i) => {
			const bytes = lines[i]?.length ?? 0;
			this.index.take(entry, this.size, bytes - 1);
			this.size += bytes;
		});
	}

	/** The line of a pull request can't be read; so says the index on disk too, from the next checkpoint on. */
	private lose(number: number): void {
		if (this.index.lose(number)) {
			this.damaged = true;
			this.indexed = -1;
		}
	}

	private async write(state: CacheState): Promise<void> {
		await writing(this.files.writeAtomic(join(this.folder, STATE_FILE), Buffer.from(JSON.stringify(state))));
		this.current = state;
	}

	private async readJournal(): Promise<void> {
		const journal = await this.files.stat(this.journalPath);
		if (journal && !journal.isFile && !journal.isLink) {
			throw new UnreadableCacheError(sentence('its journal is not a file'));
		}
		const size = journal?.size ?? 0;
		if (size < this.current.journal.size) {
			// The state is synced to the disk, the journal is not: power was lost in between.
			throw new UnreadableCacheError(sentence('a part of its journal is missing'));
		}
		const whole = await wholeSize(this.files, this.journalPath, size);
		if (whole === undefined) {
			throw new UnreadableCacheError(sentence('a line of its journal is damaged'));
		}
		this.size = whole;
		this.torn = this.size < size;
		const from = await this.readIndex();
		for await (const line of journalLines(this.files, this.journalPath, from, this.size)) {
			const entry = parseEntry(line.text);
			if (!entry) {
				throw new UnreadableCacheError(sentence('a line of its journal is damaged'));
			}
			this.index.take(entry, line.offset, line.length);
		}
	}

	/** Takes up the checkpoint; returns how much of the journal it speaks for. */
	private async readIndex(): Promise<number> {
		const stored = await storedIndex(this.files, this.folder);
		if (!stored || stored.journal.file !== this.current.journal.file || stored.journal.size > this.size) {
			return 0;
		}
		for (const entry of stored.entries) {
			this.index.set(entry);
		}
		this.indexed = stored.journal.size;
		return stored.journal.size;
	}

	/** Copies what is live into a new journal; the state's naming it is the moment of change. */
	private async compact(): Promise<void> {
		const old = this.journalPath;
		const { journal, entries } = await copyLive(this.files, this.folder, this.current.journal.file, this.index.entries.values());
		await this.write({ ...this.current, journal });
		this.size = journal.size;
		this.torn = false;
		this.damaged = this.index.lost.size > 0;
		this.indexed = -1;
		entries.forEach((entry) => this.index.move(entry));
		await this.files.remove(old);
	}
}
