import * as vscode from 'vscode';
import { MAX_PAGE, type Grouping, type PullRequestFilter, type PullRequestRow, type RepositoryRow, type Store } from '../../core/store/store';
import type { Clock } from '../../core/model/clock';
import type { FilterState } from '../filter/filterState';
import { PAGE_SIZE } from './page';
import { groupNode, moreNode, pullRequestNode, repositoryNode, type GroupNode, type RepositoryNode, type TreeNode } from './treeNode';
import { fillTooltip, treeItem, type ReadDetail } from './treeItem';

/** The store answers with no longer pages. */
const LONGEST_PAGE = MAX_PAGE - (MAX_PAGE % PAGE_SIZE);

export interface PullRequestTreeOptions {
	by: Grouping;
	/** A promise that may reject: the tree is empty then and `onDidFail` tells whoever shows why. */
	store: () => Promise<Store>;
	filter: Pick<FilterState, 'query' | 'order' | 'isDefault'>;
	clock: Pick<Clock, 'now'>;
	onDidFail: (error: unknown) => void;
}

/**
 * One tree under one of three groupings. It reads the store alone, so it shows what is stored at once,
 * after a reload and without a network too. Expansion survives refreshes because ids do.
 */
export class PullRequestTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
	/** How many rows of a group are wanted, by node id; a page where nothing is noted. */
	private readonly wanted = new Map<string, number>();

	readonly onDidChangeTreeData = this.changed.event;

	private readonly rootsRead = new vscode.EventEmitter<{ count: number; repositories: RepositoryRow[]; only: RepositoryRow | undefined }>();
	/** Tells how many rows stand at the top, what is stored, and the only repository if it has no row, whenever they have been read. */
	readonly onDidReadRoots = this.rootsRead.event;

	constructor(private readonly options: PullRequestTreeOptions) {}

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
		return treeItem(node, this.options.clock.now());
	}

	/** Tooltips are written when somebody hovers: most rows never are. */
	resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
		const read: ReadDetail = async (key) => (await this.options.store()).pullRequest(key);
		return fillTooltip(item, node, read, this.options.clock.now());
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
			const store = await this.options.store();
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
			this.options.onDidFail(error);
			return [];
		}
	}

	dispose(): void {
		this.changed.dispose();
		this.rootsRead.dispose();
	}

	private async roots(store: Store): Promise<TreeNode[]> {
		const stored = await store.repositories();
		const repositories = stored.map((repository) => repositoryNode(this.options.by, repository));
		const [only] = repositories;
		const alone = repositories.length === 1 ? only : undefined;
		const roots = alone ? await this.groups(store, alone) : repositories;
		this.rootsRead.fire({ count: roots.length, repositories: stored, only: alone?.repository });
		return roots;
	}

	private async groups(store: Store, { repository }: RepositoryNode): Promise<GroupNode[]> {
		const { by, filter } = this.options;
		const [rows, loads] = await Promise.all([
			store.groups(by, { ...filter.query, repositoryId: repository.id }),
			by === 'assignee' && filter.isDefault ? store.workload({ repositoryId: repository.id }) : [],
		]);
		const byLogin = new Map(loads.map((load) => [load.login?.toLowerCase(), load]));
		return rows.map((row) => {
			const load = row.key === null ? undefined : byLogin.get(row.key.toLowerCase());
			return groupNode(by, repository, row, { narrowed: !filter.isDefault, unfinished: repository.syncedAt === null, load });
		});
	}

	private async pullRequests(store: Store, parent: GroupNode): Promise<TreeNode[]> {
		const { by, filter: shown } = this.options;
		const wanted = this.wanted.get(parent.id) ?? PAGE_SIZE;
		const filter: PullRequestFilter = { ...shown.query, repositoryId: parent.repository.id, group: { by, key: parent.group.key } };
		const rows: PullRequestRow[] = [];
		while (rows.length < wanted) {
			const limit = Math.min(wanted - rows.length, LONGEST_PAGE);
			const page = await store.pullRequests(filter, { offset: rows.length, limit, order: shown.order });
			rows.push(...page);
			if (page.length < limit) {
				break;
			}
		}
		const hidden = parent.group.count - rows.length;
		const nodes: TreeNode[] = rows.map((row) => pullRequestNode(parent, row));
		return rows.length === wanted && hidden > 0 ? [...nodes, moreNode(parent, hidden)] : nodes;
	}

	private async parentOf(node: GroupNode): Promise<TreeNode | undefined> {
		const repositories = await (await this.options.store()).repositories();
		return repositories.length > 1 ? repositoryNode(this.options.by, node.repository) : undefined;
	}
}
