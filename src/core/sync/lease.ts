import { join } from 'node:path';
import type { CacheFolders } from '../cache/cacheFolders';
import type { FilePort } from '../files/filePort';
import { HumanError } from '../model/humanError';
import { nameWithOwner, type RepositoryRef } from '../model/repository';
import { sentence, type Sentence } from '../model/sentence';
import { FileLock, inTheWay, LockLostError, type Holder } from '../files/fileLock';

const HEARTBEAT_MS = 10_000;

/** The repository is being synced: by another window, a command line, or by something else here; or something that is no lock stands in the place of its lock. */
export class LeaseHeldError extends HumanError {
	override readonly name = 'LeaseHeldError';

	/** @param holder `'here'`: a run of this very window or command */
	static by(ref: RepositoryRef, holder: Holder | 'here' | undefined): LeaseHeldError {
		return new LeaseHeldError(heldText(nameWithOwner(ref), holder));
	}
}

function heldText(name: string, holder: Holder | 'here' | undefined): Sentence {
	if (holder === 'here') {
		return sentence('{0} is being synced right now. Wait until that is done, or cancel it, then try again.', name);
	}
	return holder
		? sentence('{0} is being synced by another window or command (process {1}). Its rows show up here when it is done.', name, holder.pid)
		: sentence('{0} is being synced by another window or command. Its rows show up here when it is done.', name);
}

/** What this process holds, by the lock's path. */
const heldHere = new Set<string>();

/**
 * Runs `work` while nobody else syncs the repository, in any window or process.
 * @param folders of the lease, which lies in the repository's folder
 * @param work gets the files to write with: a machine that slept for a while may have lost its lease, and must not
 * write into what somebody else is writing by now
 * @throws LeaseHeldError when somebody does, or has taken over meanwhile
 */
export async function withLease<T>(folders: CacheFolders, ref: RepositoryRef, log: (line: string) => void, work: (files: FilePort) => Promise<T>): Promise<T> {
	const { files } = folders;
	const path = join(await folders.find(ref), 'lease.json');
	const busy = (holder: Holder | 'stranger' | undefined) =>
		holder === 'stranger' ? new LeaseHeldError(inTheWay(path)) : LeaseHeldError.by(ref, heldHere.has(path) ? 'here' : holder);
	const lock = new FileLock({ files, path, now: Date.now, patienceMs: 0, busy, log });
	return lock.hold(async (renew) => {
		heldHere.add(path);
		let renewedAt = Date.now();
		const keep = async () => {
			await renew();
			renewedAt = Date.now();
		};
		const heartbeat = setInterval(() => void keep().catch(() => undefined), HEARTBEAT_MS);
		// Whoever renewed it so recently still holds it: it is taken over after three times as long.
		const check = async () => {
			if (Math.abs(Date.now() - renewedAt) > HEARTBEAT_MS) {
				await keep();
			}
		};
		try {
			return await work(writingAfter(check, files));
		} catch (error) {
			throw error instanceof LockLostError ? LeaseHeldError.by(ref, undefined) : error;
		} finally {
			clearInterval(heartbeat);
			heldHere.delete(path);
		}
	});
}

/** Files that are written only after a check. */
function writingAfter(check: () => Promise<void>, files: FilePort): FilePort {
	const checked = async <T>(write: () => Promise<T>): Promise<T> => {
		await check();
		return write();
	};
	return {
		read: (path, most) => files.read(path, most),
		readRange: (path, offset, length) => files.readRange(path, offset, length),
		stat: (path) => files.stat(path),
		list: (folder) => files.list(folder),
		append: (path, data) => checked(() => files.append(path, data)),
		writeAtomic: (path, data) => checked(() => files.writeAtomic(path, data)),
		createExclusive: (path, data) => checked(() => files.createExclusive(path, data)),
		truncate: (path, size) => checked(() => files.truncate(path, size)),
		move: (from, to) => checked(() => files.move(from, to)),
		protect: (path) => checked(() => files.protect(path)),
		removeEmpty: (path) => checked(() => files.removeEmpty(path)),
		remove: (path) => checked(() => files.remove(path)),
	};
}
