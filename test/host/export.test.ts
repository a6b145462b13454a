import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { throughFile } from '../../src/host/export/throughFile';

/** A place that only the editor can write to. */
class Elsewhere implements vscode.FileSystemProvider {
	readonly files = new Map<string, Uint8Array>();
	private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
	readonly onDidChangeFile = this.changed.event;
	watch = (): vscode.Disposable => new vscode.Disposable(() => undefined);
	stat(uri: vscode.Uri): vscode.FileStat {
		const content = this.files.get(uri.path);
		if (uri.path === '/') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
		if (!content) throw vscode.FileSystemError.FileNotFound(uri);
		return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: content.length };
	}
	readDirectory = (): [string, vscode.FileType][] => [];
	createDirectory = (): void => undefined;
	readFile(uri: vscode.Uri): Uint8Array {
		return this.files.get(uri.path) ?? new Uint8Array();
	}
	writeFile(uri: vscode.Uri, content: Uint8Array): void {
		this.files.set(uri.path, content);
	}
	delete(uri: vscode.Uri): void {
		this.files.delete(uri.path);
	}
	rename = (): void => undefined;
}

describe('an export to a place that only the editor can write to', () => {
	const elsewhere = new Elsewhere();
	const registration = vscode.workspace.registerFileSystemProvider('prs-elsewhere', elsewhere);
	after(() => void registration.dispose());
	const target = vscode.Uri.parse('prs-elsewhere:/rows.csv');
	const textThere = () => Buffer.from(elsewhere.files.get('/rows.csv') ?? []).toString('utf8');

	it('gets there whole, over what was there, and leaves nothing here', async () => {
		elsewhere.files.set('/rows.csv', Buffer.from('before'));
		let used = '';
		const rows = await throughFile(target, async (path) => {
			used = path;
			await writeFile(path, 'one\ntwo ü\n');
			return 2;
		});
		assert.deepEqual([rows, textThere()], [2, 'one\ntwo ü\n']);
		assert.ok(used !== '' && !existsSync(used));
	});

	it('leaves what was there when it fails', async () => {
		elsewhere.files.set('/rows.csv', Buffer.from('before'));
		await assert.rejects(throughFile(target, async (path) => {
			await writeFile(path, 'half');
			throw new Error('no more');
		}), /no more/);
		assert.equal(textThere(), 'before');
	});

	it('is written in its place where that is a file', async () => {
		assert.equal(await throughFile(vscode.Uri.file('/some/where.csv'), (path) => Promise.resolve(path)), vscode.Uri.file('/some/where.csv').fsPath);
	});
});
