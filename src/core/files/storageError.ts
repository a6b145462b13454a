import { HumanError } from '../model/humanError';
import { sentence, type Sentence } from '../model/sentence';

/** What was being done with a file; `use` where only the file system's word is left and that fits both. */
export type FileAction = 'read' | 'write' | 'use';

// Fits a terminal and an editor alike: where the folder is, and how to choose another, each shell says itself.
const ADVICE: Record<string, Sentence> = {
	ENOSPC: sentence('the disk is full. Free some space, then try again'),
	EDQUOT: sentence('your disk quota is used up. Free some space, then try again'),
	EACCES: sentence('permission was denied. Give yourself access to it, then try again'),
	EPERM: sentence('the system refused it. Give yourself access to it, then try again'),
	EROFS: sentence('the file system is read-only. Make it writable, then try again'),
	ENOTDIR: sentence('a part of the path is a file, not a folder. Move that file away, then try again'),
	EISDIR: sentence('there is a folder where a file should be. Move it away, then try again'),
	ELOOP: sentence('it is a symbolic link, and links inside the storage folder are not followed. Put the file itself there, then try again'),
	EFTYPE: sentence('it is not a regular file. Move it away, then try again'),
	EFBIG: sentence('it is larger than anything that PR Seeder writes. Move it away, then try again'),
	EMFILE: sentence('too many files are open. Close some programs, then try again'),
};

// `open` is in neither: it begins both.
const ACTIONS: Record<FileAction, ReadonlySet<string>> = {
	read: new Set(['read', 'scandir', 'stat', 'lstat', 'access']),
	write: new Set(['write', 'fsync', 'rename', 'mkdir', 'unlink', 'rmdir', 'rm', 'ftruncate', 'copyfile']),
	use: new Set(),
};
const FAILED: Record<FileAction, (path: string, advice: Sentence) => Sentence> = {
	read: (path, advice) => sentence('Can\'t read {0}: {1}. Nothing stored before was lost.', path, advice),
	write: (path, advice) => sentence('Can\'t write {0}: {1}. Nothing stored before was lost.', path, advice),
	use: (path, advice) => sentence('Can\'t use {0}: {1}. Nothing stored before was lost.', path, advice),
};
/** What only writing can meet. */
const WRITING = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);

/** A failure of the storage folder, with what to do about it. What was stored before is untouched. */
export class StorageError extends HumanError {
	override readonly name = 'StorageError';

	constructor(
		/** The system's code, such as `ENOSPC`. */
		readonly code: string,
		said: Sentence | string,
		options?: ErrorOptions,
	) {
		super(said, options);
	}
}

/**
 * Puts a file system error into words; anything else comes back as it was.
 * @param doing what the failed step was for, where the caller knows; the system's own word decides before it
 */
export function storageError(error: unknown, doing: FileAction = 'use'): unknown {
	// One that is in words already would lose its path.
	if (error instanceof StorageError || !(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
		return error;
	}
	const advice = ADVICE[error.code];
	if (advice === undefined) {
		return error;
	}
	const path = 'path' in error && typeof error.path === 'string' ? error.path : 'the storage folder';
	const action = actionOf(error.code, 'syscall' in error ? error.syscall : undefined) ?? doing;
	return new StorageError(error.code, FAILED[action](path, advice), { cause: error });
}

/** What a write resolves with. @throws StorageError when it fails */
export async function writing<T>(write: Promise<T>): Promise<T> {
	try {
		return await write;
	} catch (error) {
		throw storageError(error, 'write');
	}
}

/** Something else than we write stands in a file's place, or it is larger than anything that we write. */
export function isStrangeFile(error: unknown): boolean {
	return error instanceof Error && 'code' in error && ['EFTYPE', 'EFBIG', 'EISDIR'].includes(String(error.code));
}

/** A symbolic link stands in a file's place. */
export function isLinkError(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ELOOP';
}

/** For the reading of what may be anything: as if it were not there. @throws any other error */
export function undefinedIfStrange(error: unknown): undefined {
	if (!isStrangeFile(error)) {
		throw error;
	}
}

function actionOf(code: string, syscall: unknown): FileAction | undefined {
	if (WRITING.has(code)) {
		return 'write';
	}
	const word = String(syscall);
	return ACTIONS.read.has(word) ? 'read' : ACTIONS.write.has(word) ? 'write' : undefined;
}
