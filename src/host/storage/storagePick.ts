import * as vscode from 'vscode';
import type { StoredStatus } from '../../core/storedStatus';
import { DisposableStore } from '../disposableStore';
import { editorLocalizer } from '../editorLocalizer';
import { formatNumber, formatSize } from '../format/localizer';
import { storedRow } from './storageText';

/** What can be done with one repository. */
export type RepositoryAction = 'refresh' | 'verify' | 'clear';
/** What can be done with all of it. */
export type StorageAction = 'seed' | 'export' | 'openFolder' | 'clearAll';

/** What a person chose; a repository without an action is to be asked for one. */
export type StorageChoice = { repository: StoredStatus; action?: RepositoryAction } | { action: StorageAction };

/** What lies in the storage folder. */
export interface StorageContents {
	repositories: StoredStatus[];
	databaseBytes: number;
}

interface Item extends vscode.QuickPickItem {
	choice?: StorageChoice;
}

interface ActionButton extends vscode.QuickInputButton {
	action: RepositoryAction;
	iconPath: vscode.ThemeIcon;
	tooltip: string;
}

/** Shows what is stored, a row a repository, and what can be done with it. `undefined` when the person turned away. */
export async function pickFromStorage(read: Promise<StorageContents>, now: () => number): Promise<StorageChoice | undefined> {
	const disposables = new DisposableStore();
	const pick = disposables.add(vscode.window.createQuickPick<Item>());
	try {
		return await new Promise<StorageChoice | undefined>((resolve, reject) => {
			pick.title = vscode.l10n.t('Stored Repositories');
			pick.placeholder = vscode.l10n.t('Reading what is stored…');
			pick.matchOnDescription = true;
			pick.busy = true;
			disposables.add(
				pick.onDidAccept(() => {
					const choice = pick.selectedItems[0]?.choice;
					// An Enter before there are rows, or where none matches, keeps the list open.
					if (choice) {
						resolve(choice);
					}
				}),
			);
			disposables.add(
				pick.onDidTriggerItemButton(({ item, button }) => {
					const repository = item.choice && 'repository' in item.choice ? item.choice.repository : undefined;
					resolve(repository && { repository, action: (button as ActionButton).action });
				}),
			);
			disposables.add(pick.onDidHide(() => resolve(undefined)));
			pick.show();
			read.then((contents) => fill(pick, contents, now()), reject);
		});
	} finally {
		disposables.dispose();
	}
}

function fill(pick: vscode.QuickPick<Item>, { repositories, databaseBytes }: StorageContents, now: number): void {
	const count = repositories.length === 1 ? vscode.l10n.t('1 repository') : vscode.l10n.t('{0} repositories', formatNumber(repositories.length, editorLocalizer));
	pick.placeholder =
		repositories.length === 0
			? vscode.l10n.t('Nothing is stored yet')
			: `${count} · ${vscode.l10n.t('{0} in the database', formatSize(databaseBytes, editorLocalizer))}`;
	const buttons = actionButtons();
	pick.items = [
		...repositories.map((repository): Item => ({ ...storedRow(repository, now, editorLocalizer), buttons, choice: { repository } })),
		...(repositories.length === 0 ? [] : [{ label: vscode.l10n.t('All repositories'), kind: vscode.QuickPickItemKind.Separator }]),
		...actions(repositories.length > 0),
	];
	pick.busy = false;
}

function actions(hasStored: boolean): Item[] {
	const openFolder: Item = { label: `$(folder-opened) ${vscode.l10n.t('Open Storage Folder')}`, choice: { action: 'openFolder' } };
	return hasStored
		? [
				{ label: `$(export) ${vscode.l10n.t('Export…')}`, choice: { action: 'export' } },
				openFolder,
				{ label: `$(trash) ${vscode.l10n.t('Remove All Stored Repositories…')}`, choice: { action: 'clearAll' } },
			]
		: [{ label: `$(add) ${vscode.l10n.t('Seed repo PRs')}`, choice: { action: 'seed' } }, openFolder];
}

/** The same as on a row's buttons, for those who choose the row itself. */
export async function pickRepositoryAction({ nameWithOwner }: StoredStatus): Promise<RepositoryAction | undefined> {
	const items = actionButtons().map(({ action, tooltip, iconPath }) => ({ action, label: `$(${iconPath.id}) ${tooltip}` }));
	return (await vscode.window.showQuickPick(items, { title: nameWithOwner }))?.action;
}

function actionButtons(): ActionButton[] {
	return [
		{ action: 'refresh', iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Refresh from GitHub') },
		{ action: 'verify', iconPath: new vscode.ThemeIcon('verified'), tooltip: vscode.l10n.t('Check against GitHub') },
		{ action: 'clear', iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Remove…') },
	];
}
