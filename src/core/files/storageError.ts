import { HumanError } from '../model/humanError';

const ADVICE: Record<string, string> = {
	ENOSPC: 'the disk is full. Free some space and run it again',
	EDQUOT: 'your disk quota is used up. Free some space and run it again',
	EACCES: 'permission was denied. Make the folder writable, or choose another storage folder',
	EPERM: 'the system refused it. Make the folder writable, or choose another storage folder',
	EROFS: 'the file system is read-only. Choose another storage folder',
	ENOTDIR: 'a part of the path is a file, not a folder. Choose another storage folder',
	EISDIR: 'there is a folder where a file should be. Move it away',
	EMFILE: 'too many files are open. Close some programs and run it again',
};

/** A failure of the storage folder, with what to do about it. What was stored before is untouched. */
export class StorageError extends HumanError {
	override readonly name = 'StorageError';

	constructor(
		/** The system's code, such as `ENOSPC`. */
		readonly code: string,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

/** Puts a file system error into words; anything else comes back as it was. */
export function storageError(error: unknown): unknown {
	if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
		return error;
	}
	const advice = ADVICE[error.code];
	if (advice === undefined) {
		return error;
	}
	const path = 'path' in error && typeof error.path === 'string' ? error.path : 'the storage folder';
	return new StorageError(error.code, `Can't write ${path}: ${advice}. Nothing stored before was lost.`, {
		cause: error,
	});
}
