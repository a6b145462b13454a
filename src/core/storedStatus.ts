import type { StoreWith } from './store/read/reads';
import { sameRepository } from './cache/cacheFolders';
import { isStale } from './model/freshness';
import { parseRepository, storedKey, type RepositoryRef } from './model/repository';
import type { CacheStatus, SeedService } from './seedService';
import type { RepositoryRow } from './store/read/repositories';

/** One repository that is stored: in the cache, in the database, or as usual in both. */
export interface StoredStatus extends CacheStatus {
	/** What was seeded without a cache has rows alone. */
	cached: boolean;
	/** Last brought up to date more than a week ago. */
	stale: boolean;
}

/** Everything that is stored, by name; one repository of it when given. */
export async function storedStatus(
	{ service, store, now }: { service: Pick<SeedService, 'status'>; store: StoreWith<'repositories'>; now: number },
	ref?: RepositoryRef,
): Promise<StoredStatus[]> {
	const [caches, rows] = await Promise.all([service.status(ref), store.read.repositories()]);
	const known = new Set(caches.map(storedKey));
	const rowsAlone = rows.filter((row) => !known.has(storedKey(row)) && (ref === undefined || sameRepository(ref, refOf(row)))).map(withoutCache);
	return [...caches.map((one) => ({ ...one, cached: true })), ...rowsAlone].map((one) => ({ ...one, stale: isStale(one.syncedAt, now) }));
}

function withoutCache({ host, nameWithOwner, pullRequests, totalCount, syncedAt, partial }: RepositoryRow): Omit<StoredStatus, 'stale'> {
	return { host, nameWithOwner, pullRequests, totalCount, bytes: 0, syncedAt, partial, resumable: false, cached: false };
}

function refOf({ host, nameWithOwner }: { host: string; nameWithOwner: string }): RepositoryRef {
	return parseRepository(nameWithOwner, host);
}
