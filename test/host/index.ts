import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runner } from 'mocha';

/**
 * What the editor calls to run the tests: every `*.test.js` beside this file, so that a new test runs without being
 * named anywhere. Writes the counts to the file that `PR_SEEDER_HOST_RESULT` names.
 *
 * @throws Error when a test failed, when none ran, or when `.only` left some out on a build server
 */
export async function run(): Promise<void> {
	// mocha is an ES module: a require would fail in editors older than Node 22.
	const { default: Mocha } = await import('mocha');
	const mocha = new Mocha({
		ui: 'bdd',
		reporter: 'spec',
		timeout: 60_000,
		color: Boolean(process.env['FORCE_COLOR']),
		forbidOnly: Boolean(process.env['CI']),
	});
	const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.js')).sort();
	for (const file of files) mocha.addFile(join(__dirname, file));
	const { passes, failures, pending } = await new Promise<{ passes: number; failures: number; pending: number }>((resolve) => {
		const runner: Runner = mocha.run(() => resolve(runner.stats ?? { passes: 0, failures: 0, pending: 0 }));
	});
	const result = process.env['PR_SEEDER_HOST_RESULT'];
	if (result) writeFileSync(result, JSON.stringify({ files: files.length, passes, failures, pending }));
	if (failures > 0) throw new Error(`${failures} of the tests in the editor failed.`);
	if (passes === 0) throw new Error(`No test ran in the editor; ${files.length} test files were found.`);
}
