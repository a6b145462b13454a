import { tmpdir } from 'node:os';

/** Where a process of the tests finds the temp folder of the machine, when its own is in memory. */
export const DISK_VARIABLE = 'PR_SEEDER_DISK_TEMP';

/** The temp folder on the disk, for what is about the time that writing takes. */
export function diskTemp(): string {
	return process.env[DISK_VARIABLE] ?? tmpdir();
}
