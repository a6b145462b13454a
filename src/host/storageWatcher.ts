import * as vscode from 'vscode';

/**
 * Says when another window or the command line may have saved: when the database file changes, and when this
 * window gets the focus, because a file watcher can miss things on some file systems.
 */
export function watchStorage(folder: vscode.Uri, onMayHaveChanged: () => void): vscode.Disposable {
	const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, 'prs.sqlite'));
	return vscode.Disposable.from(
		watcher,
		watcher.onDidChange(onMayHaveChanged),
		watcher.onDidCreate(onMayHaveChanged),
		vscode.window.onDidChangeWindowState((state) => {
			if (state.focused) {
				onMayHaveChanged();
			}
		}),
	);
}
