import { join } from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { HumanError, messageOf } from '../../model/humanError';
import { sentence } from '../../model/sentence';
import { beginningOfWords } from '../../model/visibleText';
import { FileLock, LockLostError } from '../../files/fileLock';
import { olderCopies } from '../../files/asideCopies';
import type { FilePort } from '../../files/filePort';
import { isSealed, seal } from './checksum';
import { Connection } from '../sqlite/connection';
import { HEADER_BYTES, hasHoles, isLongerThanItSays } from './fileHeader';
import { ASIDE, isDatabaseKeptAside } from './keptAside';
import { PageTrees, SCHEMA_PAGE } from './pageTrees';
import { migrate, MIGRATIONS, NewerDatabaseError, versionOf } from '../schema/migrate';
import { assertOwnStatistics, checkSchema } from '../schema/schemaCheck';

/** Saving is a matter of seconds; whoever waits this long should hear about it. */
const PATIENCE_MS = 120_000;
/** A lock is lost when the machine slept for long while it was held, which does not happen again and again. */
const ATTEMPTS = 3;
/** Of why a file is of no use, in characters: it names what somebody may have made up. */
const LONGEST_REASON = 300;

/** SQLite's memory here is WebAssembly's, 4 GB, and holds a copy while the file is saved. */
const LARGEST = 2 ** 31 - 1;
/** Nobody writes for that long. */
const LEFTOVER_MS = 10 * 60_000;
/** What SQLite keeps beside a file while it works in it. */
const COMPANIONS = ['-journal', '-wal', '-shm'];

export interface DatabaseFileOptions {
	files: FilePort;
	folder: string;
	/** Awaited once the file has been read: the one takes the processor, the other the disk. */
	sql: Promise<SqlJsStatic>;
	log: (line: string) => void;
	/** Once aborted, another process is waited for no longer than a second; then there is a CancelledError. */
	hurry?: AbortSignal | undefined;
	/** Milliseconds since the Unix epoch. */
	now: () => number;
}

/** What lies on disk, taken into memory. */
export type LoadedFile =
	| { kind: 'missing' }
	/** Not a database, a damaged one, or not ours. */
	| { kind: 'unusable'; identity: string; reason: string }
	| {
			kind: 'ready';
			identity: string;
			connection: Connection;
			/** It was of an earlier version; in memory it is of the newest. */
			migrated: boolean;
			/** Set when a later release wrote it: it may be read, not written. */
			newer: NewerDatabaseError | undefined;
	  };

/** `prs.sqlite` in the storage folder, and the lock under which it is replaced. */
export class DatabaseFile {
	readonly path: string;
	private readonly lock: FileLock;

	constructor(private readonly options: DatabaseFileOptions) {
		this.path = join(options.folder, 'prs.sqlite');
		this.lock = new FileLock({
			files: options.files,
			path: `${this.path}.lock`,
			now: options.now,
			patienceMs: PATIENCE_MS,
			log: options.log,
			hurry: options.hurry,
			busy: () => new HumanError(sentence('Another PR Seeder keeps the database busy. Close other windows, then try again.')),
		});
	}

	/**
	 * Runs `work` while no other process replaces the file, and from the start again should the lock be lost.
	 * `work` gets a function that has to be called right before it writes.
	 */
	async exclusively<T>(work: (renew: () => Promise<void>) => Promise<T>): Promise<T> {
		for (let attempt = 1; ; attempt++) {
			try {
				return await this.lock.hold(work);
			} catch (error) {
				if (!(error instanceof LockLostError) || attempt === ATTEMPTS) {
					throw error;
				}
			}
		}
	}

	/** Changes whenever the file does; `undefined` while there is none. */
	async identity(): Promise<string | undefined> {
		return (await this.options.files.stat(this.path))?.identity;
	}

	/** Reads and checks the whole file. */
	async load(): Promise<LoadedFile> {
		const { files } = this.options;
		for (;;) {
			const before = await files.stat(this.path);
			if (before === undefined) {
				return { kind: 'missing' };
			}
			if (!before.isFile && !before.isLink) {
				return { kind: 'unusable', identity: before.identity, reason: before.isDirectory ? 'it is a folder' : 'it is not a file' };
			}
			if (before.size > LARGEST) {
				return { kind: 'unusable', identity: before.identity, reason: 'it is too large' };
			}
			if (before.isFile && hasHoles(before)) {
				return { kind: 'unusable', identity: before.identity, reason: 'it is mostly holes' };
			}
			if (before.isFile && isLongerThanItSays(await files.readRange(this.path, 0, HEADER_BYTES), before.size)) {
				return { kind: 'unusable', identity: before.identity, reason: 'it is longer than its header says' };
			}
			const bytes = await files.read(this.path, LARGEST);
			// Another process may have put its file here between the two.
			if (bytes !== undefined && (await this.identity()) === before.identity) {
				return this.open(bytes, before.identity);
			}
		}
	}

	/** Seals the bytes and replaces the file with them; to be called under the lock. @returns its identity */
	async write(bytes: Uint8Array): Promise<string | undefined> {
		await this.removeLeftovers();
		await this.removeCompanions();
		seal(bytes);
		await this.options.files.writeAtomic(this.path, bytes);
		return this.identity();
	}

	/** What processes that were killed while writing left behind, which is as large as the database each time. */
	private async removeLeftovers(): Promise<void> {
		const { files, folder, now } = this.options;
		for (const name of await files.list(folder)) {
			if (!/^prs\.sqlite\..*\.tmp$/.test(name)) {
				continue;
			}
			const path = join(folder, name);
			const made = await files.stat(path);
			if (made !== undefined && now() - made.modifiedMs > LEFTOVER_MS) {
				await files.remove(path);
			}
		}
	}

	/** Whether another tool left what it wrote beside the file, which all but this code take for a part of it. */
	async hasLog(): Promise<boolean> {
		const found = await Promise.all(['-wal', '-journal'].map((suffix) => this.options.files.stat(`${this.path}${suffix}`)));
		return found.some((one) => one !== undefined && one.size > 0);
	}

	/**
	 * Removes what another tool that was killed left beside the file: SQLite would play its log, or its journal, into the
	 * file that takes this one's place. https://www.sqlite.org/howtocorrupt.html#_unlinking_or_renaming_a_database_file_while_in_use
	 */
	private async removeCompanions(): Promise<void> {
		for (const suffix of COMPANIONS) {
			await this.options.files.remove(`${this.path}${suffix}`);
		}
	}

	/** Keeps an unusable file under another name, unless it has been replaced already; to be called under the lock. */
	async moveAside({ identity, reason }: { identity: string; reason: string }): Promise<void> {
		if ((await this.identity()) !== identity) {
			return;
		}
		const timestamp = new Date(this.options.now()).toISOString().replace(/[:.]/g, '-');
		const aside = `${this.path}${ASIDE}${timestamp}`;
		await this.options.files.move(this.path, aside);
		for (const suffix of COMPANIONS) {
			// Whoever wants to mend the file needs them.
			if ((await this.options.files.stat(`${this.path}${suffix}`)) !== undefined) {
				await this.options.files.move(`${this.path}${suffix}`, `${aside}${suffix}`);
			}
		}
		await this.removeOlderCopies();
		this.options.log(`The database could not be used (${reason}). It was kept as ${aside}.`);
	}

	/** Each with what lies beside it. */
	private async removeOlderCopies(): Promise<void> {
		const { files, folder } = this.options;
		const names = (await files.list(folder)).filter(isDatabaseKeptAside);
		const copies = names.filter((name) => !COMPANIONS.some((suffix) => name.endsWith(suffix)));
		const older = olderCopies(copies);
		for (const name of names.filter((one) => older.some((copy) => one.startsWith(copy)))) {
			await files.remove(join(folder, name));
		}
	}

	private async open(bytes: Uint8Array, identity: string): Promise<LoadedFile> {
		// SQLite takes an empty file for an empty database; we never write one.
		if (bytes.length === 0) {
			return { kind: 'unusable', identity, reason: 'it is empty' };
		}
		const sql = await this.options.sql;
		let connection: Connection | undefined;
		try {
			const trees = new PageTrees(bytes);
			// SQLite reads the schema as soon as it opens a file.
			trees.assertSound(SCHEMA_PAGE, assertOwnStatistics);
			connection = new Connection(sql, bytes);
			// Before anything else of it runs: checking or migrating would meet what it holds.
			const version = versionOf(connection);
			checkSchema(connection, version, sql);
			rootPages(connection).forEach((page) => trees.assertSound(page));
			assertSound(connection, bytes, version > MIGRATIONS.length);
			const { migrated, newer } = migratedOrNewer(connection);
			return { kind: 'ready', identity, connection, migrated, newer };
		} catch (error) {
			connection?.close();
			return { kind: 'unusable', identity, reason: beginningOfWords(messageOf(error), LONGEST_REASON) };
		}
	}
}

/**
 * What we wrote is sound as long as it is the same. What another tool wrote is looked at as a whole: the quick check
 * would not see an index that disagrees with its table, which every later write would fail at.
 * @throws Error that says what is wrong
 */
function assertSound(connection: Connection, bytes: Uint8Array, isNewer: boolean): void {
	if (isSealed(bytes)) {
		return;
	}
	if (isNewer) {
		// A constraint that is not ours may take any time; nothing is written into such a database.
		connection.script('PRAGMA ignore_check_constraints = ON');
	}
	const damage = connection.first('PRAGMA integrity_check(1)', [], (row) => row.text('integrity_check'));
	if (damage !== 'ok') {
		throw new Error(damage?.replace(/\s+/g, ' '));
	}
}

function rootPages(connection: Connection): number[] {
	return connection.all('SELECT rootpage FROM sqlite_schema WHERE rootpage > 0', [], (row) => row.number('rootpage'));
}

function migratedOrNewer(connection: Connection): { migrated: boolean; newer: NewerDatabaseError | undefined } {
	try {
		return { migrated: migrate(connection), newer: undefined };
	} catch (error) {
		if (error instanceof NewerDatabaseError) {
			return { migrated: false, newer: error };
		}
		throw error;
	}
}
