import { basename, join } from 'node:path';
import { mustRun } from '../vscode/childProcess';
import { repositoryRoot } from '../vscode/paths';

// Each suite is a bundle of its own, so a variable of this module would be one per suite.
const shared = globalThis as typeof globalThis & { prSeederVsix?: Promise<string> };

/**
 * The packaged extension, made by `npm run package` once per run of the tests.
 * @returns the absolute path of `pr-seeder.vsix`
 */
export function packagedExtension(): Promise<string> {
	shared.prSeederVsix ??= packageNow();
	return shared.prSeederVsix;
}

async function packageNow(): Promise<string> {
	const args = ['run', 'package', '--prefix', repositoryRoot];
	// By npm's own script where npm runs us: Windows cannot start npm.cmd without a shell.
	const npm = process.env['npm_execpath'] ?? '';
	await (basename(npm) === 'npm-cli.js' ? mustRun(process.execPath, [npm, ...args]) : mustRun('npm', args));
	return join(repositoryRoot, 'pr-seeder.vsix');
}
