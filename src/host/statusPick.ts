import * as vscode from 'vscode';

interface StatusAction extends vscode.QuickPickItem {
	run?: () => Thenable<unknown>;
}

/** What a click on the status bar item offers. @param lines what the item knows, as plain text */
export async function showStatusPick(lines: readonly string[], state: { signedIn: boolean | undefined; hasStored: boolean }): Promise<void> {
	const command = (id: string, ...args: unknown[]) => () => vscode.commands.executeCommand(id, ...args);
	const actions: StatusAction[] = [
		...(state.hasStored ? [{ label: `$(refresh) ${vscode.l10n.t('Refresh from GitHub')}`, run: command('prSeeder.refresh') }] : []),
		{ label: `$(add) ${vscode.l10n.t('Seed repo PRs')}`, run: command('prSeeder.seed') },
		...(state.signedIn === false ? [{ label: `$(sign-in) ${vscode.l10n.t('Sign in to GitHub')}`, run: command('prSeeder.signIn') }] : []),
		{ label: `$(database) ${vscode.l10n.t('Show what is stored')}`, run: command('prSeeder.showStorage') },
		{ label: `$(output) ${vscode.l10n.t('Show log')}`, run: command('prSeeder.showLog') },
		{ label: `$(gear) ${vscode.l10n.t('Settings')}`, run: command('workbench.action.openSettings', 'prSeeder.') },
	];
	const known: StatusAction[] = lines.length === 0 ? [] : [
		{ label: vscode.l10n.t('Budget'), kind: vscode.QuickPickItemKind.Separator },
		...lines.map((line) => ({ label: `$(info) ${line}` })),
	];
	const chosen = await vscode.window.showQuickPick([...actions, ...known], { title: 'PR Seeder' });
	await chosen?.run?.();
}
