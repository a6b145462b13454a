import { Emitter } from '../../model/event';
import type { RepositoryRef } from '../../model/repository';
import { QUERY_LIMIT_MS, tooLong } from '../read/queryLimit';
import type { QueryLimits, QueryResult } from '../read/readOnlyQuery';
import type { ReadName, ReadParameters, ReadResult } from '../read/reads';
import { readsBy } from '../read/readsBy';
import type { RepositoryRow } from '../read/repositories';
import type { Store, StoreChange } from '../store';
import { StoreStoppedError } from '../storeErrors';
import type { Mended } from '../write/mendRows';
import type { RepositoryChange } from '../write/repositoryChange';
import type { MethodCall, OpenOptions, OpenedStore, ReadCall, StoreMethod } from './protocol';
import { StoreCalls, type CallOptions, type StoreThread } from './storeThread';

export interface WorkerStoreOptions extends OpenOptions {
	/** Starts a thread that runs `serveStore`. */
	startThread: () => StoreThread;
	/** One line for the log. */
	log: (line: string) => void;
	/** Brings rows up to what is known besides the database; they are given as they come when absent. */
	withTimes?: (rows: RepositoryRow[]) => Promise<RepositoryRow[]>;
	/** Told when the store was opened again because its thread had ended, and its file was not there or damaged. */
	onDidLoseFile?: (store: WorkerStore) => Promise<void>;
}

/**
 * Opens the storage folder's database in a thread of its own.
 * @throws StorageError when the folder can't be read
 */
export async function openWorkerStore(options: WorkerStoreOptions): Promise<WorkerStore> {
	const store = new WorkerStore(options);
	await store.open();
	return store;
}

/**
 * {@link Store} in another thread, so that neither SQLite nor the file ever holds up the caller's.
 * Should the thread end, what it was asked is rejected with {@link StoreStoppedError}, and the next call starts another
 * one from the file. A writer notices by {@link RepositoryChange.basis} that unsaved rows are gone.
 */
export class WorkerStore implements Store {
	readonly read = readsBy((name, parameters) => this.ask(name, parameters));

	private readonly changed = new Emitter<StoreChange>();
	readonly onDidChange = this.changed.event;

	private session: { calls: StoreCalls; opened: Promise<OpenedStore> } | undefined;
	private opened: OpenedStore | undefined;
	private closing: Promise<void> | undefined;
	private isInHurry = false;
	/** The thread that holds unsaved rows. */
	private writtenIn: StoreCalls | undefined;
	/** Another thread before it ended with such rows, and nobody has been told. */
	private hasLost = false;
	private writes = 0;
	/** Once what was lost with the file has been written again; what is asked again before that would find nothing. */
	private filled: Promise<void> | undefined;

	/** What it is asked waits until it is open; {@link openWorkerStore} waits for that first. */
	constructor(private readonly options: WorkerStoreOptions) {}

	/** The file was unusable and has been kept aside: what the cache holds should be applied again. */
	get recovered(): boolean {
		return this.opened?.recovered === true;
	}

	/** There was no file: if there is a cache, it should be applied. */
	get isNew(): boolean {
		return this.opened?.isNew === true;
	}

	/** Why nothing can be written; `undefined` when it can. */
	get readOnlyReason(): string | undefined {
		return this.opened?.readOnlyReason;
	}

	/** Starts the thread and opens the database, unless that is done already. */
	async open(): Promise<StoreCalls> {
		if (this.closing !== undefined) {
			throw new Error('The store is closed.');
		}
		const session = this.session?.calls.hasEnded === false ? this.session : this.start();
		await session.opened;
		return session.calls;
	}

	apply(change: RepositoryChange): Promise<string> {
		return this.write('apply', [change]);
	}

	mend(change: RepositoryChange): Promise<Mended> {
		return this.write('mend', [change]);
	}

	/** @throws StoreStoppedError also when the thread ended before with rows that were not saved */
	async save(): Promise<void> {
		const calls = await this.open();
		const { writtenIn, writes } = this;
		if (this.hasLost || (writtenIn !== undefined && writtenIn !== calls)) {
			this.hasLost = false;
			this.writtenIn = writtenIn === calls ? calls : undefined;
			throw new StoreStoppedError('before everything was saved');
		}
		await calls.call({ method: 'save', parameters: [] });
		if (this.writes === writes) {
			this.writtenIn = undefined;
		}
	}

	refresh(): Promise<boolean> {
		return this.again(() => this.call('refresh', []));
	}

	removeRepository(ref: RepositoryRef): Promise<void> {
		return this.write('removeRepository', [ref]);
	}

	query(sql: string, { rows, milliseconds = QUERY_LIMIT_MS, signal }: QueryLimits): Promise<QueryResult> {
		const options: CallOptions = { signal, limit: { milliseconds, error: () => tooLong(milliseconds) } };
		return this.again(() => this.call('query', [sql, { rows, milliseconds }], options));
	}

	/**
	 * From here on another process that holds the database is waited for no longer than a second: what needs the file until
	 * then, closing too, ends with a CancelledError. What is not saved then is in the cache.
	 */
	hurry(): void {
		this.isInHurry = true;
		this.session?.calls.hurry();
	}

	close(): Promise<void> {
		this.closing ??= this.closeNow();
		return this.closing;
	}

	private async closeNow(): Promise<void> {
		const { session } = this;
		// A thread that ended took what was unsaved with it: there is nothing to do any more.
		if (session === undefined || session.calls.hasEnded) {
			return;
		}
		try {
			await session.opened;
			await session.calls.call({ method: 'close', parameters: [] });
		} finally {
			session.calls.stop(new StoreStoppedError('it was closed'));
		}
	}

	private start(): { calls: StoreCalls; opened: Promise<OpenedStore> } {
		const { startThread, log, folder, wasm } = this.options;
		const calls = new StoreCalls(startThread(), { onChange: (change) => this.changed.fire(change), onLog: log });
		if (this.isInHurry) {
			calls.hurry();
		}
		const opened = calls.open({ folder, wasm }).then(
			(found) => {
				this.didOpen(found);
				return found;
			},
			(error: unknown) => {
				calls.stop(new StoreStoppedError('it could not be opened'));
				throw error;
			},
		);
		this.session = { calls, opened };
		return this.session;
	}

	private didOpen(found: OpenedStore): void {
		const isAgain = this.opened !== undefined;
		this.opened = found;
		if (isAgain) {
			this.options.log('The database was opened again.');
			this.changed.fire({ repositoryId: undefined });
			if (found.isNew || found.recovered) {
				this.filled = this.options.onDidLoseFile?.(this).catch(() => undefined);
			}
		}
	}

	private async ask<N extends ReadName>(read: N, parameters: ReadParameters<N>): Promise<ReadResult<N>> {
		const rows = (await this.again(() => this.send({ read, parameters } as unknown as ReadCall))) as ReadResult<N>;
		return read === 'repositories' && this.options.withTimes ? ((await this.options.withTimes(rows as RepositoryRow[])) as ReadResult<N>) : rows;
	}

	/** What only reads is asked again when the thread was ended for a reason that has nothing to do with it. */
	private async again<T>(ask: () => Promise<T>): Promise<T> {
		try {
			return await ask();
		} catch (error) {
			if (error instanceof StoreStoppedError && error.onPurpose) {
				await this.open();
				await this.filled;
				return ask();
			}
			throw error;
		}
	}

	private async write<M extends StoreMethod>(method: M, parameters: Parameters<Store[M]>): Promise<Awaited<ReturnType<Store[M]>>> {
		this.writes++;
		const calls = await this.open();
		this.hasLost ||= this.writtenIn !== undefined && this.writtenIn !== calls;
		// A write that the thread dies of is told of at once, and leaves nothing.
		const result = await this.call(method, parameters);
		this.writtenIn = calls;
		return result;
	}

	private async call<M extends StoreMethod>(method: M, parameters: Parameters<Store[M]>, options?: CallOptions): Promise<Awaited<ReturnType<Store[M]>>> {
		return (await this.send({ method, parameters } as MethodCall, options)) as Awaited<ReturnType<Store[M]>>;
	}

	private async send(call: MethodCall | ReadCall, options?: CallOptions): Promise<unknown> {
		const calls = await this.open();
		return calls.call(call, options);
	}
}
