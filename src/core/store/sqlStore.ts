import type { SqlJsStatic } from 'sql.js';
import { Emitter } from '../model/event';
import { messageOf, type HumanError } from '../model/humanError';
import { nameWithOwner } from '../model/repository';
import type { RepositoryRef } from '../model/repository';
import type { FilePort } from '../files/filePort';
import { applyChange } from './write/applyChange';
import type { WrittenRepository } from './write/catalogWriter';
import { Connection } from './sqlite/connection';
import { DatabaseFile } from './file/databaseFile';
import type { LoadedFile } from './file/databaseFile';
import { FileWork, inWords } from './file/fileWork';
import { isMended, mendRows } from './write/mendRows';
import { mergeDatabases } from './file/mergeDatabases';
import { allRepositories, removeRepository } from './file/repositoryCopy';
import { migrate } from './schema/migrate';
import { readOnlyQuery, type QueryLimits, type QueryResult } from './read/readOnlyQuery';
import { runRead } from './read/reads';
import { readsBy } from './read/readsBy';
import type { Mended } from './write/mendRows';
import type { RepositoryChange } from './write/repositoryChange';
import type { Store, StoreChange } from './store';
import { BrokenRowsError, StoreStoppedError } from './storeErrors';
import { isConstraint, isDamage, MisshapenRowError } from './sqlite/sqliteErrors';
import { Unsaved } from './file/unsaved';

export interface SqlStoreOptions {
	files: FilePort;
	/** The storage folder; the database is `prs.sqlite` inside. */
	folder: string;
	/** Called once, when the store opens. */
	loadSql: () => Promise<SqlJsStatic>;
	/** One line for the log. */
	log: (line: string) => void;
	/** Milliseconds since the Unix epoch; the machine's clock when absent. */
	now?: () => number;
	/** Once aborted, no other process is waited for longer than a second: what needs its turn with the file ends with a CancelledError. */
	hurry?: AbortSignal;
}

/**
 * Opens the storage folder's database, or starts an empty one, which is on disk after the first save.
 * A file that is no usable database is kept aside; see {@link SqlStore.recovered}.
 * @throws StorageError when the folder can't be read
 */
export async function openSqlStore(options: SqlStoreOptions): Promise<SqlStore> {
	const { files, folder, loadSql, log, now = Date.now, hurry } = options;
	const sql = loadSql();
	// Should the file fail first, that is what is told.
	sql.catch(() => undefined);
	const file = new DatabaseFile({ files, folder, sql, log, now, hurry });
	return inWords('read', async () => {
		let recovered = false;
		for (;;) {
			const loaded = await file.load();
			if (loaded.kind === 'ready') {
				return new SqlStore(file, log, { ...loaded, opened: recovered ? 'recovered' : 'existing' });
			}
			if (loaded.kind === 'missing') {
				const connection = new Connection(await sql);
				migrate(connection);
				return new SqlStore(file, log, { connection, opened: recovered ? 'recovered' : 'new' });
			}
			recovered = true;
			await file.exclusively(() => file.moveAside(loaded));
		}
	});
}

interface Opened {
	connection: Connection;
	opened: 'new' | 'existing' | 'recovered';
	identity?: string;
	migrated?: boolean;
	newer?: HumanError | undefined;
}

/** {@link Store} over sql.js: the whole database in memory, written to disk as a whole. */
export class SqlStore implements Store {
	readonly read = readsBy((name, parameters) => this.now((connection) => runRead(connection, name, parameters)));

	/** The file was unusable and has been kept aside: what the cache holds should be applied again. */
	readonly recovered: boolean;
	/** There was no file: if there is a cache, it should be applied. */
	readonly isNew: boolean;
	/** What forbids to write; `undefined` when nothing does. */
	private readonly newer: HumanError | undefined;

	private readonly changed = new Emitter<StoreChange>();
	readonly onDidChange = this.changed.event;

	private connection: Connection | undefined;
	/** Of the file whose rows the memory holds; `undefined` before there is one. */
	private identity: string | undefined;
	/** Of a newer release's file that can't be taken up, so that it is read and reported once. */
	private refused: string | undefined;
	private unsaved = new Unsaved();
	/** Why the database was given up; `undefined` while it is in use. */
	private damage: string | undefined;
	private readonly fileWork = new FileWork();
	/** A save that waits for its turn and will take in everything applied until then. */
	private nextSave: Promise<void> | undefined;

	/** To be made by {@link openSqlStore}. */
	constructor(
		private readonly file: DatabaseFile,
		private readonly log: (line: string) => void,
		{ connection, opened, identity, migrated, newer }: Opened,
	) {
		this.connection = connection;
		this.identity = identity;
		this.recovered = opened === 'recovered';
		this.isNew = opened === 'new';
		this.newer = newer;
		if (migrated === true) {
			this.unsaved.file();
		}
	}

	apply(change: RepositoryChange): Promise<string> {
		return this.now((connection) => {
			this.assertWritable();
			const written = applyChange(connection, change);
			this.wrote(change, written);
			return written.revision;
		});
	}

	async mend(change: RepositoryChange): Promise<Mended> {
		const isRecordedBeside = await this.file.hasLog();
		return this.now((connection) => {
			this.assertWritable();
			if (isRecordedBeside) {
				// Other tools would read it as a part of the file.
				this.unsaved.file();
			}
			const { written, ...mended } = mendRows(connection, change);
			if (!isMended(mended)) {
				return { ...mended, revision: change.basis ?? '' };
			}
			this.wrote(change, written);
			return mended;
		});
	}

	private wrote({ repository: { ref, nodeId } }: RepositoryChange, { id, others }: WrittenRepository): void {
		for (const changed of [nodeId, ...others]) {
			this.unsaved.repository({ host: ref.host, nodeId: changed });
		}
		this.changed.fire({ repositoryId: others.length === 0 ? id : undefined });
	}

	removeRepository(ref: RepositoryRef): Promise<void> {
		return this.now((connection) => {
			this.assertWritable();
			const nodeId = connection.first(
				'SELECT node_id FROM repository WHERE host = ? AND name_with_owner = ?',
				[ref.host, nameWithOwner(ref)],
				(row) => row.text('node_id'),
			);
			if (nodeId === undefined) {
				return;
			}
			const identity = { host: ref.host, nodeId };
			removeRepository(connection, identity);
			this.unsaved.repository(identity);
			this.changed.fire({ repositoryId: undefined });
		});
	}

	save(): Promise<void> {
		this.nextSave ??= this.fileWork
			.inTurn('write', () => {
				this.nextSave = undefined;
				return this.saveNow();
			})
			.catch((error: unknown) => this.fail(error));
		return this.nextSave;
	}

	refresh(): Promise<boolean> {
		return this.fileWork.inTurn('read', async () => {
			const identity = await this.file.identity();
			if (identity === this.identity || (identity !== undefined && identity === this.refused)) {
				return false;
			}
			return this.takeUp((unusable) => this.file.exclusively(() => this.file.moveAside(unusable)));
		});
	}

	query(sql: string, limits: QueryLimits): Promise<QueryResult> {
		return this.now((connection) => readOnlyQuery(connection, sql, limits));
	}

	async close(): Promise<void> {
		try {
			do {
				await this.save();
				// Something may have been applied while the file was being written.
			} while (this.unsaved.any);
		} finally {
			this.connection?.close();
			this.connection = undefined;
		}
	}

	private async saveNow(): Promise<void> {
		if (!this.unsaved.any) {
			return;
		}
		await this.file.exclusively(async (renew) => {
			if ((await this.file.identity()) !== this.identity) {
				await this.takeUp((unusable) => this.file.moveAside(unusable), { orFail: true });
			}
			this.open().giveBackFreePages();
			// Nothing may come between the mark and the bytes; what is applied from here on is for the next save.
			const mark = this.unsaved.mark();
			const bytes = this.open().export();
			await renew();
			this.identity = await this.file.write(bytes);
			this.unsaved.savedUntil(mark);
		});
	}

	/**
	 * Makes what is on disk the memory's rows, but for the repositories that are unsaved here.
	 * @returns whether rows were taken up
	 */
	private async takeUp(
		moveAside: (unusable: { identity: string; reason: string }) => Promise<void>,
		{ orFail }: { orFail: boolean } = { orFail: false },
	): Promise<boolean> {
		const loaded = await this.file.load();
		if (loaded.kind !== 'ready') {
			this.keepOwn();
			if (loaded.kind === 'unusable') {
				await moveAside(loaded);
			}
			return false;
		}
		// A store that only reads takes up whatever it can read; it has nothing to merge.
		if (loaded.newer !== undefined && this.newer === undefined) {
			loaded.connection.close();
			if (orFail) {
				throw loaded.newer;
			}
			this.refused = loaded.identity;
			this.log(loaded.newer.message);
			return false;
		}
		try {
			return this.merge(loaded);
		} catch (error) {
			if (!isDamage(error)) {
				throw error;
			}
			this.keepOwn();
			await moveAside({ identity: loaded.identity, reason: messageOf(error) });
			return false;
		}
	}

	/** The memory's rows are all there is. They go to disk, and beside those of whoever is there first. */
	private keepOwn(): void {
		this.identity = undefined;
		this.unsaved.file();
		allRepositories(this.open()).forEach((repository) => this.unsaved.repository(repository));
	}

	private merge({ connection: theirs, identity, migrated }: Extract<LoadedFile, { kind: 'ready' }>): boolean {
		const mine = this.open();
		let kept = mine;
		try {
			const { merged, changed } = mergeDatabases(mine, theirs, this.unsaved.identities);
			kept = merged;
			this.connection = merged;
			this.identity = identity;
			if (migrated) {
				this.unsaved.file();
			}
			if (changed) {
				this.changed.fire({ repositoryId: undefined });
			}
			return changed;
		} finally {
			(kept === mine ? theirs : mine).close();
		}
	}

	/** Why nothing can be written; `undefined` when it can. */
	get readOnlyReason(): string | undefined {
		return this.newer?.message;
	}

	/** Whether there is anything to save. */
	get hasUnsaved(): boolean {
		return this.unsaved.any;
	}

	private assertWritable(): void {
		if (this.newer !== undefined) {
			throw this.newer;
		}
	}

	private open(): Connection {
		if (this.damage !== undefined) {
			throw new StoreStoppedError(this.damage);
		}
		if (this.connection === undefined) {
			throw new Error('The store is closed.');
		}
		return this.connection;
	}

	private async now<T>(work: (connection: Connection) => T): Promise<T> {
		try {
			return work(this.open());
		} catch (error) {
			return this.fail(error);
		}
	}

	/**
	 * Passes a failure on. One that shows the database damaged keeps its file aside, so that the next opening starts anew:
	 * what was written here is in the cache.
	 * @throws StoreStoppedError in place of that
	 * @throws BrokenRowsError in place of a constraint that failed
	 */
	private async fail(error: unknown): Promise<never> {
		if (isConstraint(error)) {
			throw new BrokenRowsError({ cause: error });
		}
		// Of a newer release nobody knows here what belongs where.
		if (!isDamage(error) || (this.newer !== undefined && error instanceof MisshapenRowError)) {
			throw error;
		}
		const reason = messageOf(error);
		const { identity } = this;
		this.damage = reason;
		this.unsaved = new Unsaved();
		this.connection?.close();
		this.connection = undefined;
		if (identity !== undefined) {
			await this.fileWork.inTurn('write', () => this.file.exclusively(() => this.file.moveAside({ identity, reason })));
		}
		throw new StoreStoppedError(reason);
	}
}
