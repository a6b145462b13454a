import * as vscode from 'vscode';
import { editorLocalizer } from '../editorLocalizer';
import { CHECK_MARKS, checksStateText, isCheckResult } from './checksText';
import type { CheckResult } from '../../core/store/read/checksRollup';

const SCHEME = 'pr-seeder-checks';

/** The address that calls up the mark for a state of checks; the same for every row in that state. */
export function checksUri(state: CheckResult): vscode.Uri {
	return vscode.Uri.from({ scheme: SCHEME, path: `/${state}` });
}

/** Draws the state of checks at the right end of a row, where it stays in sight however narrow the side bar is. */
export class CheckDecorations implements vscode.FileDecorationProvider {
	provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
		const state = uri.path.slice(1);
		// No colour: it would be the title's too.
		return uri.scheme === SCHEME && isCheckResult(state) ? new vscode.FileDecoration(CHECK_MARKS[state], checksStateText(state, editorLocalizer)) : undefined;
	}
}
