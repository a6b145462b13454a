import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledPackages, notices, type BundledPackage } from '../../packaging/notices';
import { repositoryRoot } from '../../vscode/paths';

interface Lock {
	packages: Record<string, { version?: string; integrity?: string; hasInstallScript?: boolean; link?: boolean; dev?: boolean }>;
}

/** They ask for no more than that their notice goes along. */
const LICENCES = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']);

const read = (name: string) => readFile(join(repositoryRoot, name), 'utf8');

describe('the dependencies', () => {
	let bundled: BundledPackage[] = [];
	let lock: Lock;
	before(async function () {
		bundled = await bundledPackages();
		lock = JSON.parse(await read('package-lock.json')) as Lock;
	});

	it('in what is shipped are few, and their licences let us', () => {
		assert.ok(bundled.length > 3 && bundled.length <= 40, bundled.map(({ name }) => name).join(' '));
		assert.deepEqual(bundled.filter(({ license }) => !LICENCES.has(license)), []);
	});

	it('are named with their licences in THIRD-PARTY-NOTICES.txt', async () => {
		assert.equal(await read('THIRD-PARTY-NOTICES.txt'), notices(bundled), 'run "npm run notices"');
	});

	it('are pinned, each with the sum of its bytes', async () => {
		const own = JSON.parse(await read('package.json')) as Record<'dependencies' | 'devDependencies' | 'overrides', Record<string, string>>;
		for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies, ...own.overrides })) {
			assert.match(version, /^\d+\.\d+\.\d+$/, name);
		}
		const loose = Object.entries(lock.packages).filter(([path, { version, integrity, link }]) => path !== '' && !link && !(version && integrity));
		assert.deepEqual(loose.map(([path]) => path), []);
	});

	it('in what is shipped are those that an audit looks at', async () => {
		// `npm audit --omit=dev` passes over what only developers have.
		assert.deepEqual(bundled.filter(({ name }) => lock.packages[`node_modules/${name}`]?.dev === true).map(({ name }) => name), []);
		assert.match(await read('package.json'), /"audit": "npm audit --omit=dev"/);
		const workflow = await read('.github/workflows/test.yml');
		assert.match(workflow, /^\s+- run: npm ci$[^]*^\s+- run: npm run audit$/m);
	});

	it('need no install script, and none may run', async () => {
		const scripted = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path.replace(/^.*node_modules\//, ''));
		assert.deepEqual(scripted.filter((name) => bundled.some((one) => one.name === name)), []);
		assert.match(await read('.npmrc'), /^ignore-scripts=true$/m);
	});
});
