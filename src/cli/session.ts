import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { nodeFiles } from '../core/files/nodeFiles';
import { protectStorage } from '../core/files/protectStorage';
import { StorageError, storageError } from '../core/files/storageError';
import { systemClock } from '../core/model/clock';
import { HumanError, messageOf } from '../core/model/humanError';
import type { RepositoryRef } from '../core/model/repository';
import { Seeder } from '../core/seeder';
import type { SeedService } from '../core/seedService';
import { startNodeWorker } from '../core/store/worker/nodeWorker';
import { WorkerStore } from '../core/store/worker/workerStore';
import type { Invocation } from './command';
import { EXIT, type ExitCode } from './exitCode';
import { counted } from './measures';
import { storageFolder } from './storageFolder';

/** The storage folder, open. */
export interface Session {
	storage: string;
	store: WorkerStore;
	/**
	 * Opens the database, and fills it from the cache when it is new or was lost.
	 * @param except repositories that are brought into it anyway
	 * @throws StorageError when it can't be read
	 */
	open: (except?: RepositoryRef[]) => Promise<void>;
	/**
	 * @param log told what the service does beyond its results; silent when absent
	 * @param fetch the way to GitHub; for a service that asks nothing there it may be absent
	 */
	service: (log?: (line: string) => void, fetch?: typeof globalThis.fetch) => SeedService;
}

/**
 * Opens the storage folder, does the work and saves. A database that is new or was lost is filled from the cache first.
 * @param work tells its own result; its exit status is passed on
 * @throws StorageError when the folder can't be used
 */
export function withSession(
	invocation: Pick<Invocation, 'options' | 'env' | 'output' | 'scriptFolder'>,
	work: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
	return withOpeningSession(invocation, async (session) => {
		await session.open();
		return work(session);
	});
}

/** As {@link withSession}, for work that has something to do before the database is open, and calls `open` itself. */
export async function withOpeningSession(
	{ options, env, output, scriptFolder }: Pick<Invocation, 'options' | 'env' | 'output' | 'scriptFolder'>,
	work: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
	const storage = storageFolder(options.storage, env);
	try {
		return await inStorage(storage, { output, scriptFolder }, work);
	} catch (error) {
		const failure = storageError(error);
		throw failure instanceof StorageError ? new StorageError(failure.code, withPlace(failure, storage), { cause: error }) : failure;
	}
}

/** The message of a storage error, with what the core does not know: how a command line chooses another folder. */
export function withPlace({ message }: StorageError, storage: string): string {
	return `${message} (The storage folder is ${storage}; --storage chooses another.)`;
}

async function inStorage(
	storage: string,
	{ output, scriptFolder }: Pick<Invocation, 'output' | 'scriptFolder'>,
	work: (session: Session) => Promise<ExitCode>,
): Promise<ExitCode> {
	await refuseFile(storage);
	await protectStorage(nodeFiles, storage);
	const warn = (line: string) => output.warn(line);
	const store = new WorkerStore({
		folder: storage,
		wasm: join(scriptFolder, 'sql-wasm.wasm'),
		startThread: () => startNodeWorker(join(scriptFolder, 'storeWorker.js')),
		log: warn,
		// Found to be damaged at work: those that are being seeded are followed anyway.
		onDidLoseFile: () => {
			refilled = refill().catch((error: unknown) => warn(`The database could not be filled from the cache: ${messageOf(error)}`));
			return refilled;
		},
	});
	const service = (log: (line: string) => void = () => undefined, fetch = globalThis.fetch) =>
		new Seeder({ storage, files: nodeFiles, clock: systemClock, store, fetch, log });
	const refill = async (except: RepositoryRef[] = []) => {
		const restored = await service(warn).restore(except);
		if (restored > 0) {
			warn(`The database was ${store.isNew ? 'missing' : 'not usable'}: it was made again from the cache (${counted(restored, 'repository', 'repositories')}).`);
		}
	};
	const open = async (except?: RepositoryRef[]) => {
		await store.open();
		if (store.isNew || store.recovered) {
			await refill(except);
		}
	};
	let refilled: Promise<void> | undefined;
	let status: ExitCode | undefined;
	try {
		status = await work({ storage, store, open, service });
		await refilled;
		return status;
	} finally {
		await close(store, status);
	}
}

/** Closing saves what is unsaved; when that fails after something else has, the first failure is the one to tell. */
async function close(store: WorkerStore, status: ExitCode | undefined): Promise<void> {
	try {
		await store.close();
	} catch (error) {
		if (status === EXIT.done) {
			throw error;
		}
	}
}

/** The platforms disagree on what is wrong with a folder inside a file, so it is looked at first. */
async function refuseFile(storage: string): Promise<void> {
	for (let path = storage; ; path = dirname(path)) {
		const found = await stat(path).catch(() => undefined);
		if (found !== undefined && !found.isDirectory()) {
			const what = path === storage ? 'is a file' : `lies inside ${path}, which is a file`;
			throw new HumanError(`The storage folder ${storage} ${what}. Move the file away, or choose another folder with --storage.`);
		}
		if (found !== undefined || dirname(path) === path) {
			return;
		}
	}
}
