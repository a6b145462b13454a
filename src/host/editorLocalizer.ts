import * as vscode from 'vscode';
import type { Localizer } from './format/localizer';

/** The editor's own language and translations. */
export const editorLocalizer: Localizer = {
	language: vscode.env.language,
	t: (message, ...args) => vscode.l10n.t(message, ...args),
};
