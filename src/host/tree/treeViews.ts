import * as vscode from 'vscode';
import { attributesOf } from '../../core/filter/conditions';
import type { Clock } from '../../core/model/clock';
import type { StoredProject } from '../../core/projects/project';
import type { RepositoryRow } from '../../core/store/read/repositories';
import { WORK_ROLES, type WorkRole } from '../../core/store/read/workParts';
import type { Store } from '../../core/store/store';
import { DisposableStore } from '../disposableStore';
import { editorLocalizer } from '../editorLocalizer';
import type { FilterState } from '../filter/filterState';
import { filterText, orderText } from '../filter/filterText';
import { labelText } from '../format/plainText';
import type { ProjectScope } from '../projects/projectScope';
import { missingText } from '../projects/projectTexts';
import { staleText } from '../storage/storageText';
import { CheckDecorations } from './checkDecorations';
import { onlyRepositoryText } from './groupText';
import { OpenTree } from './openTree';
import { roleText, type PeopleRoleState } from './peopleRole';
import { PullRequestTree } from './pullRequestTree';
import type { StoredTree } from './storedTree';
import { viewWords } from './viewMessage';
import type { TreeNode } from './treeNode';

const AGE_MS = 60_000;

export interface TreeViewsOptions {
	store: () => Promise<Store>;
	filter: FilterState;
	scope: ProjectScope;
	role: PeopleRoleState;
	/** Days without an update after which a pull request is stale. */
	staleDays: () => number;
	clock: Pick<Clock, 'now'>;
	onDidFail: (error: unknown) => void;
}

interface Shown {
	tree: StoredTree;
	view: vscode.TreeView<TreeNode>;
	/** By what of the filter it is narrowed: by all but the state where all of it is open. */
	narrowedBy: 'all' | 'attributes';
	/** Whether anything stood at the top the last time it was read. */
	hasRows: boolean;
	/** By which role people were grouped then. */
	role: WorkRole | undefined;
}

/** The views over what is stored, narrowed by one filter: everything open as a list, then in groups. */
export class TreeViews implements vscode.Disposable {
	private readonly disposables = new DisposableStore();
	/** In the order in which they stand. */
	private readonly shown: Shown[] = [];
	private readonly visibility = this.disposables.add(new vscode.EventEmitter<void>());
	private problem: string | undefined;
	/** The only repository, while there is one. Whichever view reads it tells the others: a folded one reads nothing. */
	private only: RepositoryRow | undefined;
	/** All of them, as whichever view read them last. */
	private repositories: readonly RepositoryRow[] = [];
	/** A read of them that is under way. */
	private reading: Promise<RepositoryRow[]> | undefined;
	/** The project that is shown, found out in the same way. */
	private project: StoredProject | undefined;

	constructor(private readonly options: TreeViewsOptions) {
		this.disposables.add(vscode.window.registerFileDecorationProvider(new CheckDecorations()));
		const common = { ...options, repositories: () => this.readRepositories() };
		this.show('prSeeder.open', new OpenTree(common), 'attributes');
		this.show('prSeeder.milestones', new PullRequestTree({ by: () => 'milestone', ...common }));
		this.show('prSeeder.labels', new PullRequestTree({ by: () => 'label', ...common }));
		const people = new PullRequestTree({ by: (store, repositories) => options.role.roleOf(store, repositories), ...common });
		this.show('prSeeder.assignees', people);
		this.disposables.add(options.role.onDidChange(() => people.refresh()));
		this.disposables.add(
			options.filter.onDidChange(() => {
				this.followFilter();
				this.refresh();
			}),
		);
		this.disposables.add(options.scope.onDidChange(() => this.refresh()));
		this.followFilter();
		// The ages in them grow.
		const timer = setInterval(() => this.tick(), AGE_MS);
		this.disposables.add({ dispose: () => clearInterval(timer) });
	}

	/** Whether one of the views is in sight. */
	get isVisible(): boolean {
		return this.shown.some(({ view }) => view.visible);
	}

	/** Tells when a view has come into sight or gone out of it. */
	readonly onDidChangeVisibility = this.visibility.event;

	refresh(): void {
		for (const { tree } of this.shown) {
			tree.refresh();
		}
	}

	/** Says in the first view what is wrong, in place of its welcome text; `undefined`: nothing. The others offer what to do. */
	showProblem(problem: string | undefined): void {
		this.problem = problem;
		this.showMessages();
	}

	/** @param node the row "Show more" of one of the trees */
	showMore(node: unknown): void {
		if (isMoreNode(node)) {
			for (const { tree } of this.shown) {
				tree.showMore(node.parent);
			}
		}
	}

	dispose(): void {
		this.disposables.dispose();
	}

	private show(id: string, tree: StoredTree, narrowedBy: Shown['narrowedBy'] = 'all'): void {
		this.disposables.add(tree);
		const view = this.disposables.add(vscode.window.createTreeView(id, { treeDataProvider: tree, showCollapseAll: narrowedBy !== 'attributes', canSelectMany: true }));
		const shown: Shown = { tree, view, narrowedBy, hasRows: true, role: undefined };
		this.shown.push(shown);
		this.disposables.add(view.onDidChangeVisibility(() => this.showMessages()));
		this.disposables.add(view.onDidChangeVisibility(() => this.visibility.fire()));
		this.disposables.add(
			tree.onDidReadRoots(({ count, repositories, only, project, by }) => {
				shown.hasRows = count > 0;
				shown.role = WORK_ROLES.find((role) => role === by);
				this.repositories = repositories;
				this.only = only;
				this.followProject(project);
			}),
		);
	}

	/**
	 * Reads them once for all views that ask meanwhile. The store answers in turn and tells a change after the answers
	 * from before it, so a read that is still under way when a change is told is from after it.
	 */
	private readRepositories(): Promise<RepositoryRow[]> {
		this.reading ??= this.options
			.store()
			.then((store) => store.read.repositories())
			.finally(() => (this.reading = undefined));
		return this.reading;
	}

	private followProject(project: StoredProject | undefined): void {
		this.project = project;
		// The welcome text offers to seed it then.
		void vscode.commands.executeCommand('setContext', 'prSeeder.projectEmpty', project?.stored.length === 0);
		this.showMessages();
	}

	private tick(): void {
		this.showMessages();
		for (const { tree, view } of this.shown) {
			if (view.visible) {
				tree.tick();
			}
		}
	}

	private followFilter(): void {
		const { filter } = this.options;
		void vscode.commands.executeCommand('setContext', 'prSeeder.filtered', !filter.isDefault);
		void vscode.commands.executeCommand('setContext', 'prSeeder.openFiltered', filter.narrowsOpen);
		this.showMessages();
	}

	private showMessages(): void {
		const { filter } = this.options;
		const order = filter.isDefaultOrder ? '' : orderText(filter.order, editorLocalizer);
		const narrowed = {
			all: filterText(filter.get(), filter.work, editorLocalizer),
			attributes: filterText(attributesOf(filter.get()), filter.work, editorLocalizer),
		};
		const { project } = this;
		const name = project ? labelText(project.project.name, 40) : '';
		// Once is enough: in the first view that is not folded.
		let missing = project && project.stored.length > 0 ? missingText(project, editorLocalizer) : '';
		let { problem } = this;
		// Once is enough: in the first view that has rows.
		let stale = staleText(this.repositories, this.options.clock.now(), editorLocalizer);
		const repository = this.only ? onlyRepositoryText(this.only, this.options.clock.now(), editorLocalizer) : '';
		for (const { view, narrowedBy, hasRows, role } of this.shown) {
			const { message, description } = viewWords({ problem, filter: narrowed[narrowedBy], role: role ? roleText(role, editorLocalizer) : '', order, repository, project: name, missing: view.visible ? missing : '', hasRows, stale });
			// Setting the same again would draw it again.
			if ((view.message ?? '') !== message) {
				view.message = message;
			}
			if ((view.description ?? '') !== description) {
				view.description = description;
			}
			problem = undefined;
			stale = hasRows ? '' : stale;
			missing = view.visible ? '' : missing;
		}
	}
}

function isMoreNode(value: unknown): value is Extract<TreeNode, { kind: 'more' }> {
	return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'more';
}
