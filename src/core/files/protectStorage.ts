import { join } from 'node:path';
import type { FilePort } from './filePort';

/** What we make in a storage folder. */
const OURS = /^(?:cache|prs\.sqlite.*)$/;

/**
 * Takes from other users of the machine what they may do with a storage folder that somebody else made: the editor,
 * a person, a backup. One that holds other things too stays as it is, but for what is ours in it.
 * What can't be changed, because it belongs to somebody else, is left.
 */
export async function protectStorage(files: FilePort, storage: string): Promise<void> {
	// What is wrong with a folder that can't be read, whoever opens it says.
	const names = await files.list(storage).catch((): string[] => []);
	const ours = names.filter((name) => OURS.test(name));
	if (ours.length === names.length) {
		await protect(files, storage);
	}
	for (const name of ours) {
		await protectTree(files, join(storage, name));
	}
}

/** A folder that nobody else may enter protects what is in it, so that a protected one is not searched. */
async function protectTree(files: FilePort, path: string): Promise<void> {
	if (!(await protect(files, path)) || (await files.stat(path))?.isDirectory !== true) {
		return;
	}
	for (const name of await files.list(path)) {
		await protectTree(files, join(path, name));
	}
}

async function protect(files: FilePort, path: string): Promise<boolean> {
	return files.protect(path).catch(() => false);
}
