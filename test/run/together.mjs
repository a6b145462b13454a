// Runs scripts of package.json side by side, and prints what each said once it has ended.
//   node test/run/together.mjs SCRIPT...
// Ends with 1 when one of them failed.
import { spawn } from 'node:child_process';

const npm = process.env['npm_execpath'];

/** @returns whether it succeeded */
function run(script) {
	return new Promise((resolve) => {
		// npm's own script where npm runs us: Windows starts npm.cmd through a shell alone.
		const words = ['run', '--silent', script];
		const child = npm ? spawn(process.execPath, [npm, ...words]) : spawn(`npm ${words.join(' ')}`, { shell: true });
		let said = '';
		for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
		child.on('error', (error) => (said += error.message));
		child.on('close', (code) => {
			console.log(`${code === 0 ? '✔' : '✘'} ${script}\n${said}`.trimEnd());
			resolve(code === 0);
		});
	});
}

const succeeded = await Promise.all(process.argv.slice(2).map(run));
process.exitCode = succeeded.every(Boolean) ? 0 : 1;
