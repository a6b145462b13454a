import * as vscode from 'vscode';
import type { Clock } from '../../core/model/clock';
import type { Event } from '../../core/model/event';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { Store } from '../../core/store/store';
import { Coalescer } from '../coalescer';
import { DisposableStore } from '../disposableStore';
import type { CheckedOut } from '../git/checkedOutBranches';
import type { Marks } from './marks';
import type { Me } from './me';
import { myRows, type MyRows } from './myWorkRows';
import { MyWorkTree } from './myWorkTree';

const CHANGE_DELAY_MS = 1_000;

export interface MyWorkViewOptions {
	store: { get: () => Promise<Store>; readonly isOpen: boolean; onDidChange: Event<undefined> };
	me: Pick<Me, 'accounts' | 'onDidChange'>;
	marks: Marks;
	branches: { get(): Promise<CheckedOut[]>; readonly onDidChange: Event<void> };
	/** Those of a project, where one is shown in place of all. */
	scope: { stored(all: readonly RepositoryRow[]): { stored: readonly RepositoryRow[] } | undefined; onDidChange: Event<undefined> };
	settings: { readonly stuckDays: number; readonly onDidChange: Event<void> };
	clock: Pick<Clock, 'now'>;
	onDidFail: (error: unknown) => void;
}

/**
 * The view "My Work", and the number on the container. The editor adds up the badges of a container's views, so this one
 * carries it alone: what waits for the person; while nothing does, what changed since they last looked.
 */
export class MyWorkView implements vscode.Disposable {
	private readonly disposables = new DisposableStore();
	readonly tree: MyWorkTree;
	private readonly view: vscode.TreeView<unknown>;
	private readonly changed = this.disposables.add(new Coalescer(CHANGE_DELAY_MS, () => void this.update()));
	private toActOn = 0;
	private changes: vscode.ViewBadge | undefined;

	constructor(private readonly options: MyWorkViewOptions) {
		const { store, me, marks, branches, scope, settings, clock, onDidFail } = options;
		this.tree = this.disposables.add(new MyWorkTree({ read: () => this.read(), readDetail: async (key) => (await store.get()).read.pullRequestDetail(key), clock, onDidFail }));
		this.view = this.disposables.add(vscode.window.createTreeView('prSeeder.myWork', { treeDataProvider: this.tree, showCollapseAll: true, canSelectMany: true }));
		for (const subscribe of [store.onDidChange, me.onDidChange, marks.onDidChange, branches.onDidChange, scope.onDidChange, settings.onDidChange] as Event<unknown>[]) {
			this.disposables.add(subscribe(() => this.schedule()));
		}
	}

	/** Whether it is in sight. */
	get isVisible(): boolean {
		return this.view.visible;
	}

	get onDidChangeVisibility(): vscode.Event<unknown> {
		return this.view.onDidChangeVisibility;
	}

	/** What changed since the person last looked; it stands back behind what waits for them. */
	showChanges(badge: vscode.ViewBadge | undefined): void {
		this.changes = badge;
		this.showBadge();
	}

	/** What waits for the person may be something else by now. Does nothing while the database is not open. */
	schedule(): void {
		if (this.options.store.isOpen) {
			this.changed.schedule();
		}
	}

	dispose(): void {
		this.disposables.dispose();
	}

	private async update(): Promise<void> {
		this.tree.refresh();
		if (!this.view.visible) {
			// The tree reads nothing then.
			await this.read().catch(() => undefined);
		}
	}

	private async read(): Promise<MyRows> {
		const { store, me, marks, branches, scope, settings, clock } = this.options;
		const [opened, accounts, checkedOut] = await Promise.all([store.get(), me.accounts(), branches.get()]);
		const all = await opened.read.repositories();
		const repositories = scope.stored(all)?.stored ?? all;
		const rows = await myRows({ store: opened, repositories, accounts, checkedOut, marks, stuckDays: settings.stuckDays, now: clock.now() });
		this.toActOn = rows.toActOn;
		this.showBadge();
		return rows;
	}

	private showBadge(): void {
		const value = this.toActOn;
		const tooltip = value === 1 ? vscode.l10n.t('1 pull request waits for you') : vscode.l10n.t('{0} pull requests wait for you', value);
		const badge = value > 0 ? { value, tooltip } : this.changes;
		// Setting the same again would draw it again.
		if (this.view.badge?.value !== badge?.value || this.view.badge?.tooltip !== badge?.tooltip) {
			this.view.badge = badge;
		}
	}
}
