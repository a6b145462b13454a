import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HumanError } from '../../core/model/humanError';
import type { Command } from '../command';
import { EXIT, type ExitCode } from '../exitCode';
import { refuseWords } from '../words';

/**
 * Shows the whole thing against the GitHub stand-in. That is a tool of the tests and in no package,
 * so the demo runs where they have been built: in a clone.
 */
export const demoCommand: Command = {
	name: 'demo',
	synopsis: '',
	summary: 'seed a made repository from a GitHub stand-in on this machine, and show the reports',
	options: [],
	isOffered: (scriptFolder) => existsSync(toolIn(scriptFolder)),
	run: async ({ words, options, output, scriptFolder }) => {
		refuseWords('demo', words);
		const tool = toolIn(scriptFolder);
		if (!existsSync(tool)) {
			throw new HumanError('The demo needs the GitHub stand-in, which is not part of the package. In a clone of the repository, run: npm install && npm run demo');
		}
		const status = await run(tool, options.storage === undefined ? [] : ['--storage', options.storage], output);
		await output.document({ exitStatus: status });
		return status;
	},
};

function toolIn(scriptFolder: string): string {
	return join(scriptFolder, '..', 'out', 'test', 'demo', 'demo.tool.mjs');
}

function run(tool: string, words: readonly string[], { json, quiet }: { json: boolean; quiet: boolean }): Promise<ExitCode> {
	// Standard output belongs to the document alone.
	const out = quiet ? 'ignore' : json ? process.stderr : 'inherit';
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [tool, ...words], { stdio: ['ignore', out, 'inherit'], windowsHide: true });
		child.on('error', reject);
		child.on('exit', (code, signal) => resolve(code === 0 ? EXIT.done : signal === 'SIGINT' ? EXIT.cancelled : EXIT.failed));
	});
}
