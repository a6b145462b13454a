// Runs the mocha suite of test/host inside a real VS Code.
//   PR_SEEDER_EDITOR=desktop|server node out/test/vscode/runHostTests.tool.mjs
// The desktop editor where a display is, otherwise the server editor with a browser; either is started by runTests.
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { quietSettings } from './editorSettings';
import { installEditor } from './installEditor';
import { artifactsRoot, repositoryRoot } from './paths';

const limitMs = 5 * 60_000;

interface Counts {
	readonly files: number;
	readonly passes: number;
	readonly failures: number;
	readonly pending: number;
}

try {
	await runSuite();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
process.exit(0);

async function runSuite(): Promise<void> {
	const vscodeExecutablePath = await editorExecutable();
	const resultFile = join(artifactsRoot, 'host-tests.json');
	await mkdir(artifactsRoot, { recursive: true });
	await rm(resultFile, { force: true });
	// Short: the desktop editor's socket lies in it, and macOS allows such a path 103 characters.
	const temp = await mkdtemp(join(await realpath(tmpdir()), 'prs-host-'));
	const userData = join(temp, 'data');
	const workspace = join(temp, 'workspace');
	await mkdir(workspace);
	await mkdir(join(userData, 'User'), { recursive: true });
	await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(quietSettings));
	try {
		await withinLimit(
			runTests({
				vscodeExecutablePath,
				extensionDevelopmentPath: repositoryRoot,
				extensionTestsPath: join(repositoryRoot, 'out', 'test', 'host', 'index.js'),
				extensionTestsEnv: { PR_SEEDER_HOST_RESULT: resultFile, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
				launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${join(temp, 'extensions')}`],
			}),
		);
	} finally {
		await rm(temp, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }).catch(() => undefined);
	}
	await mustHaveRun(resultFile);
}

/** The program to start: the desktop editor, downloaded on demand, or our launcher of the server editor. */
async function editorExecutable(): Promise<string> {
	const wish = process.env['PR_SEEDER_EDITOR'];
	if (wish !== undefined && wish !== 'desktop' && wish !== 'server') throw new Error(`PR_SEEDER_EDITOR is "${wish}"; it can be desktop or server.`);
	const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
	if ((wish ?? (hasDisplay ? 'desktop' : 'server')) === 'desktop') {
		try {
			const path = await downloadAndUnzipVSCode({ version: 'stable', extensionDevelopmentPath: repositoryRoot });
			console.log('Running the tests in the desktop editor.');
			return path;
		} catch (error) {
			console.warn(`The desktop editor cannot be had (${error instanceof Error ? error.message : String(error)}).`);
		}
	}
	const { version } = await installEditor();
	console.log(`Running the tests in the server editor, VS Code ${version}.`);
	const launcher = join(repositoryRoot, 'test', 'vscode', 'editorLauncher.mjs');
	// An archive or a Windows share may have dropped the executable bit.
	await chmod(launcher, 0o755);
	return launcher;
}

async function withinLimit(tests: Promise<number>): Promise<void> {
	// runTests ends its editor on Ctrl+C only: politely the first time, the whole tree the second time.
	const interrupt = (): void => void process.emit('SIGINT');
	const keepAlive = (): void => undefined;
	const abort = new AbortController();
	const limit = delay(limitMs, 'late' as const, { signal: abort.signal }).catch(() => 'cancelled' as const);
	const outcome = await Promise.race([tests, limit]);
	abort.abort();
	if (outcome !== 'late') return;
	process.on('SIGINT', keepAlive);
	interrupt();
	await Promise.race([tests.catch(() => undefined), delay(5000).then(interrupt)]);
	await delay(500);
	throw new Error(`The tests in the editor did not end within ${limitMs / 60_000} minutes; the editor was stopped. Its log is in .artifacts/logs/.`);
}

/** An editor that ignores what it was told exits happily without a test: trust only the count. */
async function mustHaveRun(resultFile: string): Promise<void> {
	const text = await readFile(resultFile, 'utf8').catch(() => undefined);
	if (text === undefined) throw new Error('The editor ended without running the tests.');
	const { passes } = JSON.parse(text) as Counts;
	if (passes === 0) throw new Error('No test ran in the editor.');
}
