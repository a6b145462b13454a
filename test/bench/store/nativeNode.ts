import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installRoot } from '../../vscode/paths';

/** A Node that has `node:sqlite`: this one, or the one that the editor's server brought. */
export async function nativeNode(): Promise<{ path: string; version: string } | undefined> {
	for (const path of [process.execPath, ...(await editorNodes())]) {
		const version = await versionOf(path);
		const [major = 0, minor = 0] = version?.split('.').map(Number) ?? [];
		if (version !== undefined && (major > 22 || (major === 22 && minor >= 5))) {
			return { path, version };
		}
	}
	return undefined;
}

async function editorNodes(): Promise<string[]> {
	const names = await readdir(installRoot).catch(() => []);
	return names
		.filter((name) => name.startsWith('server-'))
		.map((name) => join(installRoot, name, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node'));
}

async function versionOf(path: string): Promise<string | undefined> {
	try {
		return (await promisify(execFile)(path, ['-p', 'process.versions.node'])).stdout.trim();
	} catch {
		return undefined;
	}
}
