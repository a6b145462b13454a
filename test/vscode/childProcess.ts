import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What a finished child process left. `code` is null when a signal ended it or when it could not be started. */
export interface Finished {
	readonly code: number | null;
	/** Standard output and standard error, in the order they came. */
	readonly output: string;
}

/** Runs a program to its end, without a shell. Never rejects: a program that is missing gives code null and the reason. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Finished> {
	return new Promise((resolve) => {
		const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
		let output = '';
		const collect = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
		child.stdout.on('data', collect);
		child.stderr.on('data', collect);
		child.on('error', (error) => resolve({ code: null, output: `${output}${error.message}` }));
		child.on('close', (code) => resolve({ code, output }));
	});
}

/** Runs a program and throws, with the end of what it printed, unless it exits with 0. */
export async function mustRun(command: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string> {
	const { code, output } = await run(command, args, env);
	if (code !== 0) throw new Error(`${basename(command)} ${args.join(' ')} failed (${code ?? 'not started'}):\n${output.slice(-4000)}`);
	return output;
}

/**
 * `npm install` into a folder of its own, never running a package's scripts and never writing a package.json.
 * A shrinkwrap in the folder is honoured.
 */
export async function npmInstall(prefix: string, ...args: string[]): Promise<void> {
	const options = ['install', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', prefix];
	const npm = npmScript();
	if (npm) await mustRun(process.execPath, [npm, ...options, ...args]);
	else await mustRun('npm', [...options, ...args]);
}

/** npm's own script, to be run by this Node: npm.cmd cannot be started on Windows without a shell. */
function npmScript(): string | undefined {
	const node = dirname(process.execPath);
	const candidates = [
		process.env['npm_execpath'] ?? '',
		join(node, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(node, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	];
	// npm_execpath may as well be yarn or pnpm, whose options differ.
	return candidates.find((path) => basename(path) === 'npm-cli.js' && existsSync(path));
}
