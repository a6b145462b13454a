import { homedir } from 'node:os';
import { posix } from 'node:path';
import * as vscode from 'vscode';
import { HumanError } from '../../core/model/humanError';
import type { SaveRequest } from '../../webview/protocol';
import { editorLocalizer } from '../editorLocalizer';
import { errorText } from '../format/errorText';

/**
 * Asks where to save an export, and writes it.
 * @returns the file's name; `undefined` when the person turned away
 * @throws HumanError when it can't be written
 */
export async function saveExport(format: SaveRequest['format'], content: string): Promise<string | undefined> {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
	const target = await vscode.window.showSaveDialog({
		defaultUri: vscode.Uri.joinPath(folder, `workload.${format}`),
		filters: { [format.toUpperCase()]: [format] },
	});
	if (!target) {
		return undefined;
	}
	try {
		await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(content));
	} catch (error) {
		throw new HumanError(vscode.l10n.t('The file could not be written: {0}', errorText(error, editorLocalizer)), { cause: error });
	}
	return posix.basename(target.path);
}
