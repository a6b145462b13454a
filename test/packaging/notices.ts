import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repositoryRoot } from '../vscode/paths';

/** A package of which something is in what we ship. */
export interface BundledPackage {
	name: string;
	version: string;
	/** As its package.json says, an SPDX expression. */
	license: string;
	/** The licence's own words, with the copyright notice. */
	text: string;
}

const ENTRIES = ['src/extension.ts', 'src/cli/main.ts', 'src/core/store/worker/main.ts', 'src/webview/main.ts'];

/** Every package that the bundles hold a part of, by name. */
export async function bundledPackages(): Promise<BundledPackage[]> {
	const { metafile } = await build({
		absWorkingDir: repositoryRoot,
		entryPoints: ENTRIES,
		outdir: 'out/notices',
		bundle: true,
		write: false,
		metafile: true,
		platform: 'node',
		external: ['vscode'],
		logLevel: 'silent',
	});
	// What tree-shaking has left nothing of is no part of a bundle.
	const used = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])));
	const folders = new Set(used.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
	const found = await Promise.all([...folders].map((folder) => readPackage(join(repositoryRoot, folder))));
	return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The content of `THIRD-PARTY-NOTICES.txt`. */
export function notices(packages: readonly BundledPackage[]): string {
	const list = packages.map(({ name, version, license }) => `${name} ${version} (${license})`).join('\n');
	const texts = packages.map(({ name, text }) => `${'-'.repeat(80)}\n${name}\n\n${text}\n`).join('\n');
	return `PR Seeder contains parts of these packages:\n\n${list}\n\n${texts}`;
}

async function readPackage(folder: string): Promise<BundledPackage> {
	const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Omit<BundledPackage, 'text'>;
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	const text = file === undefined ? `Licensed under ${license}.` : await readFile(join(folder, file), 'utf8');
	return { name, version, license, text: text.replace(/\r\n/g, '\n').trim() };
}
