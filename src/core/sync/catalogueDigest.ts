import { createHash } from 'node:crypto';
import type { CacheState } from '../cache/cacheState';

/** Tells a repository's labels and milestones from others; `null` for what has never been read. */
export interface CatalogueDigest {
	labels: string | null;
	milestones: string | null;
}

/** A state is never changed, only replaced. */
const digests = new WeakMap<object, string>();

/** The same for the same catalogue, whichever cache it was read into. */
export function catalogueDigest({ labels, labelsRead, milestones, milestonesRead }: Pick<CacheState, 'labels' | 'labelsRead' | 'milestones' | 'milestonesRead'>): CatalogueDigest {
	return { labels: labelsRead && digestOf(labels), milestones: milestonesRead && digestOf(milestones) };
}

/** The lists of which the server counts more than it has ever shown to this cache. */
export function incompleteLists({ labels, labelsRead, milestones, milestonesRead }: Pick<CacheState, 'labels' | 'labelsRead' | 'milestones' | 'milestonesRead'>): ('labels' | 'milestones')[] {
	return [...(labels.length < (labelsRead?.count ?? 0) ? (['labels'] as const) : []), ...(milestones.length < (milestonesRead?.count ?? 0) ? (['milestones'] as const) : [])];
}

function digestOf(list: readonly object[]): string {
	const digest = digests.get(list) ?? createHash('sha256').update(JSON.stringify(list)).digest('base64url');
	digests.set(list, digest);
	return digest;
}
