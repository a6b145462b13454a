import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './childProcess';
import { installRoot } from './paths';
import { withLock } from './withLock';

let listsUpdated = false;

/** Whether this process may install Debian packages: Linux, root, apt-get present. */
export async function canInstallPackages(): Promise<boolean> {
	if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
	return (await run('apt-get', ['--version'])).code === 0;
}

/**
 * Installs Debian packages with apt-get, waiting for another apt that runs.
 *
 * @returns undefined when they are installed, otherwise what apt-get said
 */
export async function installPackages(packages: readonly string[]): Promise<string | undefined> {
	console.log(`Installing system packages: ${packages.join(' ')} …`);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const wait = ['-o', 'DPkg::Lock::Timeout=300', '-y'];
	if (!listsUpdated) {
		const update = await run('apt-get', [...wait, 'update'], env);
		if (update.code !== 0) return update.output;
		listsUpdated = true;
	}
	const install = await run('apt-get', [...wait, 'install', '--no-install-recommends', ...packages], env);
	return install.code === 0 ? undefined : install.output;
}

/**
 * Makes text, emoji and Japanese visible in screenshots on a bare Linux machine. It is tried once per checkout and
 * never fails: without the fonts the tests still run, only the pictures show boxes.
 */
export async function ensureFonts(): Promise<void> {
	if (process.platform !== 'linux') return;
	const tried = join(installRoot, '.fonts-tried');
	if (await exists(tried)) return;
	await withLock('system-packages', async () => {
		if (await exists(tried)) return;
		const missing = await missingFontPackages();
		if (missing.length > 0) {
			const reason = (await canInstallPackages()) ? await installPackages(missing) : 'not root, or no apt-get';
			if (reason) console.warn(`Fonts are missing, so screenshots may show boxes. Install ${missing.join(' ')}. (${reason.slice(-300)})`);
		}
		await writeFile(tried, '');
	});
}

function exists(path: string): Promise<boolean> {
	return access(path).then(() => true, () => false);
}

async function missingFontPackages(): Promise<string[]> {
	const all = await run('fc-list', [':', 'family']);
	if (all.code !== 0) return ['fontconfig', 'fonts-dejavu', 'fonts-noto-core', 'fonts-noto-cjk', 'fonts-noto-color-emoji'];
	const japanese = await run('fc-list', [':lang=ja', 'family']);
	return [
		...(all.output.trim() === '' ? ['fonts-dejavu', 'fonts-noto-core'] : []),
		...(japanese.output.trim() === '' ? ['fonts-noto-cjk'] : []),
		...(/emoji/i.test(all.output) ? [] : ['fonts-noto-color-emoji']),
	];
}
