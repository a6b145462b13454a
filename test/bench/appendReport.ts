import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../vscode/paths';

/** Replaces one part of BENCHMARKS.md, from its heading to the next one of its level; the rest stays as it is. */
export async function appendReport(heading: `## ${string}`, text: string): Promise<void> {
	const path = join(repositoryRoot, 'BENCHMARKS.md');
	const before = await readFile(path, 'utf8').catch(() => '# Benchmarks\n');
	const start = before.indexOf(`${heading}\n`);
	const next = start < 0 ? -1 : before.indexOf('\n## ', start);
	const head = start < 0 ? `${before.trimEnd()}\n\n` : before.slice(0, start);
	const tail = next < 0 ? '' : before.slice(next);
	await writeFile(path, `${head}${heading}\n\n${text.trimEnd()}\n${tail}`);
}
