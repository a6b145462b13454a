import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { packagedExtension } from './packagedExtension';
import { type ZipEntry, zipEntries } from './zipEntries';

const limitBytes = 1.2 * 1024 * 1024;
/** Of the overview page's script, and of its style sheet. */
const pageLimitBytes = 400 * 1024;

const mustHave = [
	'[Content_Types].xml',
	'extension.vsixmanifest',
	'extension/LICENSE.txt',
	'extension/SECURITY.md',
	'extension/THIRD-PARTY-NOTICES.txt',
	'extension/changelog.md',
	'extension/dist/extension.js',
	'extension/dist/sql-wasm.wasm',
	'extension/dist/storeWorker.js',
	'extension/dist/webview/overview.css',
	'extension/dist/webview/overview.js',
	'extension/l10n/bundle.l10n.de.json',
	'extension/l10n/bundle.l10n.json',
	'extension/media/icon.png',
	'extension/media/overview-dark.svg',
	'extension/media/overview-light.svg',
	'extension/media/pr-seeder.svg',
	'extension/media/walkthrough/browse.svg',
	'extension/media/walkthrough/seed.svg',
	'extension/media/walkthrough/signIn.svg',
	'extension/media/walkthrough/workload.svg',
	'extension/package.json',
	'extension/package.nls.de.json',
	'extension/package.nls.json',
	'extension/readme.md',
];

/** More languages may come; nothing else may. */
const mayHave = [/^extension\/l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/, /^extension\/package\.nls\.[a-z-]+\.json$/];

describe('the packaged extension', function () {
	this.timeout(120_000);
	let path = '';
	let entries: ZipEntry[] = [];

	const text = (name: string): string => {
		const entry = entries.find((candidate) => candidate.path === name);
		assert.ok(entry, `${name} is missing`);
		return entry.content().toString('utf8');
	};

	before('npm run package', async () => {
		path = await packagedExtension();
		entries = await zipEntries(path);
	});

	it('holds what runs, what is read, and nothing else', () => {
		const names = entries.map((entry) => entry.path).sort();
		assert.deepEqual(names.filter((name) => mustHave.includes(name) || !mayHave.some((pattern) => pattern.test(name))), mustHave);
	});

	it('is small', async () => {
		const { size } = await stat(path);
		assert.ok(size <= limitBytes, `pr-seeder.vsix has ${size} bytes, more than ${limitBytes}`);
	});

	it('has a page that is small too', () => {
		const sizes = ['overview.js', 'overview.css'].map((name) => entries.find(({ path: at }) => at === `extension/dist/webview/${name}`)?.size ?? Infinity);
		assert.ok(sizes.every((size) => size <= pageLimitBytes), `${sizes.join(' and ')} bytes, more than ${pageLimitBytes}`);
	});

	it('was built for production: minified, with no source map', () => {
		const script = text('extension/dist/extension.js');
		assert.ok(!script.includes('sourceMappingURL'));
		assert.ok(script.split('\n').length < 500, 'dist/extension.js is not minified');
	});

	it('has a title for everything that its manifest leaves to a translation', () => {
		const titles = JSON.parse(text('extension/package.nls.json')) as Record<string, string>;
		const used = [...text('extension/package.json').matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key ?? '');
		assert.ok(used.length > 0);
		assert.deepEqual(used.filter((key) => !titles[key]), []);
		assert.deepEqual(Object.keys(titles).filter((key) => !used.includes(key)), [], 'titles that nothing uses');
	});

	it('tells a person something in the readme, the change log and the licence', () => {
		for (const name of ['readme.md', 'changelog.md', 'LICENSE.txt']) assert.ok(text(`extension/${name}`).trim().length > 50, name);
	});
});
