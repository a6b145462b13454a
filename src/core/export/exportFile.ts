import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { nodeFiles } from '../files/nodeFiles';
import { storageError } from '../files/storageError';
import { HumanError } from '../model/humanError';
import { sentence } from '../model/sentence';
import type { Store } from '../store/store';
import type { Sink } from './exportText';

/** The file is there, and may not be replaced. */
export class FileExistsError extends HumanError {
	override readonly name = 'FileExistsError';

	constructor(readonly path: string) {
		super(sentence('{0} exists already.', path));
	}
}

export interface TargetFile {
	/** Absolute. */
	path: string;
	/** Whether a file that is there may be replaced. */
	overwrite: boolean;
	/** The storage folder: nothing is written into it. */
	storage: string;
}

/**
 * Writes a text file piece by piece. Under its name is nothing, or what was there before, until all of it is written.
 * What is no ordinary file, such as a pipe, takes the pieces as they come.
 * @throws FileExistsError, StorageError, or another HumanError
 */
export function writePieces<T>(target: TargetFile, produce: (sink: Sink) => Promise<T>): Promise<T> {
	return inPlaceOf(target, async (path, flags) => {
		const handle = await open(path, flags);
		try {
			const result = await produce(async (text) => {
				await handle.writeFile(text);
			});
			await handle.sync().catch(() => undefined);
			return result;
		} finally {
			await handle.close();
		}
	});
}

/**
 * Copies the database as it is after a save: a whole file, however much is written meanwhile, because it is never
 * changed in its place but replaced.
 * @throws as {@link writePieces}; HumanError while nothing is stored
 */
export async function copyDatabase(store: Pick<Store, 'save'>, target: TargetFile): Promise<void> {
	await store.save();
	const bytes = await nodeFiles.read(join(target.storage, 'prs.sqlite')).catch((error: unknown) => {
		throw storageError(error, 'read');
	});
	if (bytes === undefined) {
		throw new HumanError(sentence('Nothing is stored yet.'));
	}
	await inPlaceOf(target, (path, flag) => writeFile(path, bytes, { flag }));
}

async function inPlaceOf<T>({ path, overwrite, storage }: TargetFile, make: (path: string, flags: 'w' | 'wx') => Promise<T>): Promise<T> {
	try {
		const found = await stat(path).catch(ifAbsent);
		if (found?.isDirectory()) {
			throw new HumanError(sentence('{0} is a folder: name a file in it.', path));
		}
		if (found && !found.isFile()) {
			return await make(path, 'w');
		}
		if (found && !overwrite) {
			throw new FileExistsError(path);
		}
		// Through a link the file behind it is replaced, not the link.
		const target = found ? await realpath(path) : path;
		await refuseStorage(target, storage);
		const temporary = `${target}.${randomUUID()}.tmp`;
		try {
			const result = await make(temporary, 'wx');
			await rename(temporary, target);
			return result;
		} catch (error) {
			await rm(temporary, { force: true });
			throw error;
		}
	} catch (error) {
		throw isAbsent(error) ? new HumanError(sentence('There is no folder {0}: make it first, or choose another.', dirname(path)), { cause: error }) : storageError(error, 'write');
	}
}

/** A slip there would replace the database itself. */
async function refuseStorage(path: string, storage: string): Promise<void> {
	const [folder, inside] = await Promise.all([realpath(dirname(path)), realpath(storage).catch(() => storage)]);
	const way = relative(inside, folder);
	if (way === '' || (!way.startsWith('..') && !isAbsolute(way))) {
		throw new HumanError(sentence('{0} is inside the storage folder: choose a place outside of it.', path));
	}
}

function ifAbsent(error: unknown): undefined {
	if (!isAbsent(error)) {
		throw error;
	}
}

function isAbsent(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
