import * as vscode from 'vscode';
import { withoutIcons } from './format/plainText';

interface StatusAction extends vscode.QuickPickItem {
	run?: () => Thenable<unknown>;
}

/** What the status bar item knows, as lines of plain text. */
export interface StatusLines {
	budget: readonly string[];
	background: readonly string[];
}

/** What a click on the status bar item offers. */
export async function showStatusPick(lines: StatusLines, state: { signedIn: boolean | undefined; hasStored: boolean }): Promise<void> {
	const command = (id: string, ...args: unknown[]) => () => vscode.commands.executeCommand(id, ...args);
	const actions: StatusAction[] = [
		...(state.hasStored ? [{ label: `$(refresh) ${vscode.l10n.t('Refresh from GitHub')}`, run: command('prSeeder.refresh') }] : []),
		...(state.hasStored ? [{ label: `$(history) ${vscode.l10n.t('Show Changes Since Last Visit')}`, run: command('prSeeder.showChanges') }] : []),
		{ label: `$(add) ${vscode.l10n.t('Seed repo PRs')}`, run: command('prSeeder.seed') },
		...(state.signedIn === false ? [{ label: `$(sign-in) ${vscode.l10n.t('Sign in to GitHub')}`, run: command('prSeeder.signIn') }] : []),
		{ label: `$(database) ${vscode.l10n.t('Manage Stored Repositories')}`, run: command('prSeeder.showStorage') },
		...(state.hasStored ? [{ label: `$(sync) ${vscode.l10n.t('Choose Repositories to Sync in the Background…')}`, run: command('prSeeder.chooseBackgroundRepositories') }] : []),
		{ label: `$(output) ${vscode.l10n.t('Show Log')}`, run: command('prSeeder.showLog') },
		{ label: `$(gear) ${vscode.l10n.t('Settings')}`, run: command('workbench.action.openSettings', 'prSeeder.') },
	];
	const known = [...group(vscode.l10n.t('Budget'), lines.budget), ...group(vscode.l10n.t('Synced in the background'), lines.background)];
	const chosen = await vscode.window.showQuickPick([...actions, ...known], { title: 'PR Seeder' });
	await chosen?.run?.();
}

function group(title: string, lines: readonly string[]): StatusAction[] {
	return lines.length === 0 ? [] : [
		{ label: title, kind: vscode.QuickPickItemKind.Separator },
		...lines.map((line) => ({ label: `$(info) ${withoutIcons(line)}` })),
	];
}
