import { systemClock } from '../model/clock';
import { CancelledError } from '../model/humanError';
import { sentence, type Sentence } from '../model/sentence';
import type { FilePort } from './filePort';
import { isLinkError, isStrangeFile } from './storageError';
import { processPlace, samePlace, type ProcessPlace } from './processPlace';

/** A lock that says no more for this long is nobody's: its holder crashed, or its machine slept. */
const STALE_MS = 30_000;
/**
 * What is no lock of any release says no more however long one waits; only one that is being written looks like that, for
 * a moment. JSON of another shape may be a lock of a later release, which its holder renews.
 */
const STRANGE_MS = 3_000;
const WAIT_MS = 20;
/** Whoever only writes is done by then. */
const HURRIED_MS = 1_000;
/** What we write is some 300 bytes long. */
const LONGEST = 4_096;

export interface LockOptions {
	files: FilePort;
	path: string;
	/** Milliseconds since the Unix epoch. */
	now: () => number;
	/** How long to wait for the holder, in milliseconds; 0: not at all. */
	patienceMs: number;
	/** Once aborted, the holder is waited for no longer than a second. */
	hurry?: AbortSignal | undefined;
	/** Where this process runs; as {@link processPlace} says when absent. */
	place?: ProcessPlace;
	/** After how many milliseconds without a word from its holder a lock is nobody's; 30 s when absent. */
	staleMs?: number;
	/** The error of one whose patience ran out; `'stranger'`: what stands there is no lock, see {@link inTheWay}. */
	busy: (holder: Holder | 'stranger' | undefined) => Error;
	/** One line for the log. */
	log: (line: string) => void;
}

/** What a lock file says; those of earlier releases do not say where the process runs. */
export interface Holder extends Partial<ProcessPlace> {
	pid: number;
	/** Milliseconds since the Unix epoch, renewed while the holder works. */
	time: number;
	token: string;
}

/** The lock went to somebody else meanwhile, because it looked abandoned. */
export class LockLostError extends Error {
	override readonly name = 'LockLostError';
}

/**
 * One holder at a time, across windows and processes: a file that only one can make.
 * One left by a dead process, or not renewed for too long, is taken over. Whether a process
 * is dead can be told of those of the same place alone; nor can the clock of another machine be trusted.
 */
export class FileLock {
	private readonly staleMs: number;
	private readonly place: ProcessPlace;
	/** Before this no lock of somebody elsewhere can have been silent for long enough, by `performance.now()`. */
	private lookAgainAt = 0;

	constructor(private readonly options: LockOptions) {
		this.staleMs = options.staleMs ?? STALE_MS;
		this.place = options.place ?? processPlace();
	}

	/**
	 * Runs `work` while nobody else holds the lock. `work` gets a function that renews it and
	 * @throws LockLostError when it is no longer ours; to be called right before anything is written
	 * @throws CancelledError when whoever waits is in a hurry
	 */
	async hold<T>(work: (renew: () => Promise<void>) => Promise<T>): Promise<T> {
		const { files, path } = this.options;
		const token = crypto.randomUUID();
		await this.take(token);
		try {
			return await work(async () => {
				if ((await this.holder())?.token !== token) {
					throw new LockLostError('The lock was taken over by another process.');
				}
				await files.writeAtomic(path, this.content(token));
			});
		} finally {
			await this.release(token);
		}
	}

	private async release(token: string): Promise<void> {
		try {
			if ((await this.holder())?.token === token) {
				await this.options.files.remove(this.options.path);
			}
		} catch {
			// What was to be written is written; the lock goes stale by itself.
		}
	}

	private async take(token: string): Promise<void> {
		const { files, path, hurry } = this.options;
		for (let waited = 0; !(await files.createExclusive(path, this.content(token))); waited += WAIT_MS) {
			if (await this.takeOver()) {
				continue;
			}
			if (waited >= this.options.patienceMs) {
				throw this.options.busy(await this.present());
			}
			if (hurry?.aborted === true && waited >= HURRIED_MS) {
				throw new CancelledError();
			}
			await systemClock.sleep(WAIT_MS);
		}
	}

	/**
	 * Removes an abandoned lock. Of those who find it only the one who makes the file next to it may do so, or the second
	 * would remove the first one's new lock. That file is a lock itself: whoever made it may have died in the middle.
	 */
	private async takeOver(lock = this.options.path, passed: ReadonlySet<string> = new Set()): Promise<boolean> {
		const { files, path } = this.options;
		const abandoned = await this.abandoned(lock);
		if (abandoned === undefined) {
			return false;
		}
		if (passed.has(abandoned)) {
			// Each of ours has a token of its own: somebody has made these up.
			await this.remove(lock);
			return true;
		}
		const breaking = `${path}.${abandoned}`;
		if (!(await files.createExclusive(breaking, this.content(crypto.randomUUID())))) {
			return this.takeOver(breaking, new Set([...passed, abandoned]));
		}
		try {
			if ((await this.abandoned(lock)) === abandoned) {
				await this.remove(lock);
			}
			return true;
		} finally {
			await files.remove(breaking);
		}
	}

	/** Whoever put something else there should be able to find out where it went. */
	private async remove(lock: string): Promise<void> {
		if ((await this.present(lock)) === 'stranger') {
			this.options.log(`${lock} was removed: it stood in the place of a lock, but was none.`);
		}
		await this.options.files.remove(lock);
	}

	/** What tells an abandoned lock from any other; `undefined` when there is none or somebody is at work. */
	private async abandoned(lock: string): Promise<string | undefined> {
		const { files, now } = this.options;
		const found = await this.present(lock);
		const holder = found === 'stranger' ? undefined : found;
		if (holder !== undefined && samePlace(holder, this.place)) {
			// A clock that was set back would otherwise keep a lock of the future for as long.
			return Math.abs(now() - holder.time) > this.staleMs || !isAlive(holder.pid) ? holder.token : undefined;
		}
		// Of somebody elsewhere or of another release, or made but not yet written.
		const made = await files.stat(lock);
		if (made === undefined) {
			return undefined;
		}
		const name = holder?.token ?? `unwritten-${Math.trunc(made.modifiedMs)}`;
		// A link, a pipe: nobody who takes a lock makes one.
		if (!made.isFile && !made.isDirectory) {
			return name;
		}
		if (performance.now() < this.lookAgainAt) {
			return undefined;
		}
		const silentMs = (await this.fileTime()) - made.modifiedMs;
		const leftMs = found === 'stranger' ? strangeLeft(silentMs) : this.staleMs - Math.abs(silentMs);
		if (leftMs < 0) {
			return name;
		}
		// Whoever waits asks often, and each time a file is made.
		this.lookAgainAt = performance.now() + Math.min(leftMs, STRANGE_MS);
		return undefined;
	}

	/** What time it is by the clock that dates files, which in a folder of the network may be nobody's here. In milliseconds since the Unix epoch. */
	private async fileTime(): Promise<number> {
		const { files, now, path } = this.options;
		const probe = `${path}.${crypto.randomUUID()}.tmp`;
		try {
			await files.createExclusive(probe, new Uint8Array());
			return (await files.stat(probe))?.modifiedMs ?? now();
		} finally {
			await files.remove(probe);
		}
	}

	private async holder(lock = this.options.path): Promise<Holder | undefined> {
		const found = await this.present(lock);
		return found === 'stranger' ? undefined : found;
	}

	/** Whose lock there is; `undefined` where there is none, one that is not written yet, or one of a later release. */
	private async present(lock = this.options.path): Promise<Holder | 'stranger' | undefined> {
		try {
			const bytes = await this.options.files.read(lock, LONGEST);
			return bytes === undefined || bytes.length === 0 ? undefined : holderIn(bytes);
		} catch (error) {
			if (isStrangeFile(error) || isLinkError(error)) {
				return 'stranger';
			}
			throw error;
		}
	}

	private content(token: string): Uint8Array {
		const holder: Holder = { ...this.place, pid: process.pid, time: this.options.now(), token };
		return new TextEncoder().encode(JSON.stringify(holder));
	}
}

/** That something else than a lock stands in a lock's place, which counts as nobody's soon. */
export function inTheWay(path: string): Sentence {
	return sentence('{0} should be a lock of PR Seeder, but something else made it. Remove it, or try again in {1} seconds.', path, STRANGE_MS / 1_000);
}

/** For how many milliseconds more what is no lock may be one that is being written; none of the future is. */
function strangeLeft(silentMs: number): number {
	return silentMs < 0 ? -1 : STRANGE_MS - silentMs;
}

function holderIn(bytes: Uint8Array): Holder | 'stranger' | undefined {
	try {
		const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
		return isHolder(value) ? value : undefined;
	} catch {
		return 'stranger';
	}
}

function isHolder(value: unknown): value is Holder {
	return (
		typeof value === 'object' &&
		value !== null &&
		'pid' in value &&
		typeof value.pid === 'number' &&
		'time' in value &&
		typeof value.time === 'number' &&
		'token' in value &&
		typeof value.token === 'string' &&
		TOKEN.test(value.token) &&
		PLACE.every((name) => !(name in value) || typeof (value as Record<string, unknown>)[name] === 'string')
	);
}

/** It is a part of a file's name too. */
const TOKEN = /^[\w-]{1,64}$/;

const PLACE: readonly (keyof ProcessPlace)[] = ['host', 'boot', 'namespace'];

/** Signal 0 only asks. Another user's process may not be asked, so it is alive. */
function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
	}
}
