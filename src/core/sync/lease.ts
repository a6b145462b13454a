import { join } from 'node:path';
import type { FilePort } from '../files/filePort';
import { HumanError } from '../model/humanError';
import { FileLock, type Holder } from '../files/fileLock';

const HEARTBEAT_MS = 10_000;

/** Somebody else is syncing the repository: another window, or a command line. */
export class LeaseHeldError extends HumanError {
	override readonly name = 'LeaseHeldError';

	constructor(
		nameWithOwner: string,
		readonly holder: Holder | undefined,
	) {
		super(
			`${nameWithOwner} is being seeded by another window or command` +
				(holder ? ` (process ${holder.pid})` : '') +
				'. Its rows show up here as soon as it is done.',
		);
	}
}

/**
 * Runs `work` while nobody else syncs the repository of this folder, in any window or process.
 * @throws LeaseHeldError when somebody does
 */
export async function withLease<T>(files: FilePort, folder: string, nameWithOwner: string, work: () => Promise<T>): Promise<T> {
	const lock = new FileLock({
		files,
		path: join(folder, 'lease.json'),
		now: Date.now,
		patienceMs: 0,
		busy: (holder) => new LeaseHeldError(nameWithOwner, holder),
	});
	return lock.hold(async (renew) => {
		const heartbeat = setInterval(() => void renew().catch(() => undefined), HEARTBEAT_MS);
		try {
			return await work();
		} finally {
			clearInterval(heartbeat);
		}
	});
}
