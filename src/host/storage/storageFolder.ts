import * as vscode from 'vscode';
import { notificationText } from '../format/plainText';

/**
 * Shows the storage folder in the system's own file manager. Where that is on another machine than the folder - the
 * editor in a browser, a remote window - there is none to show it in: the person is told where it is instead.
 */
export async function openStorageFolder(folder: vscode.Uri): Promise<void> {
	// Before anything was stored there is none, and a file manager would show nothing.
	await vscode.workspace.fs.createDirectory(folder);
	const isHere = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
	if (isHere && (await reveal(folder))) {
		return;
	}
	const copy = vscode.l10n.t('Copy Path');
	const where = vscode.l10n.t('The storage folder is {0}, on the machine that the extension runs on.', folder.fsPath);
	if ((await vscode.window.showInformationMessage(notificationText(where), copy)) === copy) {
		await vscode.env.clipboard.writeText(folder.fsPath);
	}
}

/** Whether the editor could. */
async function reveal(folder: vscode.Uri): Promise<boolean> {
	try {
		await vscode.commands.executeCommand('revealFileInOS', folder);
		return true;
	} catch {
		return false;
	}
}
