import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mutation } from './mutations';

/**
 * The text of the file with the fault in it.
 * @throws Error when what a mutation replaces does not stand there, once: the code has changed, and the mutation has to
 */
export async function mutated({ what, file, edits }: Mutation): Promise<string> {
	let text = (await readFile(join('src/core', file), 'utf8')).replaceAll('\r\n', '\n');
	for (const [from, to] of edits) {
		if (text.split(from).length !== 2) {
			throw new Error(`${file} does not have once what "${what}" replaces: ${from}`);
		}
		text = text.replace(from, () => to);
	}
	return text;
}
