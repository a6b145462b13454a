import { join } from 'node:path';
import { olderCopies } from '../files/asideCopies';
import type { FilePort } from '../files/filePort';
import { isCacheFile } from './cacheFolders';

const ASIDE = 'unreadable-';

/** Keeps all of a cache that can't be read in a folder within its own, beside the newest of such folders; the lease on it stays. @returns the folder's path */
export async function setAside(files: FilePort, folder: string): Promise<string> {
	const aside = join(folder, `${ASIDE}${Date.now().toString(36)}`);
	const names = (await files.list(folder)).filter(isCacheFile);
	for (const name of names.filter((one) => !isAside(one))) {
		await files.move(join(folder, name), join(aside, name));
	}
	for (const name of olderCopies((await files.list(folder)).filter(isAside))) {
		await files.remove(join(folder, name));
	}
	return aside;
}

function isAside(name: string): boolean {
	return name.startsWith(ASIDE);
}
