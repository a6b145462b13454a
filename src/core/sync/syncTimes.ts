import { join } from 'node:path';
import type { CacheFolders } from '../cache/cacheFolders';
import type { CacheState } from '../cache/cacheState';
import { storedState } from '../cache/storedState';
import { parseRepository, repositoryKey } from '../model/repository';
import type { RepositoryRow } from '../store/read/repositories';
import { catalogueDigest, type CatalogueDigest } from './catalogueDigest';
import { followedOf } from './followed';

/** What is needed of a row. */
type Timed = Pick<RepositoryRow, 'host' | 'nameWithOwner' | 'cachePosition' | 'syncedAt'>;

interface Known {
	folder: string;
	/** Of the file that it was read from: another one after every write. */
	version: string;
	state: Standing | undefined;
}

type Standing = Pick<CacheState, 'syncedAt' | 'journal'> & { catalogue: CatalogueDigest };

/**
 * When repositories were last looked at. A sync that finds nothing notes that in the cache at once, but in the database,
 * which is written as a whole, only now and then. So the cache is asked, whichever window or process wrote it.
 */
export class SyncTimes {
	/** By repository key. */
	private readonly known = new Map<string, Known>();

	constructor(private readonly folders: CacheFolders) {}

	/** The same rows, each with the time of its last sync where its cache knows a later one. A cache that can't be read says nothing. */
	applied<R extends Timed>(rows: readonly R[]): Promise<R[]> {
		return Promise.all(rows.map((row) => this.appliedTo(row)));
	}

	private async appliedTo<R extends Timed>(row: R): Promise<R> {
		// One that has never been read to its end has no age, whatever came of it since.
		const followed = row.cachePosition === null || row.syncedAt === null ? undefined : followedOf(row.cachePosition);
		const state = followed && (await this.stateOf(row).catch(() => undefined));
		if (!followed || !state || state.syncedAt === null || state.syncedAt <= (row.syncedAt ?? '')) {
			return row;
		}
		// What the rows do not show yet has not been looked at, as far as whoever reads the rows is concerned.
		const shows = isShown(state.catalogue, followed) && state.journal.file === followed.file && state.journal.size <= followed.size;
		return shows ? { ...row, syncedAt: state.syncedAt } : row;
	}

	/** Read anew only where the file is another: most of the time that is one look at it. */
	private async stateOf({ host, nameWithOwner }: Timed): Promise<Standing | undefined> {
		const ref = parseRepository(nameWithOwner, host);
		const key = repositoryKey(ref);
		const { files } = this.folders;
		const known = this.known.get(key);
		const folder = known?.folder ?? (await this.folders.find(ref));
		const stat = await files.stat(join(folder, 'state.json'));
		if (stat === undefined) {
			this.known.delete(key);
			return undefined;
		}
		const version = `${stat.identity} ${stat.modifiedMs} ${stat.size}`;
		if (known?.version === version) {
			return known.state;
		}
		const stored = await storedState(this.folders, ref);
		const state = stored && { syncedAt: stored.syncedAt, catalogue: catalogueDigest(stored), journal: stored.journal };
		this.known.set(key, { folder, version, state });
		return state;
	}
}

function isShown(read: CatalogueDigest, followed: CatalogueDigest): boolean {
	return (read.labels ?? followed.labels) === followed.labels && (read.milestones ?? followed.milestones) === followed.milestones;
}
