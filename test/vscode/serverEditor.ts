import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mustRun } from './childProcess';
import { type EditorSettings, quietSettings } from './editorSettings';
import { type Editor, installEditor } from './installEditor';
import { artifactsRoot, repositoryRoot } from './paths';

export interface ServerEditorOptions {
	/** User settings, above the quiet defaults. */
	readonly settings?: EditorSettings;
	/** Packaged extensions to install, as paths of `.vsix` files. */
	readonly vsix?: readonly string[];
	/** Extensions to load from their folders, as if installed. */
	readonly extensions?: readonly string[];
	/** Which of the editor's own extensions to load, by their folders' names: each costs every window time. All by default. */
	readonly builtIn?: readonly string[];
	/**
	 * Honours the `payload` of the page's address, which the extension tests need. The editor then holds back its
	 * notification toasts, so it is off by default.
	 */
	readonly testDriver?: boolean;
	/**
	 * Folders to use in place of new ones, so that a second start finds what the first one left. They are not removed
	 * by {@link ServerEditor.stop}.
	 */
	readonly userData?: string;
	readonly extensionsDir?: string;
	readonly home?: string;
	/** More environment for the server and the extension host; undefined removes a variable. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** The log's name in `.artifacts/logs/`, without the number and the ending. */
	readonly name?: string;
	/** The port to listen on; any free one by default. */
	readonly port?: number;
}

const readyWithinMs = 120_000;
let started = 0;

/** A VS Code server of this process: on 127.0.0.1, with folders of its own, gone when this process is. */
export class ServerEditor {
	private constructor(
		readonly editor: Editor,
		/** Where the workbench is, without a slash at the end. */
		readonly url: string,
		readonly userData: string,
		/** The server's output. */
		readonly logFile: string,
		/** Whether it holds back toasts; see {@link ServerEditorOptions.testDriver}. */
		readonly testDriver: boolean,
		private readonly guardian: ChildProcess,
	) {}

	/** Installs the editor when needed, starts it and waits until it answers. */
	static async start(options: ServerEditorOptions = {}): Promise<ServerEditor> {
		const editor = await installEditor();
		// The real path: macOS links its temp folder, and the extension host reports paths resolved.
		const temp = await mkdtemp(join(await realpath(tmpdir()), 'pr-seeder-editor-'));
		const home = options.home ?? join(temp, 'home');
		const userData = options.userData ?? join(temp, 'data');
		const extensionsDir = options.extensionsDir ?? join(temp, 'extensions');
		const logFile = join(artifactsRoot, 'logs', `${options.name ?? 'server-editor'}-${process.pid}-${++started}.log`);
		await Promise.all([home, extensionsDir, join(artifactsRoot, 'logs')].map((folder) => mkdir(folder, { recursive: true })));
		await writeSettings(userData, { ...quietSettings, ...options.settings });
		for (const folder of options.extensions ?? []) await linkExtension(extensionsDir, folder);

		// Sockets go to the temp folder; elsewhere than on Linux it is so deep that a socket's name would be too long.
		const sockets = process.platform === 'linux' ? { TMPDIR: temp } : {};
		// No marketplace: tests reach nothing but this machine.
		const offline = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
		const env = { ...cleanEnvironment(), HOME: home, USERPROFILE: home, ...sockets, ...offline, ...linksToGithub(options.settings), ...options.env };
		const folders = ['--server-data-dir', userData, '--extensions-dir', extensionsDir];
		if (options.builtIn) folders.push('--builtin-extensions-dir', await linkBuiltIn(editor, join(temp, 'built-in'), options.builtIn));
		const license = '--accept-server-license-terms';
		for (const file of options.vsix ?? []) {
			await mustRun(editor.node, [editor.server, ...folders, license, '--install-extension', file], env);
		}
		const serve = ['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token'];
		const quiet = ['--disable-telemetry', '--disable-workspace-trust', ...(options.testDriver ? ['--enable-smoke-test-driver'] : [])];
		const log = openSync(logFile, 'w');
		const guard = join(repositoryRoot, 'test', 'vscode', 'guardian.mjs');
		const command = [editor.node, editor.server, ...serve, license, ...folders, ...quiet];
		const guardian = spawn(process.execPath, [guard, temp, ...command], { env, stdio: ['pipe', log, log], windowsHide: true });
		closeSync(log);
		try {
			const url = await whenReady(guardian, logFile);
			return new ServerEditor(editor, url, userData, logFile, options.testDriver ?? false, guardian);
		} catch (error) {
			await end(guardian);
			throw error;
		}
	}

	/** The address of a local folder or file as the workbench knows it. */
	remoteUri(path: string): string {
		return `vscode-remote://${new URL(this.url).host}${path}`;
	}

	/** An extension's global storage, whether or not it exists yet. @param id `publisher.name` */
	globalStorage(id: string): string {
		// The editor keeps extension ids in lower case on disk.
		return join(this.userData, 'data', 'User', 'globalStorage', id.toLowerCase());
	}

	/** Changes user settings while the editor runs; a value of undefined takes the setting away. */
	async updateSettings(changes: EditorSettings): Promise<void> {
		await writeSettings(this.userData, changes);
	}

	/** Ends the server and everything it started, and removes the folders that were made for it. */
	async stop(): Promise<void> {
		await end(this.guardian);
	}
}

/**
 * Settings go to both places the workbench reads: a remote window ignores settings of scope `machine` in the user's
 * file and settings of scope `application` in the machine's.
 */
async function writeSettings(userData: string, changes: EditorSettings): Promise<void> {
	for (const place of ['Machine', 'User']) {
		const folder = join(userData, 'data', place);
		await mkdir(folder, { recursive: true });
		const file = join(folder, 'settings.json');
		const before = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as EditorSettings;
		await writeFile(file, JSON.stringify({ ...before, ...changes }, undefined, '\t'));
	}
}

/** @returns the folder, with these extensions in it and no others */
async function linkBuiltIn(editor: Editor, folder: string, names: readonly string[]): Promise<string> {
	await mkdir(folder, { recursive: true });
	await Promise.all(names.map((name) => symlink(join(editor.builtIn, name), join(folder, name), 'junction')));
	return folder;
}

/** The server takes up whatever folder lies in a new extensions folder. */
async function linkExtension(extensionsDir: string, folder: string): Promise<void> {
	const { publisher, name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
	const link = join(extensionsDir, `${publisher ?? ''}.${name ?? ''}-${version ?? ''}`);
	// A junction needs no privilege on Windows; elsewhere the type is ignored.
	await symlink(folder, link, 'junction');
}

/**
 * Lets links to a loopback GitHub open. code-server sends every link to this machine through a proxy that only its own
 * front end has; this address takes the proxy's place.
 */
function linksToGithub(settings: EditorSettings = {}): Record<string, string> {
	const github = settings['github-enterprise.uri'];
	return typeof github === 'string' && URL.canParse(github) ? { VSCODE_PROXY_URI: new URL('/', github).href } : {};
}

/** Without what would tie the run to the person who starts it: an outer VS Code, npm's variables, real tokens. */
function cleanEnvironment(): NodeJS.ProcessEnv {
	const private_ = /^(VSCODE_|ELECTRON_|npm_|XDG_|GITHUB_|GH_|NODE_OPTIONS$|DISPLAY$|WAYLAND_DISPLAY$)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !private_.test(name)));
}

async function whenReady(guardian: ChildProcess, logFile: string): Promise<string> {
	const deadline = Date.now() + readyWithinMs;
	while (Date.now() < deadline && guardian.exitCode === null) {
		const port = /Extension host agent listening on (\d+)/.exec(await readFile(logFile, 'utf8'))?.[1];
		if (port) {
			const url = `http://127.0.0.1:${port}`;
			const answer = await fetch(url).catch(() => undefined);
			if (answer?.status === 200) return url;
		}
		await delay(50);
	}
	const why = guardian.exitCode === null ? `was not ready within ${readyWithinMs / 1000} s` : `ended with ${guardian.exitCode}`;
	throw new Error(`The VS Code server ${why}. Its output:\n${(await readFile(logFile, 'utf8')).slice(-4000)}`);
}

async function end(guardian: ChildProcess): Promise<void> {
	if (guardian.exitCode !== null || guardian.signalCode !== null) return;
	const exited = new Promise((resolve) => guardian.once('exit', resolve));
	guardian.stdin?.end();
	await exited;
}
