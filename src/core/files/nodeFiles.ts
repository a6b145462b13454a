import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, link, lstat, mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FilePort, FileStat } from './filePort';

// Nobody but the owner needs to read what a private repository holds.
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
/** What everybody but the owner may do. */
const OTHERS = 0o077n;

/** Nothing that is read whole is larger: WebAssembly's memory would not hold a database of that size and its copy. */
const LARGEST = 2 ** 31 - 1;

const { O_APPEND, O_CREAT, O_RDONLY, O_RDWR, O_WRONLY } = constants;
// A pipe would be waited for until somebody writes into it. Windows has no such flag, and no such files.
const NO_WAIT = (constants as { O_NONBLOCK?: number }).O_NONBLOCK ?? 0;
// Windows has no such flag, and lets nobody make links who may not do anything else as well.
const NO_FOLLOW = (constants as { O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0;

/** What `link` fails with where the file system has no hard links. https://man7.org/linux/man-pages/man2/link.2.html#ERRORS */
const NO_LINKS = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV']);

/** In which `stat` counts, whatever the file system's own are: https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/sys_stat.h.html */
const BLOCK = 512;

/** {@link FilePort} over Node's own file system. */
export const nodeFiles: FilePort = {
	async read(path, most = LARGEST) {
		return absentAsUndefined(
			withHandle(path, O_RDONLY, async (handle) => {
				const { size } = await handle.stat();
				if (size > most) {
					throw systemError('EFBIG', 'read', path);
				}
				return filled(handle, 0, size);
			}),
		);
	},

	async readRange(path, offset, length) {
		return withHandle(path, O_RDONLY, (handle) => filled(handle, offset, length));
	},

	async append(path, data) {
		await withParent(path, () => withHandle(path, O_WRONLY | O_APPEND | O_CREAT, (handle) => handle.writeFile(data)));
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
		if ((await absentAsUndefined(lstat(path))) !== undefined) {
			return false;
		}
		const temporary = `${path}.${randomUUID()}.tmp`;
		return withParent(path, async () => {
			try {
				await writeFile(temporary, data, { flag: 'wx', mode: FILE_MODE });
				// The name comes with all of the file: who dies between making and writing would leave half a lock.
				await link(temporary, path);
				return true;
			} catch (error) {
				if (NO_LINKS.has(codeOf(error) ?? '')) {
					return await createThenWrite(path, data);
				}
				if (codeOf(error) === 'EEXIST') {
					return false;
				}
				throw error;
			} finally {
				await rm(temporary, { force: true });
			}
		});
	},

	async stat(path): Promise<FileStat | undefined> {
		const found = await absentAsUndefined(lstat(path, { bigint: true }));
		return (
			found && {
				size: Number(found.size),
				...(process.platform === 'win32' ? {} : { allocated: Number(found.blocks) * BLOCK }),
				isDirectory: found.isDirectory(),
				isFile: found.isFile(),
				isLink: found.isSymbolicLink(),
				modifiedMs: Number(found.mtimeMs),
				identity: `${found.ino}:${found.mtimeNs}:${found.size}`,
			}
		);
	},

	async list(folder) {
		return ((await absentAsUndefined(readdir(folder))) ?? []).sort();
	},

	async truncate(path, size) {
		await withHandle(path, O_RDWR, (handle) => handle.truncate(size));
	},

	async move(from, to) {
		await withParent(to, () => rename(from, to));
	},

	async protect(path) {
		const found = await absentAsUndefined(lstat(path, { bigint: true }));
		if (process.platform !== 'win32' && found && !found.isSymbolicLink() && (found.mode & OTHERS) !== 0n) {
			await chmod(path, found.isDirectory() ? FOLDER_MODE : FILE_MODE);
			return true;
		}
		return false;
	},

	async removeEmpty(folder) {
		try {
			await rmdir(folder);
			return true;
		} catch {
			return false;
		}
	},

	async remove(path) {
		await rm(path, { recursive: true, force: true });
	},
};

/** As many bytes as asked for, or up to the file's end. */
async function filled(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
	const buffer = Buffer.allocUnsafe(length);
	let count = 0;
	while (count < length) {
		const { bytesRead } = await handle.read(buffer, count, length - count, offset + count);
		if (bytesRead === 0) {
			break;
		}
		count += bytesRead;
	}
	return buffer.subarray(0, count);
}

/** Opens a file for as long as `work` takes, but not through a link, and nothing that only looks like a file. */
async function withHandle<T>(path: string, flags: number, work: (handle: FileHandle) => Promise<T>): Promise<T> {
	const handle = await open(path, flags | NO_FOLLOW | NO_WAIT, FILE_MODE).catch((error: unknown) => {
		// A pipe that nobody reads, a socket: https://man7.org/linux/man-pages/man2/open.2.html#ERRORS
		throw codeOf(error) === 'ENXIO' ? systemError('EFTYPE', 'open', path) : error;
	});
	try {
		const found = await handle.stat();
		if (!found.isFile()) {
			throw systemError(found.isDirectory() ? 'EISDIR' : 'EFTYPE', 'open', path);
		}
		return await work(handle);
	} finally {
		await handle.close();
	}
}

/** The next best where there are no links: for a moment the file is there and empty. */
async function createThenWrite(path: string, data: Uint8Array): Promise<boolean> {
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
}

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

/** Step by step: Node's own recursive mkdir never ends where a folder is there and takes no other, as in /proc. */
async function makeFolder(path: string): Promise<void> {
	if (await madeFolder(path)) {
		return;
	}
	await makeFolder(dirname(path));
	if (!(await madeFolder(path))) {
		throw systemError('EPERM', 'mkdir', path);
	}
}

/** Whether the folder is there now; `false` when the one above it is missing. */
async function madeFolder(path: string): Promise<boolean> {
	try {
		await mkdir(path, { mode: FOLDER_MODE });
		return true;
	} catch (error) {
		// At the top of a drive Windows says EPERM of what is there.
		if (codeOf(error) === 'EEXIST' || (codeOf(error) === 'EPERM' && dirname(path) === path)) {
			return true;
		}
		if (codeOf(error) === 'ENOENT' && dirname(path) !== path) {
			return false;
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

/** As Node words what the system refuses. */
function systemError(code: 'EFBIG' | 'EFTYPE' | 'EISDIR' | 'EPERM', syscall: string, path: string): Error {
	return Object.assign(new Error(`${code}: ${syscall} '${path}'`), { code, syscall, path });
}

function codeOf(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
