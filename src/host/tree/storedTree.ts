import * as vscode from 'vscode';
import { type StoredProject } from '../../core/projects/project';
import { MAX_PAGE, type PullRequestRow } from '../../core/store/read/pullRequestRow';
import type { PullRequestFilter } from '../../core/store/read/filter';
import type { Grouping } from '../../core/store/read/groupings';
import { type RepositoryRow } from '../../core/store/read/repositories';
import { type Store } from '../../core/store/store';
import type { Clock } from '../../core/model/clock';
import type { FilterState } from '../filter/filterState';
import type { ProjectScope } from '../projects/projectScope';
import { PAGE_SIZE } from './page';
import { fillTooltip, treeItem, type ReadDetail } from './treeItem';
import { moreNode, pullRequestNodes, type PullRequestList, type TreeNode } from './treeNode';

/** The store answers with no longer pages. */
const LONGEST_PAGE = MAX_PAGE - (MAX_PAGE % PAGE_SIZE);

export interface StoredTreeOptions {
	/** A promise that may reject: the tree is empty then and `onDidFail` tells whoever shows why. */
	store: () => Promise<Store>;
	/** All that are stored, as the store has them; it may reject as `store` does. */
	repositories: () => Promise<RepositoryRow[]>;
	filter: Pick<FilterState, 'query' | 'order' | 'isDefault' | 'narrowsOpen'>;
	scope: Pick<ProjectScope, 'stored'>;
	clock: Pick<Clock, 'now'>;
	onDidFail: (error: unknown) => void;
}

/** What stands at the top of a tree. */
export interface Roots {
	/** How many rows. */
	count: number;
	/** Whose pull requests the tree has. */
	repositories: readonly RepositoryRow[];
	/** The only repository, if it has no row. */
	only: RepositoryRow | undefined;
	/** The project that is shown in place of all repositories. */
	project: StoredProject | undefined;
	/** By what they are grouped, where they are. */
	by: Grouping | undefined;
}

/**
 * A tree over what is stored. It reads the store alone, so it shows what is stored at once, after a reload and without a
 * network too. Expansion survives refreshes because ids do.
 */
export abstract class StoredTree<O extends StoredTreeOptions = StoredTreeOptions> implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
	/** How many rows are wanted of each list that was shown, by its id. */
	private readonly wanted = new Map<string, number>();

	/** The rows of repositories, with what they say. */
	private readonly described = new Map<TreeNode, vscode.TreeItem['description']>();

	readonly onDidChangeTreeData = this.changed.event;

	private readonly rootsRead = new vscode.EventEmitter<Roots>();
	/** Tells what stands at the top, whenever it has been read. */
	readonly onDidReadRoots = this.rootsRead.event;

	/** By what the rows at the top, or those under them, are grouped; where they are, that is known with the roots. */
	protected by: Grouping | undefined;

	constructor(protected readonly options: O) {}

	/** Reads everything that is shown again. */
	refresh(): void {
		this.changed.fire(undefined);
	}

	/** The ages in the rows of repositories grow: writes those anew that say something else by now. */
	tick(): void {
		const now = this.options.clock.now();
		for (const [node, text] of this.described) {
			if (treeItem(node, now).description !== text) {
				this.changed.fire(node);
			}
		}
	}

	/** Adds a page to the rows of a list; nothing happens where this tree has not shown it. */
	showMore(list: PullRequestList): void {
		const wanted = this.wanted.get(list.id);
		if (wanted !== undefined) {
			this.wanted.set(list.id, wanted + PAGE_SIZE);
			this.changed.fire(list.kind === 'group' ? list : undefined);
		}
	}

	getTreeItem(node: TreeNode): vscode.TreeItem {
		const item = treeItem(node, this.options.clock.now());
		if (node.kind === 'repository') {
			this.described.set(node, item.description);
		}
		return item;
	}

	/** Tooltips are written when somebody hovers: most rows never are. */
	resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
		const read: ReadDetail = async (key) => (await this.options.store()).read.pullRequestDetail(key);
		return fillTooltip(item, node, read, this.options.clock.now());
	}

	abstract getParent(node: TreeNode): vscode.ProviderResult<TreeNode>;

	async getChildren(node?: TreeNode): Promise<TreeNode[]> {
		try {
			const store = await this.options.store();
			return await (node === undefined ? this.readRoots(store) : this.children(store, node));
		} catch (error) {
			this.options.onDidFail(error);
			return [];
		}
	}

	dispose(): void {
		this.changed.dispose();
		this.rootsRead.dispose();
	}

	/** What stands at the top. @param all every stored repository @param project that is shown in their place */
	protected abstract roots(store: Store, all: readonly RepositoryRow[], project: StoredProject | undefined): Promise<TreeNode[]>;

	/** What stands under a row. */
	protected abstract children(store: Store, node: TreeNode): Promise<TreeNode[]>;

	/**
	 * As many rows of a list as are wanted, then how many are left.
	 * @param narrowed what the views show, as the list takes it; the list adds whose pull requests it has
	 * @param count tells how many the list has in all; it is asked only where there may be more than are wanted
	 */
	protected async pullRequests(store: Store, list: PullRequestList, filter: PullRequestFilter, count: () => number | Promise<number>): Promise<TreeNode[]> {
		const wanted = this.wanted.get(list.id) ?? PAGE_SIZE;
		this.wanted.set(list.id, wanted);
		const { order } = this.options.filter;
		const rows: PullRequestRow[] = [];
		while (rows.length < wanted) {
			const limit = Math.min(wanted - rows.length, LONGEST_PAGE);
			const page = await store.read.pullRequests(filter, { offset: rows.length, limit, order });
			rows.push(...page);
			if (page.length < limit) {
				break;
			}
		}
		const nodes = pullRequestNodes(list, rows);
		const hidden = rows.length < wanted ? 0 : (await count()) - rows.length;
		return hidden > 0 ? [...nodes, moreNode(list, hidden)] : nodes;
	}

	private async readRoots(store: Store): Promise<TreeNode[]> {
		const all = await this.options.repositories();
		this.described.clear();
		const project = this.options.scope.stored(all);
		const only = project || all.length > 1 ? undefined : all[0];
		const roots = await this.roots(store, all, project);
		this.rootsRead.fire({ count: roots.length, repositories: project?.stored ?? all, only, project, by: this.by });
		return roots;
	}
}
