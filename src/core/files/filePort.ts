/**
 * What the core asks of a file system. Paths are absolute; a missing parent folder is made on writing.
 * A symbolic link is never followed at a path's end: reading, adding to or cutting one fails with `ELOOP`. What is
 * neither a file nor a link (a pipe, a device) is not waited for: that fails with `EFTYPE`.
 * Failures of the file system surface as they are (`ENOSPC`, `EACCES`, …) and are put into words by `storageError`.
 */
export interface FilePort {
	/**
	 * The whole file, or `undefined` when there is none.
	 * @param most bytes that it may have, 2 GB when absent: more fails with `EFBIG`
	 */
	read(path: string, most?: number): Promise<Uint8Array | undefined>;
	/** Up to `length` bytes from `offset`; fewer at the end of the file. */
	readRange(path: string, offset: number, length: number): Promise<Uint8Array>;
	/** Adds to the end of a file, making it first if need be. Resolves when the bytes are with the operating system. */
	append(path: string, data: Uint8Array): Promise<void>;
	/** Replaces a whole file: a reader sees the previous bytes or these, never half of them, even after a crash. */
	writeAtomic(path: string, data: Uint8Array): Promise<void>;
	/** Makes a file that must not exist yet; `false` when it does. */
	createExclusive(path: string, data: Uint8Array): Promise<boolean>;
	/** `undefined` when there is nothing at this path. */
	stat(path: string): Promise<FileStat | undefined>;
	/** The names inside a folder, sorted; none when there is no such folder. */
	list(folder: string): Promise<string[]>;
	truncate(path: string, size: number): Promise<void>;
	/** Moves a file or folder, making the target's parent first. */
	move(from: string, to: string): Promise<void>;
	/**
	 * Takes from all but the owner what they may do with a file or folder. Resolves with whether that was anything;
	 * `false` where the system knows no such rights.
	 */
	protect(path: string): Promise<boolean>;
	/** Removes a folder with nothing in it; `false` when there is something, or no folder. */
	removeEmpty(folder: string): Promise<boolean>;
	/** Removes a file, or a folder with everything in it; no error when it is gone already. */
	remove(path: string): Promise<void>;
}

export interface FileStat {
	size: number;
	/** Bytes that it takes on the disk; absent where the system does not say. */
	allocated?: number;
	isDirectory: boolean;
	/** Neither a folder, nor a link, nor anything special. */
	isFile: boolean;
	/** Of the link itself speaks all the rest. */
	isLink: boolean;
	modifiedMs: number;
	/** Changes whenever another file takes this one's place. */
	identity: string;
}
