import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, appendFile, mkdir, open, readFile, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FilePort, FileStat } from './filePort';

// Nobody but the owner needs to read what a private repository holds.
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** {@link FilePort} over Node's own file system. */
export const nodeFiles: FilePort = {
	async read(path) {
		return absentAsUndefined(readFile(path));
	},

	async readRange(path, offset, length) {
		const handle = await open(path, 'r');
		try {
			const buffer = Buffer.allocUnsafe(length);
			let filled = 0;
			while (filled < length) {
				const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
				if (bytesRead === 0) {
					break;
				}
				filled += bytesRead;
			}
			return buffer.subarray(0, filled);
		} finally {
			await handle.close();
		}
	},

	async append(path, data) {
		await withParent(path, () => appendFile(path, data, { mode: FILE_MODE }));
	},

	async writeAtomic(path, data) {
		const temporary = `${path}.${randomUUID()}.tmp`;
		try {
			await withParent(path, async () => {
				const handle = await open(temporary, 'wx', FILE_MODE);
				try {
					await handle.writeFile(data);
					await handle.sync();
				} finally {
					await handle.close();
				}
			});
			await replace(temporary, path);
		} catch (error) {
			await rm(temporary, { force: true });
			throw error;
		}
	},

	async createExclusive(path, data) {
		return withParent(path, async () => {
			try {
				const handle = await open(path, 'wx', FILE_MODE);
				try {
					await handle.writeFile(data);
				} catch (error) {
					// Half a lock would look like somebody's.
					await rm(path, { force: true });
					throw error;
				} finally {
					await handle.close();
				}
				return true;
			} catch (error) {
				if (codeOf(error) === 'EEXIST') {
					return false;
				}
				throw error;
			}
		});
	},

	async stat(path): Promise<FileStat | undefined> {
		const found = await absentAsUndefined(stat(path, { bigint: true }));
		return (
			found && {
				size: Number(found.size),
				isDirectory: found.isDirectory(),
				modifiedMs: Number(found.mtimeMs),
				identity: `${found.ino}:${found.mtimeNs}:${found.size}`,
			}
		);
	},

	async list(folder) {
		return ((await absentAsUndefined(readdir(folder))) ?? []).sort();
	},

	async truncate(path, size) {
		await truncate(path, size);
	},

	async move(from, to) {
		await withParent(to, () => rename(from, to));
	},

	async remove(path) {
		await rm(path, { recursive: true, force: true });
	},
};

/** Runs an action that writes below a folder, making the folder first when it turns out to be missing. */
async function withParent<T>(path: string, action: () => Promise<T>): Promise<T> {
	try {
		return await action();
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') {
			throw error;
		}
		await makeFolder(dirname(path));
		return action();
	}
}

/** A recursive mkdir on a read-only file system says that there is no such folder; the folder above it says why. */
async function makeFolder(path: string): Promise<void> {
	try {
		await mkdir(path, { recursive: true, mode: FOLDER_MODE });
	} catch (error) {
		if (codeOf(error) === 'ENOENT') {
			let above = dirname(path);
			while (above !== dirname(above) && !(await exists(above))) {
				above = dirname(above);
			}
			await access(above, constants.W_OK);
		}
		throw error;
	}
}

// Windows refuses to replace a file that somebody has open; virus scanners do so for a moment.
async function replace(from: string, to: string): Promise<void> {
	for (let attempt = 0; ; attempt++) {
		try {
			await rename(from, to);
			return;
		} catch (error) {
			if (attempt === 5 || !['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error) ?? '') || !(await exists(from))) {
				throw error;
			}
			await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt));
		}
	}
}

async function exists(path: string): Promise<boolean> {
	return access(path, constants.F_OK).then(
		() => true,
		() => false,
	);
}

async function absentAsUndefined<T>(promise: Promise<T>): Promise<T | undefined> {
	try {
		return await promise;
	} catch (error) {
		if (codeOf(error) === 'ENOENT') {
			return undefined;
		}
		throw error;
	}
}

function codeOf(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
