import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../vscode/paths';

/** Replaces one part of BENCHMARKS.md, from its heading to the next one of its level or above; the rest stays as it is. */
export async function appendReport(heading: `### ${string}`, text: string): Promise<void> {
	const path = join(repositoryRoot, 'BENCHMARKS.md');
	const before = await readFile(path, 'utf8').catch(() => '# Benchmarks\n');
	const start = before.indexOf(`\n${heading}\n`);
	const head = start < 0 ? before : before.slice(0, start);
	const next = start < 0 ? -1 : before.slice(start + 1).search(/\n#{1,3} /);
	const tail = next < 0 ? '' : before.slice(start + 1 + next);
	await writeFile(path, `${head.trimEnd()}\n\n${heading}\n\n${text.trimEnd()}\n${tail}`);
}
