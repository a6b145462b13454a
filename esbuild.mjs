// Builds everything: the extension and the command line into dist/, and with --tests the suites and tools into out/.
//   node esbuild.mjs [--production] [--tests] [--watch]
import * as esbuild from 'esbuild';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';

const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');
const watch = flags.has('--watch');

/** @type {esbuild.BuildOptions} */
const common = {
	bundle: true,
	platform: 'node',
	target: 'node20',
	sourcemap: production ? false : 'linked',
	minify: production,
	legalComments: 'none',
	logLevel: 'silent',
	plugins: [problemMatcher()],
};

/** Prints the two lines that the editor's watch task looks for. */
function problemMatcher() {
	return {
		name: 'problem-matcher',
		setup(build) {
			build.onStart(() => {
				if (watch) console.log('[watch] build started');
			});
			build.onEnd((result) => {
				for (const { text, location } of result.errors) {
					console.error(`✘ [ERROR] ${text}`);
					if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
				}
				if (watch) console.log('[watch] build finished');
			});
		},
	};
}

/** Every file below a folder whose name ends so, as entry points that keep their place in the tree. */
async function entries(folder, suffix) {
	const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	return Object.fromEntries(
		found
			.filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
			.map((entry) => {
				const path = join(entry.parentPath, entry.name);
				return [relative('.', path).replace(/\\/g, '/').replace(/\.ts$/, ''), path];
			}),
	);
}

const builds = [
	// The extension host loads CommonJS.
	{ ...common, entryPoints: { extension: 'src/extension.ts' }, outdir: 'dist', format: 'cjs', external: ['vscode'] },
	// The database's thread, which both of them start.
	{ ...common, entryPoints: { storeWorker: 'src/core/store/worker/main.ts' }, outdir: 'dist', format: 'cjs' },
	// The overview page, alone in a folder of its own: it is all that a webview may load.
	{
		...common,
		entryPoints: [{ in: 'src/webview/main.ts', out: 'overview' }, { in: 'src/webview/overview.css', out: 'overview' }],
		outdir: 'dist/webview',
		format: 'esm',
		platform: 'browser',
		target: 'es2022',
	},
	{ ...common, entryPoints: { cli: 'src/cli/main.ts' }, outdir: 'dist', format: 'cjs', banner: { js: '#!/usr/bin/env node' } },
];

if (flags.has('--tests')) {
	await rm('out/test', { recursive: true, force: true });
	const suites = {
		...(await entries('test/unit', '.test.ts')),
		...(await entries('test/e2e', '.test.ts')),
		...(await entries('test/long', '.test.ts')),
		...(await entries('test/fuzz', '.test.ts')),
		...(await entries('test/attack', '.test.ts')),
		...(await entries('test/bench', '.bench.ts')),
		...(await entries('test', '.tool.ts')),
	};
	builds.push(
		// Plain Node: tests and tools as ES modules that share what they import, packages left where they are.
		{
			...common,
			entryPoints: suites,
			outdir: 'out',
			outbase: '.',
			format: 'esm',
			splitting: true,
			chunkNames: 'test/chunks/[name]-[hash]',
			packages: 'external',
			outExtension: { '.js': '.mjs' },
			sourcemap: 'inline',
		},
		// Inside the editor: CommonJS; the index finds the tests beside it.
		{
			...common,
			entryPoints: { 'test/host/index': 'test/host/index.ts', ...(await entries('test/host', '.test.ts')) },
			outdir: 'out',
			format: 'cjs',
			external: ['vscode', 'mocha'],
			sourcemap: 'inline',
		},
	);
}

await mkdir('dist', { recursive: true });
await cp('node_modules/sql.js/dist/sql-wasm.wasm', 'dist/sql-wasm.wasm');

if (watch) {
	for (const options of builds) await (await esbuild.context(options)).watch();
} else {
	await Promise.all(builds.map((options) => esbuild.build(options)));
}
