import { basename, join } from 'node:path';
import { mustRun } from '../vscode/childProcess';
import { repositoryRoot } from '../vscode/paths';

/** Where a process finds the package that was made for it. */
export const PACKAGE_VARIABLE = 'PR_SEEDER_VSIX';

let made: Promise<string> | undefined;

/**
 * The packaged extension: the one that was made for this run of the tests, or else made once by this process.
 * @returns the absolute path of `pr-seeder.vsix`
 */
export function packagedExtension(): Promise<string> {
	const given = process.env[PACKAGE_VARIABLE];
	made ??= given === undefined ? makePackage() : Promise.resolve(given);
	return made;
}

/** Runs `npm run package`. @returns the absolute path of `pr-seeder.vsix` */
export async function makePackage(): Promise<string> {
	const args = ['run', 'package', '--prefix', repositoryRoot];
	// By npm's own script where npm runs us: Windows cannot start npm.cmd without a shell.
	const npm = process.env['npm_execpath'] ?? '';
	await (basename(npm) === 'npm-cli.js' ? mustRun(process.execPath, [npm, ...args]) : mustRun('npm', args));
	return join(repositoryRoot, 'pr-seeder.vsix');
}
