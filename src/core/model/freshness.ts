const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Whether what was last brought up to date then says too little of today to go without a word. What has never been
 * read to its end is not old but unfinished, and is marked as that.
 * @param syncedAt ISO 8601 UTC
 * @param now milliseconds since the Unix epoch
 */
export function isStale(syncedAt: string | null, now: number): boolean {
	return syncedAt !== null && now - Date.parse(syncedAt) > WEEK_MS;
}
