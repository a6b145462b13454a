// Required by mocha: what the tests write goes into memory where the machine has some for that, and is gone afterwards.
// A third of a run over the disk is waiting for it to confirm what it wrote, and no test can pull the plug.
import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DISK_VARIABLE } from './diskTemp';

const memory = '/dev/shm';
/** More than the tests ever have at once. In a container the folder is often tiny. */
const neededBytes = 2 * 1024 ** 3;
const prefix = 'pr-seeder-tests-';

/** Of the process that made it; the processes that it starts have it as their temp folder. */
let own: string | undefined;

if (hasMemory() && !tmpdir().startsWith(join(memory, prefix))) {
	removeAbandoned();
	own = join(memory, `${prefix}${process.pid}`);
	mkdirSync(own, { recursive: true });
	process.env[DISK_VARIABLE] = tmpdir();
	process.env['TMPDIR'] = own;
}

export function mochaGlobalTeardown(): void {
	if (own !== undefined) rmSync(own, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function hasMemory(): boolean {
	if (process.platform !== 'linux' || !existsSync(memory)) return false;
	const { bavail, bsize } = statfsSync(memory);
	return bavail * bsize >= neededBytes;
}

/** What a run left that was killed. */
function removeAbandoned(): void {
	for (const name of readdirSync(memory)) {
		if (name.startsWith(prefix) && !existsSync(join('/proc', name.slice(prefix.length)))) rmSync(join(memory, name), { recursive: true, force: true });
	}
}
