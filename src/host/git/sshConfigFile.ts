import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { includesOf, parseSshConfig, type SshConfig } from '../../core/model/sshConfig';

/** The person's configuration of ssh, with the files that it includes; an empty one where there is none that can be read. */
export async function readSshConfig(home = homedir()): Promise<SshConfig> {
	const folder = join(home, '.ssh');
	const text = await readText(join(folder, 'config'));
	const texts = new Map(await Promise.all(includesOf(text).map(async (pattern) => [pattern, await readIncluded(pathOf(pattern, home, folder))] as const)));
	return parseSshConfig(text, (pattern) => texts.get(pattern) ?? []);
}

function pathOf(pattern: string, home: string, folder: string): string {
	const path = pattern.replace(/^~(?=[\\/])/, home);
	return isAbsolute(path) ? path : join(folder, path);
}

/** A star stands in the name of a file alone, as in `config.d/*`. */
async function readIncluded(path: string): Promise<string[]> {
	if (!basename(path).includes('*')) {
		return [await readText(path)];
	}
	const [before = '', after = ''] = basename(path).split('*');
	const names = await readdir(dirname(path)).catch(() => []);
	return Promise.all(names.filter((name) => name.startsWith(before) && name.endsWith(after)).sort().map((name) => readText(join(dirname(path), name))));
}

async function readText(path: string): Promise<string> {
	return readFile(path, 'utf8').catch(() => '');
}
