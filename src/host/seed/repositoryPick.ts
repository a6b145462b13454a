import * as vscode from 'vscode';
import type { RepositoryRef } from '../../core/model/repository';
import { DisposableStore } from '../disposableStore';
import { editorLocalizer } from '../editorLocalizer';
import type { OwnRepositoryList } from './ownRepositoryList';
import { repositoryRows, wantsMoreOwn, type ChoiceRow, type RepositoryChoices } from './repositoryRows';

/** Where the rows come from. Everything but the hosts may arrive while the list is open. */
export interface RepositorySources {
	/** What the repository is chosen for. */
	title: string;
	hosts: string[];
	/** Already stored, newest sync first. */
	seeded: Promise<RepositoryRef[]>;
	own: OwnRepositoryList;
	watchWorkspace: (listener: (repositories: RepositoryRef[]) => void) => vscode.Disposable;
}

interface RepositoryItem extends vscode.QuickPickItem {
	ref?: RepositoryRef;
}

/** Asks for a repository. Resolves with `undefined` when the person turns away. */
export async function pickRepository(sources: RepositorySources): Promise<RepositoryRef | undefined> {
	const pick = new RepositoryPick(sources);
	try {
		return await pick.show();
	} finally {
		pick.dispose();
	}
}

class RepositoryPick implements vscode.Disposable {
	private readonly disposables = new DisposableStore();
	private readonly pick = this.disposables.add(vscode.window.createQuickPick<RepositoryItem>());
	private workspace: RepositoryRef[] = [];
	private seeded: RepositoryRef[] = [];
	private closed = false;
	/** The rows that are set, as text. */
	private shown = '';
	/** Enter was pressed while new rows were on their way to the list: it is meant for the one that becomes active. */
	private accepted = false;

	constructor(private readonly sources: RepositorySources) {
		this.pick.title = sources.title;
		this.pick.placeholder = vscode.l10n.t('owner/name, or the address of a repository');
		this.pick.matchOnDescription = false;
		this.disposables.add(
			this.pick.onDidChangeValue(() => {
				this.accepted = false;
				this.render();
			}),
		);
		this.disposables.add(sources.own);
		this.disposables.add(sources.own.onDidChange(() => this.render()));
		this.disposables.add(
			sources.watchWorkspace((repositories) => {
				this.workspace = repositories;
				this.render();
			}),
		);
		// A store that can't be read is shown elsewhere; choosing a repository still works.
		void sources.seeded.then(
			(repositories) => {
				this.seeded = repositories;
				this.render();
			},
			() => undefined,
		);
	}

	show(): Promise<RepositoryRef | undefined> {
		return new Promise((resolve) => {
			const choose = (item: RepositoryItem | undefined) => {
				// A row that only says something keeps the field open.
				if (item?.ref) {
					resolve(item.ref);
					this.pick.hide();
				}
			};
			this.disposables.add(
				this.pick.onDidAccept(() => {
					const item = this.pick.activeItems[0] ?? this.pick.selectedItems[0];
					this.accepted = item === undefined;
					choose(item);
				}),
			);
			this.disposables.add(
				this.pick.onDidChangeActive(([item]) => {
					if (this.accepted && item) {
						this.accepted = false;
						choose(item);
					}
				}),
			);
			this.disposables.add(this.pick.onDidHide(() => resolve(undefined)));
			this.render();
			this.pick.show();
			void this.sources.own.loadMore();
		});
	}

	dispose(): void {
		this.closed = true;
		this.disposables.dispose();
	}

	private render(): void {
		if (this.closed) {
			return;
		}
		const { own } = this.sources;
		const choices: RepositoryChoices = {
			text: this.pick.value,
			hosts: this.sources.hosts,
			workspace: this.workspace,
			seeded: this.seeded,
			own: [...own.repositories],
			ownPending: own.isPending,
			ownProblem: own.problem,
		};
		this.pick.busy = own.isLoading;
		this.pick.keepScrollPosition = true;
		const rows = repositoryRows(choices, editorLocalizer);
		const text = JSON.stringify(rows);
		// News that changes no row must not set them again: for a moment no row is active then, and Enter means nothing.
		if (text !== this.shown) {
			this.shown = text;
			this.pick.items = rows.map(itemOf);
		}
		if (wantsMoreOwn(choices)) {
			void own.loadMore();
		}
	}
}

function itemOf(row: ChoiceRow): RepositoryItem {
	switch (row.kind) {
		case 'separator':
			return { kind: vscode.QuickPickItemKind.Separator, label: row.label };
		case 'repository':
			return { label: row.label, description: row.description, ref: row.ref, alwaysShow: true };
		case 'message':
			return { label: row.label, alwaysShow: true, ...(row.description === undefined ? {} : { description: row.description }) };
	}
}
