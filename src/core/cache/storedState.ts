import { join } from 'node:path';
import { undefinedIfStrange } from '../files/storageError';
import { nameWithOwner, type RepositoryRef } from '../model/repository';
import type { CacheFolders } from './cacheFolders';
import { LARGEST_STATE, parseState, STATE_FILE, type CacheState } from './cacheState';

/** What a repository's cache says of itself, without reading the rest; `undefined` where there is none, or none that can be read. */
export async function storedState(folders: CacheFolders, ref: RepositoryRef): Promise<CacheState | undefined> {
	const bytes = await folders.files.read(join(await folders.find(ref), STATE_FILE), LARGEST_STATE).catch(undefinedIfStrange);
	try {
		return bytes && parseState(Buffer.from(bytes).toString('utf8'), ref.host, nameWithOwner(ref));
	} catch {
		return undefined;
	}
}

/** When a repository's last complete sync ended, in milliseconds by the server's clock; `undefined` before the first. */
export function lastSyncedAt(state: CacheState | undefined): number | undefined {
	return typeof state?.syncedAt === 'string' ? Date.parse(state.syncedAt) : undefined;
}
