// Opens VS Code with this extension, signed up to a GitHub of its own on this machine. Ctrl+C ends both.
//   node out/test/vscode/openEditor.tool.mjs [--no-open] [--port N]
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { GithubServer } from '../github-server/githubServer';
import { sampleRepositories } from '../github-server/sampleRepository';
import { World } from '../github-server/world';
import { createGitWorkspace } from './gitWorkspace';
import { repositoryRoot } from './paths';
import { ServerEditor } from './serverEditor';

const { values } = parseArgs({ options: { 'no-open': { type: 'boolean' }, port: { type: 'string' } } });

if (!existsSync(join(repositoryRoot, 'dist', 'extension.js'))) {
	console.error('dist/extension.js is missing: run `node esbuild.mjs` first.');
	process.exit(1);
}

const temp = await mkdtemp(join(await realpath(tmpdir()), 'pr-seeder-demo-'));
const world = new World();
for (const repository of sampleRepositories(world.clock.now())) world.addRepository(repository);
const github = await GithubServer.start({ world });
const workspace = join(temp, 'harbor');
await createGitWorkspace(workspace, `${github.url}/octo-sample/harbor.git`);
await writeFile(join(workspace, 'README.md'), '# Harbor\n\nA demo workspace. Its origin is the GitHub stand-in that runs beside this editor.\n');

const editor = await ServerEditor.start({
	name: 'start',
	extensions: [repositoryRoot],
	settings: { 'github-enterprise.uri': github.url },
	port: values.port === undefined ? 0 : Number(values.port),
});

let closing = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		// A second Ctrl+C does not wait; the guardian still ends the editor.
		if (closing) process.exit(1);
		closing = true;
		void close();
	});
}

const address = `${editor.url}/?folder=${encodeURIComponent(workspace)}`;
console.log(`
PR Seeder in VS Code ${editor.editor.version}

  Editor   ${address}
  GitHub   ${github.url}  (a stand-in on this machine; any sign-in succeeds)
  Log      ${editor.logFile}

Run "PR Seeder: Seed repo PRs" from the command palette (F1). Ctrl+C ends it.
`);
if (!values['no-open'] && !process.env['CI']) openInBrowser(address);

async function close(): Promise<void> {
	console.log('Closing …');
	await Promise.allSettled([editor.stop(), github.stop()]);
	await rm(temp, { recursive: true, force: true });
	process.exit(0);
}

/** Best effort: the address is on the screen in any case. */
function openInBrowser(url: string): void {
	const [command, ...args] = browserCommand(url);
	if (command === undefined) return;
	const child = spawn(command, args, { stdio: 'ignore', detached: true });
	child.on('error', () => undefined);
	child.unref();
}

function browserCommand(url: string): string[] {
	if (process.platform === 'darwin') return ['open', url];
	if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
	return process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? ['xdg-open', url] : [];
}
