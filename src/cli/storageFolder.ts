import { homedir } from 'node:os';
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
	const { XDG_DATA_HOME: xdg, LOCALAPPDATA: local } = env;
	// The specification says to ignore a relative path.
	if (xdg !== undefined && isAbsolute(xdg)) {
		return join(xdg, NAME);
	}
	switch (platform) {
		case 'darwin':
			return join(homedir(), 'Library', 'Application Support', NAME);
		case 'win32':
			return join(local !== undefined && local !== '' ? local : join(homedir(), 'AppData', 'Local'), NAME);
		default:
			return join(homedir(), '.local', 'share', NAME);
	}
}
