import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { installRoot } from './paths';

const heartbeatMs = 2000;
const staleMs = 20_000;

/**
 * Runs `work` while no other process of this checkout does so under the same name. The holder touches the lock every two seconds; a lock nobody touched for
 * twenty was left by a process that died, and is taken over.
 */
export async function withLock(name: string, work: () => Promise<void>): Promise<void> {
	const lock = join(installRoot, `${name}.lock`);
	await mkdir(installRoot, { recursive: true });
	while (!(await acquire(lock))) await delay(200);
	const heartbeat = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => undefined), heartbeatMs);
	try {
		await work();
	} finally {
		clearInterval(heartbeat);
		await rm(lock, { recursive: true, force: true });
	}
}

async function acquire(lock: string): Promise<boolean> {
	try {
		await mkdir(lock);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	const touched = await stat(lock).then(({ mtimeMs }) => mtimeMs, () => undefined);
	if (touched !== undefined && Date.now() - touched > staleMs) {
		// Of several that see the stale lock only one can move it away; the others find it gone and queue.
		const abandoned = `${lock}.${process.pid}`;
		await rename(lock, abandoned).catch(() => undefined);
		await rm(abandoned, { recursive: true, force: true });
	}
	return false;
}
