// Runs one command and ends it, with all it started, when this process's standard input closes. The operating system
// closes that pipe however the parent ends, so nothing is left behind even when a test run is killed outright.
//   node guardian.mjs FOLDER COMMAND [ARGUMENT...]     FOLDER (or '' for none) is removed afterwards
import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const [folder, command, ...args] = process.argv.slice(2);
const windows = process.platform === 'win32';

// Ctrl+C reaches everything in the terminal; the parent decides when this ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

// A process group of its own, so that its children can be ended together.
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: !windows, windowsHide: true });
const ended = new Promise((resolve) => {
	child.on('error', (error) => {
		console.error(error.message);
		resolve(1);
	});
	child.on('exit', (code) => resolve(code ?? 1));
});

process.stdin.resume();
const abandoned = new Promise((resolve) => {
	process.stdin.on('end', resolve);
	process.stdin.on('error', resolve);
});

await Promise.race([ended, abandoned]);
await endTree();
if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
process.exit(await ended);

async function endTree() {
	if (!child.pid) return;
	if (windows) {
		try {
			execFileSync('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
		} catch {
			// It has ended already.
		}
		return;
	}
	signalGroup('SIGTERM');
	await Promise.race([ended, delay(2000)]);
	// What outlived the command itself.
	signalGroup('SIGKILL');
}

function signalGroup(signal) {
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group has ended already.
	}
}
