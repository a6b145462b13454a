import { isCount, isInstant, isName, isNumber, isObject, isText, listOfEach, nullOr, shaped } from '../model/guards';
import { isListName, isPullRequest, isState } from '../model/shape';
import type { CacheEntry, CacheRecord } from './cacheRecord';

// What the cache's files have to hold to be taken for what this code wrote.

const isTime = (value: unknown): value is number => Number.isFinite(value);

const isEtags = (value: unknown): value is Record<string, string> =>
	value === undefined || (isObject(value) && Object.values(value).every(isText));

export const isCacheRecord = shaped<CacheRecord>({
	pullRequest: isPullRequest,
	detailsOf: nullOr(isInstant),
	readAt: isTime,
	checks: nullOr(isText),
	tries: isCount,
	etags: isEtags,
});

export const isCacheEntry = shaped<CacheEntry>({
	number: isNumber,
	id: isName,
	state: isState,
	createdAt: isInstant,
	updatedAt: isInstant,
	closedAt: nullOr(isInstant),
	headOid: isText,
	detailsOf: nullOr(isInstant),
	readAt: isTime,
	checks: nullOr(isText),
	partial: listOfEach(isListName),
	tries: isCount,
	offset: isCount,
	length: isCount,
});
