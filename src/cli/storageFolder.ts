import { isAbsolute, join, resolve } from 'node:path';
import { UsageError } from './usageError';

const NAME = 'pr-seeder';

/**
 * The absolute path of the storage folder: the one asked for, or the platform's place for an application's data.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function storageFolder(asked: string | undefined, env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
	if (asked !== undefined) {
		if (asked.trim() === '') {
			throw new UsageError('--storage needs the name of a folder.');
		}
		return resolve(asked);
	}
	const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local, HOME: home, USERPROFILE: profile } = env;
	// The specification says to ignore a relative path.
	if (xdg !== undefined && isAbsolute(xdg)) {
		return join(xdg, NAME);
	}
	switch (platform) {
		case 'darwin':
			return join(folderIn('HOME', home), 'Library', 'Application Support', NAME);
		case 'win32':
			return join(local !== undefined && local !== '' ? local : join(folderIn('USERPROFILE', profile), 'AppData', 'Local'), NAME);
		default:
			return join(folderIn('HOME', home), '.local', 'share', NAME);
	}
}

/** The system could say whose home it is by the account; but a job without the variable is nobody's, and would be sought there in vain. */
function folderIn(name: string, value: string | undefined): string {
	if (value === undefined || !isAbsolute(value)) {
		throw new UsageError(`There is no place to keep things: the environment has no ${name}. Name a folder with --storage DIR.`);
	}
	return value;
}
