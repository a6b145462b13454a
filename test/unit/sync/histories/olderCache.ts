import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the release before did not write into its cache. */
const LATER = ['standing', 'reviewThreads', 'events', 'commitOid', 'mergedBy', 'app', 'workflow', 'event', 'checksState', 'refused', 'repository', 'databaseId', 'refusals', 'checksBatchSize', 'probeSize', 'vanished',
	'labelsRead', 'milestonesRead', 'restored', 'renewal', 'extent', 'openUnlisted', 'restChecksFrom', 'watchedFrom', 'watchedClosedFrom', 'threadsFrom', 'viewer', 'teamsReadAt'];
/** What the very first version did not write into its state. */
const LATER_THAN_FIRST = ['repo_pushed_at', 'watchedFrom', 'unlisted'];

/** Makes a cache one that the release before would have left. What is damaged stays. */
export async function makeOlder(folder: string, journal: string): Promise<void> {
	const lines = (await readFile(join(folder, journal), 'utf8')).split('\n').filter((line) => line !== '');
	const older = lines.map((line) => `${asBefore(line)}\n`).join('');
	await writeFile(join(folder, journal), older);
	const state = asBefore(await readFile(join(folder, 'state.json'), 'utf8'));
	const withSize = state.replace(/("journal":\{"file":"[^"]*","size":)\d+/, (_found, before: string) => `${before}${Buffer.byteLength(older)}`);
	await writeFile(join(folder, 'state.json'), withSize.replace(/\}$/, ',"missingFields":[],"rollupRefused":false,"checksRefused":false}'));
	await rm(join(folder, 'index.json'), { force: true });
}

/** A line of the journal, or the state, as it was written then. */
function asBefore(text: string): string {
	return without(text, isLater);
}

/** The state as the very first version would have written it. */
export function asAtFirst(state: string): string {
	return without(state, (name) => LATER_THAN_FIRST.includes(name));
}

function without(text: string, isMeant: (name: string, holder: object) => boolean): string {
	try {
		return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
			typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !isMeant(name, value))) : value,
		);
	} catch {
		return text;
	}
}

/** Of pull requests and reviews that release had the id; of versions that of the state. */
function isLater(name: string, holder: object): boolean {
	return name === 'version' ? 'pullRequest' in holder : LATER.includes(name) && !(name === 'databaseId' && !('journal' in holder));
}
