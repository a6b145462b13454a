import * as vscode from 'vscode';
import { editorLocalizer } from '../editorLocalizer';
import { CHECK_MARKS, checksStateText } from './checksText';

const SCHEME = 'pr-seeder-checks';

type Shown = keyof typeof CHECK_MARKS;

/** The address that calls up the mark for a state of checks; the same for every row in that state. */
export function checksUri(state: Shown): vscode.Uri {
	return vscode.Uri.from({ scheme: SCHEME, path: `/${state}` });
}

/**
 * What needs somebody's eye. The title takes the colour too, so these are the colours that themes make for the text of
 * lists: those of charts are too pale for it on a light ground.
 */
const COLORS: Partial<Record<Shown, string>> = { failure: 'list.errorForeground', pending: 'list.warningForeground' };

/** Draws the state of checks at the right end of a row, where it stays in sight however narrow the side bar is. */
export class CheckDecorations implements vscode.FileDecorationProvider {
	provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
		const state = uri.path.slice(1);
		if (uri.scheme !== SCHEME || !isShown(state)) {
			return undefined;
		}
		const color = COLORS[state];
		return new vscode.FileDecoration(CHECK_MARKS[state], checksStateText(state, editorLocalizer), color === undefined ? undefined : new vscode.ThemeColor(color));
	}
}

function isShown(state: string): state is Shown {
	return Object.hasOwn(CHECK_MARKS, state);
}
