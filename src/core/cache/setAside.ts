import { join } from 'node:path';
import type { FilePort } from '../files/filePort';

/** Keeps all of a cache that can't be read under another name; the lease on it stays. @returns the folder's path */
export async function setAside(files: FilePort, folder: string): Promise<string> {
	const aside = join(folder, `unreadable-${Date.now().toString(36)}`);
	for (const name of await files.list(folder)) {
		if (!name.startsWith('unreadable-') && name !== 'lease.json') {
			await files.move(join(folder, name), join(aside, name));
		}
	}
	return aside;
}
