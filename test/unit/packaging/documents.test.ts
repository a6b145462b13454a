import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { repositoryRoot } from '../../vscode/paths';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'SECURITY.md', 'BENCHMARKS.md'];

const read = (name: string) => readFile(join(repositoryRoot, name), 'utf8');

/** Where a path of the documents may begin. */
const BASES = ['', 'src', 'src/core', 'src/core/github', 'src/core/store', 'src/host'];

function isThere(path: string): boolean {
	return BASES.some((base) => existsSync(join(repositoryRoot, base, path)));
}

describe('the documents', () => {
	for (const name of DOCUMENTS) {
		it(`${name} holds no leftover of a merge, and links to what is there`, async () => {
			const text = await read(name);
			assert.doesNotMatch(text, /^(?:<{7}|={7}$|>{7})/m);
			const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target = '']) => target);
			assert.deepEqual(links.filter((target) => !existsSync(join(repositoryRoot, dirname(name), target))), []);
		});
	}

	it('name files that are there: the walks, and what everyday changes touch', async () => {
		const [architecture, contributing] = await Promise.all([read('ARCHITECTURE.md'), read('CONTRIBUTING.md')]);
		const table = /## How to change what[^]*?\nBesides:/.exec(contributing)?.[0] ?? assert.fail('no table');
		const walks = /## A walk from a click[^]*?\n## Several repositories/.exec(architecture)?.[0] ?? assert.fail('no walks');
		// A name alone is of a folder that was named before.
		const names = new Set([...(await readdir(join(repositoryRoot, 'src'), { recursive: true })).map((path) => basename(path)), ...(await readdir(repositoryRoot))]);
		for (const text of [table, walks]) {
			const named = [...text.matchAll(/`([\w./-]+\.(?:ts|json))`/g)].map(([, path = '']) => path.replace('LANGUAGE', 'de'));
			assert.ok(named.length > 10);
			assert.deepEqual(named.filter((path) => !(path.includes('/') ? isThere(path) : names.has(path))), []);
		}
	});
});
