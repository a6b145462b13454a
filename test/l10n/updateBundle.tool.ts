// Writes every text that the code asks to be translated into l10n/bundle.l10n.json, and tells what a language lacks.
//   npm run l10n
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../vscode/paths';
import { collectMessages } from './messages';

const folder = join(repositoryRoot, 'l10n');
const { texts, unreadable } = await collectMessages(repositoryRoot);
for (const place of unreadable) console.error(`${place}: the text is put together; write it whole, with {0} for what differs.`);
await writeFile(join(folder, 'bundle.l10n.json'), `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), undefined, '\t')}\n`);
for (const name of (await readdir(folder)).filter((one) => /^bundle\.l10n\.[a-z-]+\.json$/.test(one))) {
	const known = JSON.parse(await readFile(join(folder, name), 'utf8')) as Record<string, string>;
	for (const text of texts.filter((one) => known[one] === undefined)) console.log(`${name} lacks ${JSON.stringify(text)}`);
	for (const text of Object.keys(known).filter((one) => !texts.includes(one))) console.log(`${name} has no use for ${JSON.stringify(text)}`);
}
process.exit(unreadable.length > 0 ? 1 : 0);
