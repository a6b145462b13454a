/** What the release before did not write into its cache. */
const LATER = ['app', 'workflow', 'event', 'checksState', 'refused', 'repository', 'databaseId', 'refusals', 'checksBatchSize', 'probeSize', 'vanished',
	'labelsRead', 'milestonesRead', 'restored', 'renewal', 'extent', 'openUnlisted', 'restChecksFrom', 'watchedFrom', 'watchedClosedFrom'];
/** What the very first version did not write into its state. */
const LATER_THAN_FIRST = ['repo_pushed_at', 'watchedFrom', 'unlisted'];

/** A line of the journal, or the state, as the release before would have written it. */
export function asBefore(text: string): string {
	return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
		typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !isLater(name, value))) : value,
	);
}

/** Of pull requests and reviews that release had the id. */
function isLater(name: string, holder: object): boolean {
	return LATER.includes(name) && !(name === 'databaseId' && !('journal' in holder));
}

/** Whether a field of the state has come since the first version. */
export function isBefore(name: string): boolean {
	return LATER_THAN_FIRST.includes(name);
}
