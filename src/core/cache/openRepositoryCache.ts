import { join } from 'node:path';
import type { FilePort } from '../files/filePort';
import { isStrangeFile, storageError } from '../files/storageError';
import { nameWithOwner, type RepositoryRef } from '../model/repository';
import { inEnglish, sentence, type Sentence } from '../model/sentence';
import type { CacheFolders } from './cacheFolders';
import { LARGEST_STATE, STATE_FILE, UnreadableCacheError } from './cacheState';
import { isJournal } from './journal';
import { RepositoryCache } from './repositoryCache';
import { setAside } from './setAside';

interface Opening {
	files: FilePort;
	folder: string;
	repository: { host: string; nameWithOwner: string };
	/** Told, in words for a person, when something was set aside. */
	notify: (said: Sentence) => void;
}

/**
 * Opens the cache in a folder, or an empty one. What can't be read is moved into a folder `unreadable-…` in it, and told.
 * @throws StorageError
 */
export async function openRepositoryCache(files: FilePort, folder: string, repository: Opening['repository'], notify: Opening['notify']): Promise<RepositoryCache> {
	return open({ files, folder, repository, notify });
}

/** Opens a repository's cache; what can't be read is set aside and told of. */
export async function openCache(
	folders: CacheFolders,
	ref: RepositoryRef,
	log: (line: string) => void,
	notify: (said: Sentence) => void = () => undefined,
): Promise<RepositoryCache> {
	return openRepositoryCache(folders.files, await folders.find(ref), { host: ref.host, nameWithOwner: nameWithOwner(ref) }, (said) => {
		log(inEnglish(said));
		notify(said);
	});
}

async function open(opening: Opening): Promise<RepositoryCache> {
	const { files, folder, repository } = opening;
	let state: Uint8Array | undefined;
	try {
		state = await stateIn(opening);
		if (state === undefined && (await files.list(folder)).some(isJournal)) {
			throw new UnreadableCacheError(sentence('its state is missing'));
		}
		return await RepositoryCache.load(files, folder, repository, state);
	} catch (error) {
		if (isStrangeFile(error)) {
			return beginAnew(opening, sentence('it holds something else than we write'));
		}
		if (!(error instanceof UnreadableCacheError)) {
			throw storageError(error, 'read');
		}
		if (!isSame(state, await stateIn(opening))) {
			// Not damaged: another process began a new journal while the old one was being read.
			return open(opening);
		}
		return beginAnew(opening, error.reason);
	}
}

function stateIn({ files, folder }: Opening): Promise<Uint8Array | undefined> {
	return files.read(join(folder, STATE_FILE), LARGEST_STATE);
}

function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
	return one === undefined || other === undefined ? one === other : Buffer.from(one).equals(other);
}

/** Keeps all that can't be read under another name. */
async function beginAnew({ files, folder, repository, notify }: Opening, reason: Sentence): Promise<RepositoryCache> {
	const aside = await setAside(files, folder);
	notify(sentence('The cache of {0} could not be read: {1}. It was set aside in {2}; everything is fetched again.', repository.nameWithOwner, reason, aside));
	return RepositoryCache.load(files, folder, repository, undefined);
}
