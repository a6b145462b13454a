import * as vscode from 'vscode';
import type { Grouping, PullRequestFilter, Store } from '../../core/store/store';
import type { Clock } from '../../core/model/clock';
import { groupNode, moreNode, pullRequestNode, repositoryNode, type GroupNode, type RepositoryNode, type TreeNode } from './treeNode';
import { fillTooltip, treeItem } from './treeItem';

/** How many pull requests of a group are shown at first, and how many "Show more" adds. */
export const PAGE_SIZE = 200;

/**
 * One tree under one of three groupings. It reads the store alone, so it shows what is stored at once,
 * after a reload and without a network too. Expansion survives refreshes because ids do.
 */
export class PullRequestTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
	/** How many rows of a group are wanted, by node id; a page where nothing is noted. */
	private readonly wanted = new Map<string, number>();

	readonly onDidChangeTreeData = this.changed.event;

	/**
	 * @param store a promise that may reject: the tree is empty then and `onDidFail` tells whoever shows why
	 */
	constructor(
		private readonly by: Grouping,
		private readonly store: () => Promise<Store>,
		private readonly clock: Pick<Clock, 'now'>,
		private readonly onDidFail: (error: unknown) => void,
	) {}

	/** Reads everything that is shown again. */
	refresh(): void {
		this.changed.fire(undefined);
	}

	/** Adds a page to a group's rows. */
	showMore(group: GroupNode): void {
		this.wanted.set(group.id, (this.wanted.get(group.id) ?? PAGE_SIZE) + PAGE_SIZE);
		this.changed.fire(group);
	}

	getTreeItem(node: TreeNode): vscode.TreeItem {
		return treeItem(node, this.clock.now());
	}

	/** Tooltips are written when somebody hovers: most rows never are. */
	resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
		return fillTooltip(item, node, this.clock.now());
	}

	getParent(node: TreeNode): vscode.ProviderResult<TreeNode> {
		switch (node.kind) {
			case 'repository':
				return undefined;
			case 'group':
				return this.parentOf(node);
			default:
				return node.parent;
		}
	}

	async getChildren(node?: TreeNode): Promise<TreeNode[]> {
		try {
			const store = await this.store();
			switch (node?.kind) {
				case undefined:
					return await this.roots(store);
				case 'repository':
					return await this.groups(store, node);
				case 'group':
					return await this.pullRequests(store, node);
				default:
					return [];
			}
		} catch (error) {
			this.onDidFail(error);
			return [];
		}
	}

	dispose(): void {
		this.changed.dispose();
	}

	private async roots(store: Store): Promise<TreeNode[]> {
		const repositories = (await store.repositories()).map((repository) => repositoryNode(this.by, repository));
		const [only] = repositories;
		return only !== undefined && repositories.length === 1 ? this.groups(store, only) : repositories;
	}

	private async groups(store: Store, { repository }: RepositoryNode): Promise<GroupNode[]> {
		const rows = await store.groups(this.by, { ...SHOWN, repositoryId: repository.id });
		return rows.map((row) => groupNode(this.by, repository, row));
	}

	private async pullRequests(store: Store, parent: GroupNode): Promise<TreeNode[]> {
		const limit = this.wanted.get(parent.id) ?? PAGE_SIZE;
		const filter: PullRequestFilter = {
			...SHOWN,
			repositoryId: parent.repository.id,
			group: { by: this.by, key: parent.group.key },
		};
		const rows = await store.pullRequests(filter, { offset: 0, limit });
		const hidden = parent.group.count - rows.length;
		const nodes: TreeNode[] = rows.map((row) => pullRequestNode(parent, row));
		return rows.length === limit && hidden > 0 ? [...nodes, moreNode(parent, hidden)] : nodes;
	}

	private async parentOf(node: GroupNode): Promise<TreeNode | undefined> {
		const repositories = await (await this.store()).repositories();
		return repositories.length > 1 ? repositoryNode(this.by, node.repository) : undefined;
	}
}

/** The trees are about the work that is still to do. */
const SHOWN: PullRequestFilter = { states: ['OPEN'] };
