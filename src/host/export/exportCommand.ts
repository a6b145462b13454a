import { homedir } from 'node:os';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ExportChoice } from './exportPick';
import { CancelledError } from '../../core/model/humanError';
import { workPeriod } from '../../core/insights/workloadModel';
import type { PullRequestFilter } from '../../core/store/read/filter';
import type { Store } from '../../core/store/store';
import { editorLocalizer } from '../editorLocalizer';
import type { FilterState } from '../filter/filterState';
import { filterText } from '../filter/filterText';
import { formatNumber } from '../format/localizer';
import { partsText } from '../format/partText';
import { notificationText, withoutIcons } from '../format/plainText';
import type { ProjectScope } from '../projects/projectScope';
import { pickExport } from './exportPick';
import { throughFile } from './throughFile';

export interface ExportCommandOptions {
	/** The storage folder. */
	storage: vscode.Uri;
	store: () => Promise<Store>;
	filter: Pick<FilterState, 'get' | 'query' | 'work'>;
	/** Days without an update after which a pull request is stale. */
	staleDays: () => number;
	scope: Pick<ProjectScope, 'inStore' | 'project'>;
}

/** Takes what is stored elsewhere: asks what and where to, writes it page by page, and says where it is. */
export class ExportCommand {
	constructor(private readonly options: ExportCommandOptions) {}

	async run(): Promise<void> {
		const { store, filter, scope } = this.options;
		const opened = await store();
		const stored = await opened.read.repositories();
		if (stored.length === 0) {
			void vscode.window.showInformationMessage(vscode.l10n.t('Nothing is stored.'));
			return;
		}
		const narrowed = [scope.project?.name ?? '', filterText(filter.get(), filter.work, editorLocalizer)].filter((part) => part !== '');
		const choice = await pickExport(withoutIcons(narrowed.join(' · ')));
		const target = choice && (await askTarget(choice));
		if (!choice || !target) {
			return;
		}
		// As it was when the person chose.
		const query = choice.what !== 'database' && choice.filtered ? { ...filter.query, ...(await scope.inStore(opened)) } : {};
		const rows = await vscode.window.withProgress(
			{ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Exporting to {0}', basename(target.path)), cancellable: choice.what !== 'database' },
			(progress, cancellation) => this.writeTo(target, choice, query, opened, progress, cancellation),
		);
		if (rows !== undefined) {
			const { repositoryIds } = query;
			tell(target, rows, partsText(stored.filter(({ id }) => repositoryIds?.includes(id) !== false), editorLocalizer));
		}
	}

	/** @returns the number of rows, `null` for a database; `undefined` when it was cancelled: then nothing was written */
	private async writeTo(
		target: vscode.Uri,
		choice: ExportChoice,
		query: PullRequestFilter,
		store: Store,
		progress: vscode.Progress<{ message?: string }>,
		cancellation: vscode.CancellationToken,
	): Promise<number | null | undefined> {
		const abort = new AbortController();
		const subscription = cancellation.onCancellationRequested(() => abort.abort());
		try {
			return await throughFile(target, (path) => this.write(path, choice, query, store, progress, abort.signal));
		} catch (error) {
			if (error instanceof CancelledError) {
				return undefined;
			}
			throw error;
		} finally {
			subscription.dispose();
		}
	}

	private async write(
		path: string,
		choice: ExportChoice,
		query: PullRequestFilter,
		store: Store,
		progress: vscode.Progress<{ message?: string }>,
		signal: AbortSignal,
	): Promise<number | null> {
		const [{ copyDatabase, writePieces }, { exportRows }, { writeText }] = await Promise.all([
			import('../../core/export/exportFile'),
			import('../../core/export/exportRows'),
			import('../../core/export/exportText'),
		]);
		// The dialog has asked whether to replace it.
		const file = { path, overwrite: true, storage: this.options.storage.fsPath };
		if (choice.what === 'database') {
			await copyDatabase(store, file);
			return null;
		}
		const onProgress = (rows: number) => progress.report({ message: vscode.l10n.t('{0} rows', formatNumber(rows, editorLocalizer)) });
		return writePieces(file, (sink) => writeText(exportRows(choice.what, store, query, workPeriod(Date.now(), { staleDays: this.options.staleDays() })), sink, { format: choice.format, mark: true, signal, onProgress }));
	}
}

async function askTarget(choice: ExportChoice): Promise<vscode.Uri | undefined> {
	const extension = choice.what === 'database' ? 'sqlite' : choice.format;
	const name = choice.what === 'database' ? 'pull-requests' : choice.what;
	const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri ?? vscode.Uri.file(homedir());
	return vscode.window.showSaveDialog({
		title: vscode.l10n.t('Export'),
		defaultUri: vscode.Uri.joinPath(folder, `${name}.${extension}`),
		filters: { [extension === 'sqlite' ? 'SQLite' : extension.toUpperCase()]: [extension] },
	});
}

/** @param part what the rows are of, where that is not all */
function tell(target: vscode.Uri, rows: number | null, part: string): void {
	const open = vscode.l10n.t('Open File');
	const name = basename(target.path);
	const text =
		rows === null
			? vscode.l10n.t('The database was copied to {0}.', name)
			: rows === 1
				? vscode.l10n.t('1 row was written to {0}.', name)
				: vscode.l10n.t('{0} rows were written to {1}.', formatNumber(rows, editorLocalizer), name);
	// An editor has no use for a database.
	void vscode.window.showInformationMessage(notificationText([text, part].filter((sentence) => sentence !== '').join(' ')), ...(rows === null ? [] : [open])).then(async (chosen) => {
		if (chosen === open) {
			await vscode.commands.executeCommand('vscode.open', target);
		}
	});
}
