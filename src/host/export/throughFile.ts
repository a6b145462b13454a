import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';

/**
 * Writes a file where the person wants it. A place that only the editor can write to, such as a browser's or another
 * machine's, is given the file when it is whole.
 */
export async function throughFile<T>(target: vscode.Uri, write: (path: string) => Promise<T>): Promise<T> {
	if (target.scheme === 'file') {
		return write(target.fsPath);
	}
	const folder = await mkdtemp(join(tmpdir(), 'pr-seeder-export-'));
	try {
		const path = join(folder, basename(target.path));
		const result = await write(path);
		await vscode.workspace.fs.copy(vscode.Uri.file(path), target, { overwrite: true });
		return result;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
