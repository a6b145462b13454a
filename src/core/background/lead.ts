import { join } from 'node:path';
import { FileLock, inTheWay, LockLostError } from '../files/fileLock';
import type { FilePort } from '../files/filePort';
import type { Clock } from '../model/clock';
import { HumanError } from '../model/humanError';

/** How often whoever leads says so. */
export const HEARTBEAT_MS = 60_000;
/** A window that says no more for this long leads no more; one whose process is gone stops leading at once. */
export const STALE_MS = 3 * HEARTBEAT_MS;

/** Another window leads. */
export class LeadHeldError extends Error {
	override readonly name = 'LeadHeldError';

	constructor() {
		super('Another window keeps the repositories up to date.');
	}
}

/** To be in the lead, for as long as it lasts. */
export interface Lead {
	/** Aborts when another window has taken over. */
	readonly signal: AbortSignal;
	/** Whether this window still leads: to be asked before something is begun, because a machine may have slept since. */
	confirm(): Promise<boolean>;
}

/**
 * Runs `work` while no other window over the same storage folder leads.
 * @throws LeadHeldError when one does, HumanError when something that is no lock stands in the place of theirs
 */
export async function withLead(
	{ files, storage, clock, log }: { files: FilePort; storage: string; clock: Clock; log: (line: string) => void },
	work: (lead: Lead) => Promise<void>,
): Promise<void> {
	const path = join(storage, 'background.lock');
	const lock = new FileLock({
		files,
		path,
		now: () => clock.now(),
		patienceMs: 0,
		staleMs: STALE_MS,
		log,
		busy: (holder) => (holder === 'stranger' ? new HumanError(inTheWay(path)) : new LeadHeldError()),
	});
	await lock.hold(async (renew) => {
		const over = new AbortController();
		const lost = new AbortController();
		let renewedAt = clock.now();
		const keep = async () => {
			try {
				await renew();
				renewedAt = clock.now();
			} catch (error) {
				// A disk that is full for a moment costs nobody the lead: until another one takes it, it is held.
				if (error instanceof LockLostError) {
					lost.abort();
				}
			}
		};
		const heartbeat = everyMinute(clock, over.signal, keep);
		try {
			await work({
				signal: lost.signal,
				confirm: async () => {
					if (Math.abs(clock.now() - renewedAt) > HEARTBEAT_MS) {
						await keep();
					}
					return !lost.signal.aborted;
				},
			});
		} finally {
			over.abort();
			// One that is being written must not be written after the lock has been let go of.
			await heartbeat;
		}
	});
}

async function everyMinute(clock: Clock, end: AbortSignal, beat: () => Promise<void>): Promise<void> {
	while (!end.aborted) {
		await clock.sleep(HEARTBEAT_MS, end).then(beat, () => undefined);
	}
}
