import { join } from 'node:path';
import type { FilePort } from '../files/filePort';
import { isStrangeFile, storageError } from '../files/storageError';
import { sentence, type Sentence } from '../model/sentence';
import { entryOf, type CacheEntry, type CacheRecord } from './cacheRecord';
import { emptyState, journalName, LARGEST_STATE, parseState, STATE_FILE, UnreadableCacheError, type CacheState, type JournalPosition } from './cacheState';
import { INDEX_FILE, storedIndex, writeIndex } from './indexFile';
import { journalLines, wholeSize } from './journal';
import { adjacent, parseEntry, runLength, type JournalEntry } from './journalEntry';
import { setAside } from './setAside';

/** A journal is rewritten once more than half of it, and more than this many bytes, is superseded. */
const COMPACT_ABOVE = 1024 * 1024;

/** What was added to the journal after some position. */
export interface JournalChange {
	record?: CacheRecord;
	removed?: number;
	/** How long its line is. */
	bytes: number;
}

/**
 * The PR cache of one repository: a journal that is only ever added to, an index of it in memory,
 * and a small state. Killed at any moment it loses at most what was being written.
 *
 * - `pulls-….ndjson`: one record a line; the last one of a number counts
 * - `index.json`: a checkpoint of the index, so that opening need not read the journal
 * - `state.json`: watermark, listing position, labels, milestones; names the journal in use
 */
export class RepositoryCache {
	private readonly index = new Map<number, CacheEntry>();
	private size = 0;
	private liveBytes = 0;
	/** After the last whole line lies half of one, which a killed process left or another one is writing just now. */
	private torn = false;
	/** How much of the journal the index on disk speaks for. */
	private indexed = -1;
	private readonly lost = new Set<number>();
	/** The journal has lines that can't be read. */
	private damaged = false;

	private constructor(
		private readonly files: FilePort,
		readonly folder: string,
		private current: CacheState,
	) {}

	/**
	 * Opens the cache in a folder, or an empty one. What can't be read is moved into a folder `unreadable-…` beside it.
	 * @param notify told, in words for a person, when something was set aside
	 */
	static async open(
		files: FilePort,
		folder: string,
		repository: { host: string; nameWithOwner: string },
		notify: (said: Sentence) => void,
	): Promise<RepositoryCache> {
		const readState = () => files.read(join(folder, STATE_FILE), LARGEST_STATE);
		let state: Uint8Array | undefined;
		try {
			state = await readState();
			return await RepositoryCache.load(files, folder, repository, state);
		} catch (error) {
			if (isStrangeFile(error)) {
				return RepositoryCache.beginAnew(files, folder, repository, sentence('it holds something else than we write'), notify);
			}
			if (!(error instanceof UnreadableCacheError)) {
				throw storageError(error, 'read');
			}
			if (state === undefined || !Buffer.from(state).equals((await readState()) ?? Buffer.alloc(0))) {
				// Not damaged: another process began a new journal while the old one was being read.
				return RepositoryCache.open(files, folder, repository, notify);
			}
			return RepositoryCache.beginAnew(files, folder, repository, error.reason, notify);
		}
	}

	/** Keeps all that can't be read under another name, and begins anew. */
	private static async beginAnew(
		files: FilePort,
		folder: string,
		repository: { host: string; nameWithOwner: string },
		reason: Sentence,
		notify: (said: Sentence) => void,
	): Promise<RepositoryCache> {
		const aside = await setAside(files, folder);
		notify(sentence('The cache of {0} could not be read: {1}. It was set aside in {2}; everything is fetched again.', repository.nameWithOwner, reason, aside));
		return new RepositoryCache(files, folder, emptyState(repository.host, repository.nameWithOwner));
	}

	private static async load(
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
		return this.index;
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
		return this.lost;
	}

	/** Reads one record. A line that has gone bad counts as not stored, so that the next sync fetches it again. */
	async read(number: number): Promise<CacheRecord | undefined> {
		return (await this.readAll([number])).get(number);
	}

	/** Reads records by number, those that lie side by side in one go. See {@link read}. */
	async readAll(numbers: readonly number[]): Promise<Map<number, CacheRecord>> {
		const records = new Map<number, CacheRecord>();
		const wanted = numbers.flatMap((number) => this.index.get(number) ?? []);
		for (const run of adjacent(wanted)) {
			const start = run[0]?.offset ?? 0;
			const { buffer, byteOffset, length: size } = await this.files.readRange(this.journalPath, start, runLength(run));
			const bytes = Buffer.from(buffer, byteOffset, size);
			for (const { number, offset, length } of run) {
				const record = parseEntry(bytes.toString('utf8', offset - start, offset - start + length));
				if (record && 'pullRequest' in record && record.pullRequest.number === number) {
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
		this.lost.clear();
		this.damaged = false;
		this.size = 0;
		this.liveBytes = 0;
		this.torn = false;
		this.indexed = -1;
		await this.files.remove(old);
		await this.files.remove(join(this.folder, INDEX_FILE));
	}

	/** Makes the next opening quick; and smaller, when much of the journal is superseded. */
	async checkpoint(): Promise<void> {
		// A line that can't be read would one day keep the journal from being read without its index.
		if (this.size > 2 * this.liveBytes + COMPACT_ABOVE || (this.damaged && this.lost.size === 0)) {
			await this.compact();
		}
		if (this.indexed === this.size) {
			return;
		}
		const { position } = this;
		await this.guard(writeIndex(this.files, this.folder, position, [...this.index.values()]));
		this.indexed = position.size;
	}

	/**
	 * What was added after a position and up to another; everything live, when the first was in another journal. What can't be
	 * read is left out and counts as not stored, see {@link read}.
	 */
	async *changesSince(position: JournalPosition | undefined, until = this.position): AsyncGenerator<JournalChange> {
		const known = position?.file === this.current.journal.file && position.size <= this.size;
		const from = known ? position.size : 0;
		const expected = [...this.index.values()].filter(({ offset }) => offset >= from && offset < until.size);
		const found = new Set<number>();
		for await (const line of journalLines(this.files, this.journalPath, from, until.size)) {
			const entry = parseEntry(line.text);
			if (entry && 'removed' in entry) {
				yield { removed: entry.removed, bytes: line.length };
			} else if (entry && this.index.get(entry.pullRequest.number)?.offset === line.offset) {
				found.add(line.offset);
				yield { record: entry, bytes: line.length };
			}
		}
		// Damage may also have made one line of two, or two of one. What was superseded meanwhile is no loss.
		expected.filter(({ number, offset }) => !found.has(offset) && this.index.get(number)?.offset === offset).forEach(({ number }) => this.lose(number));
	}

	private get journalPath(): string {
		return join(this.folder, this.current.journal.file);
	}

	private async append(entries: readonly JournalEntry[]): Promise<void> {
		if (entries.length === 0) {
			return;
		}
		const lines = entries.map((entry) => Buffer.from(`${JSON.stringify(entry)}\n`));
		await this.guard(this.appendWhole(Buffer.concat(lines)));
		entries.forEach((entry, i) => {
			const bytes = lines[i]?.length ?? 0;
			this.take(entry, this.size, bytes - 1);
			this.size += bytes;
		});
	}

	/** A write that fails half-way (a full disk) leaves the journal as it was. */
	private async appendWhole(bytes: Uint8Array): Promise<void> {
		try {
			if (this.torn) {
				// Only who writes may cut it off: it holds the lease, so no other process is in the middle of the line.
				await this.files.truncate(this.journalPath, this.size);
				this.torn = false;
			}
			await this.files.append(this.journalPath, bytes);
		} catch (error) {
			await this.files.truncate(this.journalPath, this.size).catch(() => undefined);
			throw error;
		}
	}

	private take(entry: JournalEntry, offset: number, length: number): void {
		if ('removed' in entry) {
			this.forget(entry.removed);
			return;
		}
		const { number } = entry.pullRequest;
		this.forget(number);
		this.index.set(number, entryOf(entry, offset, length));
		this.liveBytes += length + 1;
	}

	/**
	 * Its line can't be read: all that is known of it is that there is such a pull request, as of one that was never read. So
	 * says the index on disk from the next checkpoint on.
	 */
	private lose(number: number): void {
		const entry = this.index.get(number);
		if (entry) {
			this.index.set(number, { ...entry, detailsOf: null, readAt: 0, checks: null, partial: [], tries: 0, refused: [] });
			this.lost.add(number);
			this.damaged = true;
			this.indexed = -1;
		}
	}

	private forget(number: number): void {
		this.lost.delete(number);
		const entry = this.index.get(number);
		if (entry) {
			this.liveBytes -= entry.length + 1;
			this.index.delete(number);
		}
	}

	private async write(state: CacheState): Promise<void> {
		await this.guard(this.files.writeAtomic(join(this.folder, STATE_FILE), Buffer.from(JSON.stringify(state))));
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
			this.take(entry, line.offset, line.length);
		}
	}

	/** Takes up the checkpoint; returns how much of the journal it speaks for. */
	private async readIndex(): Promise<number> {
		const stored = await storedIndex(this.files, this.folder);
		if (!stored || stored.journal.file !== this.current.journal.file || stored.journal.size > this.size) {
			return 0;
		}
		for (const entry of stored.entries) {
			this.forget(entry.number);
			this.index.set(entry.number, entry);
			this.liveBytes += entry.length + 1;
		}
		this.indexed = stored.journal.size;
		return stored.journal.size;
	}

	/** Copies what is live into a new journal; the state's naming it is the moment of change. */
	private async compact(): Promise<void> {
		const old = this.journalPath;
		const file = journalName();
		const live = [...this.index.values()].sort((a, b) => a.offset - b.offset);
		let size = 0;
		const moved: CacheEntry[] = [];
		for (const entry of live) {
			const line = Buffer.concat([await this.files.readRange(old, entry.offset, entry.length), Buffer.from('\n')]);
			await this.guard(this.files.append(join(this.folder, file), line));
			moved.push({ ...entry, offset: size });
			size += line.length;
		}
		await this.write({ ...this.current, journal: { file, size } });
		this.size = size;
		this.torn = false;
		this.damaged = false;
		this.indexed = -1;
		for (const entry of moved) {
			this.index.set(entry.number, entry);
		}
		await this.files.remove(old);
	}

	/** For what writes. */
	private async guard<T>(action: Promise<T>): Promise<T> {
		try {
			return await action;
		} catch (error) {
			throw storageError(error, 'write');
		}
	}
}
