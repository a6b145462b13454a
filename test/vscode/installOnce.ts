import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installRoot } from './paths';
import { withLock } from './withLock';

const marker = '.installed.json';

/**
 * A folder of `.vscode-test/` that is either absent or whole. `fill` puts the content into a new folder, which takes
 * the final name only when it is finished, so an interrupted installation is simply done again.
 *
 * @param name the folder's name; it carries the version
 * @param versions what is in it; a folder whose marker says otherwise is replaced
 * @returns the folder's absolute path
 */
export async function installOnce(name: string, versions: Record<string, string>, fill: (folder: string) => Promise<void>): Promise<string> {
	const folder = join(installRoot, name);
	const wanted = JSON.stringify(versions);
	if (await isInstalled(folder, wanted)) return folder;
	await withLock(name, async () => {
		if (await isInstalled(folder, wanted)) return;
		const unfinished = `${folder}.unfinished`;
		await rm(unfinished, { recursive: true, force: true });
		await mkdir(unfinished, { recursive: true });
		const started = Date.now();
		console.log(`Installing ${name} into .vscode-test (once) …`);
		await fill(unfinished);
		await writeFile(join(unfinished, marker), wanted);
		await rm(folder, { recursive: true, force: true });
		await rename(unfinished, folder);
		console.log(`Installed ${name} in ${Math.round((Date.now() - started) / 1000)} s.`);
	});
	return folder;
}

async function isInstalled(folder: string, wanted: string): Promise<boolean> {
	return (await readFile(join(folder, marker), 'utf8').catch(() => undefined)) === wanted;
}
