import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The repository's root, found by walking up: the same module runs from `test/` and, bundled, from `out/test/`,
 * so a relative path would be right in only one of them.
 */
export const repositoryRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** What is installed for tests: editors, the browser. Ignored by git, kept between runs. */
export const installRoot = join(repositoryRoot, '.vscode-test');

/** What a run leaves for a person to look at: logs, screenshots, results. Ignored by git. */
export const artifactsRoot = join(repositoryRoot, '.artifacts');

function findRoot(from: string): string {
	const manifest = join(from, 'package.json');
	if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'pr-seeder') return from;
	const parent = dirname(from);
	if (parent === from) throw new Error('No package.json of pr-seeder above the running file.');
	return findRoot(parent);
}
