import { isBoolean, isCount, isNumber, isText, listOfEach, nullOr, shaped } from '../model/guards';
import type { CatalogueDigest } from './catalogueDigest';

/** How far the database has followed a repository's cache. */
export interface Followed extends CatalogueDigest {
	file: string;
	size: number;
	/** {@link CacheState.restored} */
	restored: number;
	/** Rows that this journal does not know have been dropped. */
	alone: boolean;
	/** Numbers of pull requests with a label that the catalogue did not have, see {@link awaitsLabel}. */
	waiting: number[];
}

const isFollowed = shaped<Followed>({
	file: isText,
	size: isCount,
	labels: nullOr(isText),
	milestones: nullOr(isText),
	restored: isCount,
	alone: isBoolean,
	waiting: listOfEach(isNumber),
});

/** Reads a repository's {@link RepositoryRow.cachePosition}; `undefined` for what was not written here: then everything is applied again. */
export function followedOf(text: string): Followed | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isFollowed(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
