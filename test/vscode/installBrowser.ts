import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mustRun, npmInstall, run } from './childProcess';
import { installOnce } from './installOnce';
import { canInstallPackages, installPackages } from './systemPackages';
import { withLock } from './withLock';

/** The last version whose `engines` accept Node 20. */
const packageVersion = '147.0.0';

/**
 * The path of a Chromium that starts on this machine: `CHROMIUM_PATH`, an installed Chromium, Chrome or Edge, or on
 * Linux x64 the npm package's, installed on demand together with the system libraries it lacks.
 *
 * @throws Error saying what to install, when there is none and none can be installed
 */
export async function installBrowser(): Promise<string> {
	const chosen = process.env['CHROMIUM_PATH'];
	if (chosen) {
		if (!existsSync(chosen)) throw new Error(`CHROMIUM_PATH names ${chosen}, which does not exist.`);
		return chosen;
	}
	for (const path of usualPlaces()) {
		if (existsSync(path) && !(await whyItFails(path))) return path;
	}
	if (process.platform === 'linux' && process.arch === 'x64') return await installFromNpm();
	if ((await canInstallPackages()) && !(await installPackages(['chromium']))) return '/usr/bin/chromium';
	throw new Error('No Chromium found. Install Chromium, Google Chrome or Microsoft Edge, or set CHROMIUM_PATH to one.');
}

function usualPlaces(): string[] {
	if (process.platform === 'darwin') {
		return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
	}
	if (process.platform === 'win32') {
		const roots = [process.env['ProgramFiles'], process.env['ProgramFiles(x86)'], process.env['LOCALAPPDATA']].filter((root) => root !== undefined);
		const files = [['Google', 'Chrome', 'Application', 'chrome.exe'], ['Microsoft', 'Edge', 'Application', 'msedge.exe']];
		return roots.flatMap((root) => files.map((file) => join(root, ...file)));
	}
	return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].map((name) => `/usr/bin/${name}`);
}

async function installFromNpm(): Promise<string> {
	const folder = await installOnce(`chromium-${packageVersion}`, { '@sparticuz/chromium': packageVersion }, async (target) => {
		await npmInstall(target, `@sparticuz/chromium@${packageVersion}`);
		// The package unpacks into the temp folder, under a fixed name that other programs share: give it one of ours.
		const module = join(target, 'node_modules', '@sparticuz', 'chromium', 'build', 'esm', 'index.js');
		const unpack = 'import(process.argv[1]).then((module) => module.default.executablePath())';
		await mustRun(process.execPath, ['-e', unpack, pathToFileURL(module).href], { ...process.env, TMPDIR: target });
	});
	const path = join(folder, 'chromium');
	await withLock('system-packages', async () => {
		const failure = await whyItFails(path);
		if (failure) await installLibraries(path, failure);
	});
	return path;
}

async function installLibraries(path: string, failure: string): Promise<void> {
	const advice = 'Install the packages libnss3 and libnspr4 (Debian, Ubuntu), or chromium, or set CHROMIUM_PATH to a working browser.';
	if (!(await canInstallPackages())) throw new Error(`Chromium does not start: ${failure.trim()}\n${advice}`);
	const refused = await installPackages(['libnss3', 'libnspr4']);
	if (!refused && !(await whyItFails(path))) return;
	// Some other library is missing too: Debian's chromium brings all of them.
	const refusedToo = await installPackages(['chromium']);
	const still = refusedToo ?? (await whyItFails(path));
	if (still) throw new Error(`Chromium does not start: ${still.trim().slice(-1000)}\n${advice}`);
}

/** What a browser says instead of its version, or undefined when it starts. Elsewhere than on Linux it would open a window. */
async function whyItFails(path: string): Promise<string | undefined> {
	if (process.platform !== 'linux') return undefined;
	const { code, output } = await run(path, ['--version']);
	return code === 0 ? undefined : output || 'it ends at once';
}
