// Takes the command line of the desktop editor in a test run and does the same with the server editor: opens the
// folder, loads the extension under development, runs the tests, prints what they print, exits with their result.
import { appendFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { format, parseArgs } from 'node:util';
import { type EditorSettings, fewExtensions } from './editorSettings';
import { artifactsRoot } from './paths';
import { ServerEditor } from './serverEditor';
import { Workbench } from './workbench';

const { values, positionals } = parseArgs({
	// The desktop editor's other switches mean nothing here.
	strict: false,
	allowPositionals: true,
	options: {
		extensionDevelopmentPath: { type: 'string' },
		extensionTestsPath: { type: 'string' },
		'user-data-dir': { type: 'string' },
	},
});

/** What the server editor says about itself, among it the native modules that it runs without. */
const noise = [
	'Resolving connection token',
	'Resolved connection token',
	'Creating a socket',
	'[reconnection-grace-time]',
	'Updating additional builtin extensions cache',
	'Ignoring fetching additional builtin extensions',
	'No search provider registered',
	'[AgentHost',
	'[AccountPolicyGate]',
	'[Service Worker] registration',
	'Error: Could not locate the bindings file',
	"Cannot find module './build/Release/watchdog'",
];
/** In the stack of an error that is the window's own; the extension host's errors do not pass through it. */
const windowScript = '/out/vs/code/browser/workbench/workbench.js';
const consoleLog = join(artifactsRoot, 'logs', 'host-tests-console.log');
await mkdir(dirname(consoleLog), { recursive: true });
await writeFile(consoleLog, '');

/** The tests have ended; what comes now is the window closing. */
let over = false;

process.exitCode = await runSuite();
// Whoever started this stops reading at the exit, so give the last lines time to get there.
await delay(200);
process.exit();

/** @returns the exit code that the extension host asked for, or 1 when the window ended without one */
async function runSuite(): Promise<number> {
	const editor = await ServerEditor.start({ settings: await desktopSettings(), testDriver: true, builtIn: fewExtensions, name: 'host-tests' });
	try {
		let finish: (code: number) => void = () => undefined;
		const exit = new Promise<number>((resolve) => (finish = resolve));
		const folder = positionals[0];
		const workbench = await Workbench.open(editor, {
			...(folder === undefined ? {} : { folder }),
			extensionDevelopmentPath: String(values.extensionDevelopmentPath),
			payload: [['extensionTestsPath', editor.remoteUri(String(values.extensionTestsPath))]],
			prepare: async (page) => {
				await page.exposeFunction('codeAutomationLog', print);
				await page.exposeFunction('codeAutomationExit', (code: number) => finish(code));
				page.on('crash', () => finish(1));
				page.on('close', () => finish(1));
			},
		});
		const code = await exit;
		over = true;
		await workbench.close();
		return code;
	} finally {
		await editor.stop();
	}
}

/** One call of the console, of the extension host or of the window: both come this way, and only the first is of interest. */
function print(type: string, args: unknown[]): void {
	const text = format(...args);
	appendFileSync(consoleLog, `[${type}] ${text}\n`);
	if (over || noise.some((start) => text.startsWith(start)) || text.includes(windowScript)) return;
	(type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${text}\n`);
}

/** The settings that the run put where the desktop editor looks for them. */
async function desktopSettings(): Promise<EditorSettings> {
	const userData = values['user-data-dir'];
	if (typeof userData !== 'string') return {};
	return JSON.parse(await readFile(join(userData, 'User', 'settings.json'), 'utf8').catch(() => '{}')) as EditorSettings;
}
