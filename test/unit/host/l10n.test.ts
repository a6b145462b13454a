import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectMessages, type Messages } from '../../l10n/messages';
import { repositoryRoot } from '../../vscode/paths';

type Texts = Record<string, string>;

const read = (path: string) => JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8')) as Texts;
const languagesOf = (folder: string, pattern: RegExp) => readdirSync(join(repositoryRoot, folder)).flatMap((name) => pattern.exec(name)?.[1] ?? []);
const marks = (text: string) => (text.match(/\{\d+\}/g) ?? []).sort();
const links = (text: string) => (text.match(/\]\((command:[^)]+)\)/g) ?? []).sort();

describe('the texts of the code', function () {
	let messages: Messages;

	before(async () => (messages = await collectMessages(repositoryRoot)));

	it('are whole, so that they can be translated', () => assert.deepEqual(messages.unreadable, []));

	it('are all in l10n/bundle.l10n.json, and nothing else is (npm run l10n writes it)', () => {
		const bundle = read('l10n/bundle.l10n.json');
		assert.ok(messages.texts.length > 100, `${messages.texts.length} texts found`);
		assert.deepEqual(Object.keys(bundle).sort(), messages.texts);
		assert.deepEqual(Object.entries(bundle).filter(([key, text]) => key !== text), []);
	});

	it('are all translated, with the same places for values', () => {
		const languages = languagesOf('l10n', /^bundle\.l10n\.([a-z-]+)\.json$/);
		assert.ok(languages.includes('de'));
		for (const language of languages) {
			const bundle = read(`l10n/bundle.l10n.${language}.json`);
			assert.deepEqual(Object.keys(bundle).sort(), messages.texts, language);
			for (const [key, text] of Object.entries(bundle)) assert.deepEqual(marks(text), marks(key), `${language}: ${key}`);
		}
	});
});

describe('the texts of the manifest', () => {
	it('are all translated, with the same commands behind their links', () => {
		const english = read('package.nls.json');
		const used = [...readFileSync(join(repositoryRoot, 'package.json'), 'utf8').matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key ?? '');
		assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
		const languages = languagesOf('.', /^package\.nls\.([a-z-]+)\.json$/);
		assert.deepEqual(languages.sort(), languagesOf('l10n', /^bundle\.l10n\.([a-z-]+)\.json$/).sort());
		for (const language of languages) {
			const translated = read(`package.nls.${language}.json`);
			assert.deepEqual(Object.keys(translated), Object.keys(english), language);
			for (const [key, text] of Object.entries(translated)) assert.deepEqual(links(text), links(english[key] ?? ''), `${language}: ${key}`);
		}
	});
});
