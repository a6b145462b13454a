import { repositoryKey, type RepositoryRef } from '../model/repository';

interface Due {
	/** Of the sync that it follows; `undefined` where there was none. */
	syncedAt: number | undefined;
	at: number;
}

export interface DueTimesOptions {
	/** Milliseconds by the local clock; so are all times that are given back. */
	now: () => number;
	/** See `lastSyncedAt`: what is on disk, whoever wrote it. */
	lastSyncedAt: (ref: RepositoryRef) => Promise<number | undefined>;
}

/**
 * When each repository is to be synced again: an interval after its last sync, whichever window, person or command
 * it was by. The local clock may be wrong, so a sync seen here first is never believed to be older or newer than an interval.
 */
export class DueTimes {
	private readonly known = new Map<string, Due>();

	constructor(private readonly options: DueTimesOptions) {}

	/** When a repository is due. One that is due by what is remembered is looked up: somebody may have synced it meanwhile. */
	async of(ref: RepositoryRef, intervalMs: number): Promise<number> {
		const { now, lastSyncedAt } = this.options;
		const remembered = this.known.get(repositoryKey(ref));
		// Nothing is put off by more than an interval: a time further away was said by a clock that has been set back since.
		const known = remembered && remembered.at <= now() + intervalMs ? remembered : undefined;
		if (known && known.at > now()) {
			return known.at;
		}
		const syncedAt = await lastSyncedAt(ref);
		if (known && known.syncedAt === syncedAt) {
			return known.at;
		}
		const at = syncedAt === undefined ? now() : Math.min(Math.max(now(), syncedAt + intervalMs), now() + intervalMs);
		this.known.set(repositoryKey(ref), { syncedAt, at });
		return at;
	}

	/** Sets when a repository is due next, whatever the last attempt came to. */
	async postpone(ref: RepositoryRef, at: number): Promise<number> {
		this.known.set(repositoryKey(ref), { syncedAt: await this.options.lastSyncedAt(ref), at });
		return at;
	}

	/** Forgets everything: what is on disk counts again. */
	clear(): void {
		this.known.clear();
	}
}
