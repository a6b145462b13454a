import { storageError, type FileAction } from '../../files/storageError';

/** Runs what touches the file one after the other; what only touches memory need not wait for it. */
export class FileWork {
	private last: Promise<unknown> = Promise.resolve();

	/** Begins once those before have ended, however they did. A failure of the file system comes in words. */
	inTurn<T>(doing: FileAction, work: () => Promise<T>): Promise<T> {
		const turn = this.last.then(() => inWords(doing, work));
		this.last = turn.catch(() => undefined);
		return turn;
	}
}

/** @throws StorageError instead of the file system's own error */
export async function inWords<T>(doing: FileAction, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw storageError(error, doing);
	}
}
