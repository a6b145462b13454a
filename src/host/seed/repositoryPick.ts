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

/** How long the editor may still speak of rows that were replaced. */
const SETTLE_MS = 150;
/** How long it may say nothing of those that are set, and how often that is looked at meanwhile. */
const PATIENCE_MS = 2_000;
const AGAIN_MS = 50;

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
	/** When they were set, by `performance.now`. */
	private shownAt = 0;
	/** Runs when an Enter counts that came too soon after new rows. */
	private accepting: ReturnType<typeof setTimeout> | undefined;
	/** When an Enter came of which it is not known yet which row it means, by `performance.now`. */
	private acceptedAt: number | undefined;

	constructor(private readonly sources: RepositorySources) {
		this.pick.title = sources.title;
		this.pick.placeholder = vscode.l10n.t('owner/name or repository URL');
		this.pick.matchOnDescription = false;
		this.disposables.add(
			this.pick.onDidChangeValue(() => {
				clearTimeout(this.accepting);
				this.acceptedAt = undefined;
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
			this.disposables.add(
				this.pick.onDidAccept(() =>
					this.accept((ref) => {
						resolve(ref);
						this.pick.hide();
					}),
				),
			);
			this.disposables.add(this.pick.onDidHide(() => resolve(undefined)));
			this.render();
			this.pick.show();
			void this.sources.own.loadMore();
		});
	}

	dispose(): void {
		this.closed = true;
		clearTimeout(this.accepting);
		this.disposables.dispose();
	}

	/**
	 * The editor names rows by their place, so right after new ones were set it may mean those before: the row above,
	 * or a heading. An Enter that comes so soon counts a moment later, for the row that is active by then.
	 */
	private accept(choose: (ref: RepositoryRef) => void): void {
		clearTimeout(this.accepting);
		const now = performance.now();
		this.acceptedAt ??= now;
		const item = this.meantItem();
		const wait = this.shownAt + SETTLE_MS - now;
		// A busy editor says late which of the new rows is active; without a word it is the first.
		if (wait > 0 || (item === undefined && now < this.acceptedAt + PATIENCE_MS)) {
			this.accepting = setTimeout(() => this.accept(choose), Math.max(wait, AGAIN_MS));
			return;
		}
		this.acceptedAt = undefined;
		const { ref } = item ?? this.pick.items.find((row) => row.ref !== undefined) ?? {};
		// A row that only says something keeps the field open.
		if (ref) {
			choose(ref);
		}
	}

	/** Of the rows that are set, the one that the editor speaks of. */
	private meantItem(): RepositoryItem | undefined {
		return [...this.pick.activeItems, ...this.pick.selectedItems].find((item) => this.pick.items.includes(item));
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
		// News that changes no row must not set them again: an Enter would have to wait for them to settle.
		if (text !== this.shown) {
			this.shown = text;
			this.shownAt = performance.now();
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
