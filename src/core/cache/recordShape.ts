import { isCount, isInstant, isKeyword, isName, isNumber, isObject, isText, isTime, listOfEach, nullOr, optional, shaped } from '../model/guards';
import { NO_CHECKS } from '../model/pullRequest';
import { isWithheldPart } from '../model/refusal';
import { isPartName, isPullRequest, isStanding, isState } from '../model/shape';
import type { CacheEntry, CacheRecord } from './cacheRecord';

// What the cache's files have to hold to be taken for what this code wrote.

const isEtags = (value: unknown): value is Record<string, string> =>
	value === undefined || (isObject(value) && Object.values(value).every(isText));

export const isCacheRecord = shaped<CacheRecord>({
	version: isCount,
	pullRequest: isPullRequest,
	detailsOf: nullOr(isInstant),
	readAt: isTime,
	seenAt: optional(isTime),
	checks: nullOr(isText),
	tries: isCount,
	refused: listOfEach(isWithheldPart),
	etags: isEtags,
});

export const isCacheEntry = shaped<CacheEntry>({
	version: isCount,
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
	standing: nullOr(isStanding),
	threads: nullOr(isText),
	partial: listOfEach(isPartName),
	tries: isCount,
	refused: listOfEach(isWithheldPart),
	offset: isCount,
	length: isCount,
});

/**
 * Puts what a record of an earlier release lacks in its place, as not known. What else it holds is not looked at.
 * @param value as read; changed in place
 */
export function upgradeRecord(value: Record<string, unknown>): void {
	value['refused'] ??= [];
	const pullRequest = value['pullRequest'];
	if (!isObject(pullRequest)) {
		return;
	}
	pullRequest['mergedBy'] ??= null;
	const details = pullRequest['details'];
	const isOfFirst = isObject(details) && details['checksState'] === undefined;
	if (isObject(details)) {
		details['standing'] ??= null;
		details['reviewThreads'] ??= null;
		details['events'] ??= null;
		fill(details['reviews'], { commitOid: null });
	}
	value['version'] ??= isOfFirst ? 1 : 2;
	if (!isOfFirst) {
		return;
	}
	// The fingerprint begins with the state, where GraphQL told it.
	const state = isText(value['checks']) ? value['checks'].split(' ', 1)[0] : undefined;
	const hasNone = isText(value['checks']) && isWholeAndEmpty(pullRequest, details);
	details['checksState'] = isKeyword(state) ? state : hasNone ? NO_CHECKS : null;
	fill(details['checks'], { app: null, workflow: null, event: null });
	fill(details['linkedIssues'], { repository: null });
}

function isWholeAndEmpty({ partial }: Record<string, unknown>, { checks }: Record<string, unknown>): boolean {
	return Array.isArray(checks) && checks.length === 0 && Array.isArray(partial) && !partial.includes('checks');
}

function fill(items: unknown, missing: Record<string, null>): void {
	for (const item of Array.isArray(items) ? (items as unknown[]) : []) {
		if (isObject(item)) {
			Object.assign(item, { ...missing, ...item });
		}
	}
}
