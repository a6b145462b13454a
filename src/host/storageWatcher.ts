import * as vscode from 'vscode';

export interface StorageListener {
	/** Another window or the command line may have saved: the database file is another. */
	saved: () => void;
	/** A repository's sync may have ended, here or there: its cache says something else of itself. */
	lookedAt: () => void;
}

/** Says what happens in the storage folder; and all of it when this window gets the focus, because a file watcher can miss things on some file systems. */
export function watchStorage(folder: vscode.Uri, listener: StorageListener): vscode.Disposable {
	const watch = (pattern: string, onMayHaveChanged: () => void) => {
		const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, pattern));
		return [watcher, watcher.onDidChange(onMayHaveChanged), watcher.onDidCreate(onMayHaveChanged)];
	};
	return vscode.Disposable.from(
		...watch('prs.sqlite', listener.saved),
		...watch('cache/*/*/*/state.json', listener.lookedAt),
		vscode.window.onDidChangeWindowState((state) => {
			if (state.focused) {
				listener.saved();
				listener.lookedAt();
			}
		}),
	);
}
