import { Emitter } from '../../model/event';
import type { RepositoryRef } from '../../model/repository';
import type { BurnUpRow, MergedMilestoneKey, MilestoneKey } from '../read/burnUp';
import type { RepositoryScope } from '../read/condition';
import type { PullRequestDetail, PullRequestKey } from '../read/pullRequestDetail';
import type { PullRequestRecord, RecordsFilter } from '../read/pullRequestRecords';
import { QUERY_LIMIT_MS, tooLong } from '../read/queryLimit';
import type {
	Grouping,
	GroupRow,
	Mended,
	MergedGroupRow,
	MergedMilestoneRow,
	MilestoneRow,
	Page,
	PullRequestCounts,
	PullRequestFilter,
	PullRequestRow,
	QueryLimits,
	QueryResult,
	RepositoryChange,
	RepositoryIdentity,
	RepositoryRow,
	RepositoryStanding,
	Store,
	StoreChange,
	WorkloadRow,
} from '../store';
import { StoreStoppedError } from '../storeErrors';
import type { SeenUpdates, UpdatesRow } from '../read/updates';
import type { WorkPartsRow, WorkPeriod } from '../read/workParts';
import type { OpenOptions, OpenedStore, StoreMethod, StoreResult } from './protocol';
import { StoreCalls, type CallOptions, type StoreThread } from './storeThread';

/** A query that has not stopped by itself so long after its time is up never will. */
const GRACE_MS = 1_000;

export interface WorkerStoreOptions extends OpenOptions {
	/** Starts a thread that runs `serveStore`. */
	startThread: () => StoreThread;
	/** One line for the log. */
	log: (line: string) => void;
	/** Brings rows up to what is known besides the database; they are given as they come when absent. */
	withTimes?: (rows: RepositoryRow[]) => Promise<RepositoryRow[]>;
	/** Told when the store was opened again because its thread had ended, and its file was not there or damaged. */
	onDidLoseFile?: (store: WorkerStore) => void;
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
	private readonly changed = new Emitter<StoreChange>();
	readonly onDidChange = this.changed.event;

	private session: { calls: StoreCalls; opened: Promise<OpenedStore> } | undefined;
	private opened: OpenedStore | undefined;
	private closing: Promise<void> | undefined;
	/** The thread that holds unsaved rows. */
	private writtenIn: StoreCalls | undefined;
	/** Another thread before it ended with such rows, and nobody has been told. */
	private hasLost = false;
	private writes = 0;

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
		return this.read('refresh', []);
	}

	removeRepository(ref: RepositoryRef): Promise<void> {
		return this.write('removeRepository', [ref]);
	}

	standing(repository: RepositoryIdentity): Promise<RepositoryStanding | undefined> {
		return this.read('standing', [repository]);
	}

	pullRequestNumbers(repository: RepositoryIdentity, page: { after: number; limit: number }): Promise<number[]> {
		return this.read('pullRequestNumbers', [repository, page]);
	}

	async repositories(): Promise<RepositoryRow[]> {
		const rows = await this.read('repositories', []);
		return this.options.withTimes?.(rows) ?? rows;
	}

	groups(by: Grouping, filter: PullRequestFilter): Promise<GroupRow[]> {
		return this.read('groups', [by, filter]);
	}

	mergedGroups(by: Grouping, filter: PullRequestFilter): Promise<MergedGroupRow[]> {
		return this.read('mergedGroups', [by, filter]);
	}

	pullRequests(filter: PullRequestFilter, page: Page): Promise<PullRequestRow[]> {
		return this.read('pullRequests', [filter, page]);
	}

	countPullRequests(filter: PullRequestFilter): Promise<PullRequestCounts> {
		return this.read('countPullRequests', [filter]);
	}

	pullRequestRecords(filter: RecordsFilter, page: { after: number; limit: number }): Promise<PullRequestRecord[]> {
		return this.read('pullRequestRecords', [filter, page]);
	}

	pullRequest(key: PullRequestKey): Promise<PullRequestDetail | undefined> {
		return this.read('pullRequest', [key]);
	}

	authors(scope: RepositoryScope = {}): Promise<string[]> {
		return this.read('authors', [scope]);
	}

	updates(seen: SeenUpdates): Promise<UpdatesRow[]> {
		return this.read('updates', [seen]);
	}

	milestoneProgress(scope: RepositoryScope): Promise<MilestoneRow[]> {
		return this.read('milestoneProgress', [scope]);
	}

	mergedMilestones(scope: RepositoryScope): Promise<MergedMilestoneRow[]> {
		return this.read('mergedMilestones', [scope]);
	}

	workload(scope: RepositoryScope): Promise<WorkloadRow[]> {
		return this.read('workload', [scope]);
	}

	workParts(period: WorkPeriod): Promise<WorkPartsRow[]> {
		return this.read('workParts', [period]);
	}

	burnUp(milestone: MilestoneKey | MergedMilestoneKey): Promise<BurnUpRow[]> {
		return this.read('burnUp', [milestone]);
	}

	query(sql: string, { rows, milliseconds = QUERY_LIMIT_MS, signal }: QueryLimits): Promise<QueryResult> {
		return this.call('query', [sql, { rows, milliseconds }], {
			signal,
			limit: { milliseconds: milliseconds + GRACE_MS, error: () => tooLong(milliseconds) },
		});
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
				this.options.onDidLoseFile?.(this);
			}
		}
	}

	/** What only reads is asked again when the thread was ended for a reason that has nothing to do with it. */
	private async read<M extends StoreMethod>(method: M, parameters: Parameters<Store[M]>): Promise<StoreResult<M>> {
		try {
			return await this.call(method, parameters);
		} catch (error) {
			if (error instanceof StoreStoppedError && error.onPurpose) {
				return this.call(method, parameters);
			}
			throw error;
		}
	}

	private async write<M extends StoreMethod>(method: M, parameters: Parameters<Store[M]>): Promise<StoreResult<M>> {
		this.writes++;
		const calls = await this.open();
		this.hasLost ||= this.writtenIn !== undefined && this.writtenIn !== calls;
		// A write that the thread dies of is told of at once, and leaves nothing.
		const result = await this.call(method, parameters);
		this.writtenIn = calls;
		return result;
	}

	private async call<M extends StoreMethod>(method: M, parameters: Parameters<Store[M]>, options?: CallOptions): Promise<StoreResult<M>> {
		const calls = await this.open();
		return (await calls.call({ method, parameters } as Parameters<StoreCalls['call']>[0], options)) as StoreResult<M>;
	}
}
