// Puts back each fault of `mutations.ts`, or those whose words hold one of the arguments, and plays the random histories
// until they find it. Tells after how many; exits with 1 when one was not found. `HISTORIES` and `HISTORY_SEED` choose others.
import esbuild from 'esbuild';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { mutated } from './mutated';
import { MUTATIONS, type Mutation } from './mutations';

const OUT = 'out/test/mutations/histories.mjs';

/** @returns after how many histories it was found; `undefined` when it was not */
async function find(mutation: Mutation): Promise<number | undefined> {
	const path = resolve('src/core', mutation.file);
	await esbuild.build({
		entryPoints: ['test/unit/sync/property.test.ts'],
		outfile: OUT,
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'esm',
		packages: 'external',
		logLevel: 'error',
		plugins: [{ name: 'mutation', setup: (build) => build.onLoad({ filter: /\.ts$/ }, async (asked) => (asked.path === path ? { contents: await mutated(mutation), loader: 'ts' } : null)) }],
	});
	const env = { HISTORIES: '200', ...process.env, HISTORY_SHRINK: '0' };
	const { stdout } = spawnSync(process.execPath, ['node_modules/mocha/bin/mocha.js', OUT], { env, encoding: 'utf8', maxBuffer: 2 ** 28 });
	const [, after] = /Property failed after (\d+) tests/.exec(stdout) ?? [];
	return after === undefined ? undefined : Number(after);
}

const words = process.argv.slice(2);
for (const mutation of MUTATIONS.filter(({ what }) => words.length === 0 || words.some((word) => what.includes(word)))) {
	const after = await find(mutation);
	console.log(`${after === undefined ? 'not found' : `found by ${after}`}: ${mutation.what}`);
	if (after === undefined) process.exitCode = 1;
}
