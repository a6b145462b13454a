import * as vscode from 'vscode';
import { workloadModel, workPeriod, type PersonWork } from '../../core/insights/workloadModel';
import { shortNames, type StoredProject } from '../../core/projects/project';
import { MAX_PAGE, type PullRequestRow } from '../../core/store/read/pullRequestRow';
import type { RepositoryScope } from '../../core/store/sqlite/condition';
import { type Group } from '../../core/store/read/groups';
import type { PullRequestFilter } from '../../core/store/read/filter';
import type { Grouping } from '../../core/store/read/groupings';
import { type RepositoryRow } from '../../core/store/read/repositories';
import { type Store } from '../../core/store/store';
import type { Clock } from '../../core/model/clock';
import type { FilterState } from '../filter/filterState';
import type { ProjectScope } from '../projects/projectScope';
import { PAGE_SIZE } from './page';
import { groupNode, membersOf, moreNode, nothingNode, pullRequestNode, repositoryNode, type GroupNode, type GroupOwner, type RepositoryNode, type TreeNode } from './treeNode';
import { fillTooltip, treeItem, type ReadDetail } from './treeItem';

/** The store answers with no longer pages. */
const LONGEST_PAGE = MAX_PAGE - (MAX_PAGE % PAGE_SIZE);

export interface PullRequestTreeOptions {
	by: Grouping;
	/** A promise that may reject: the tree is empty then and `onDidFail` tells whoever shows why. */
	store: () => Promise<Store>;
	/** All that are stored, as the store has them; it may reject as `store` does. */
	repositories: () => Promise<RepositoryRow[]>;
	filter: Pick<FilterState, 'query' | 'order' | 'isDefault'>;
	scope: Pick<ProjectScope, 'stored'>;
	/** Days without an update after which a pull request is stale. */
	staleDays: () => number;
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
}

/**
 * One tree under one of three groupings. It reads the store alone, so it shows what is stored at once,
 * after a reload and without a network too. Expansion survives refreshes because ids do.
 */
export class PullRequestTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
	/** How many rows of a group are wanted, by node id; a page where nothing is noted. */
	private readonly wanted = new Map<string, number>();

	/** The rows of repositories, with what they say. */
	private readonly described = new Map<TreeNode, vscode.TreeItem['description']>();

	readonly onDidChangeTreeData = this.changed.event;

	private readonly rootsRead = new vscode.EventEmitter<Roots>();
	/** Tells what stands at the top, whenever it has been read. */
	readonly onDidReadRoots = this.rootsRead.event;

	constructor(private readonly options: PullRequestTreeOptions) {}

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

	/** Adds a page to a group's rows. */
	showMore(group: GroupNode): void {
		this.wanted.set(group.id, (this.wanted.get(group.id) ?? PAGE_SIZE) + PAGE_SIZE);
		this.changed.fire(group);
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
					return await this.groupsOrNothing(store, node);
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
		const repositories = await this.options.repositories();
		this.described.clear();
		const project = this.options.scope.stored(repositories);
		const only = project || repositories.length > 1 ? undefined : repositories[0];
		const owner: GroupOwner | undefined = project ? { kind: 'project', name: project.project.name, repositories: project.stored } : only && { kind: 'repository', repository: only };
		const roots = owner ? await this.groups(store, owner) : await this.repositoryNodes(store, repositories);
		this.rootsRead.fire({ count: roots.length, repositories: project?.stored ?? repositories, only, project });
		return roots;
	}

	/** Each says how many the filter lets through: an open one with nothing below would look as if something were missing. */
	private repositoryNodes(store: Store, repositories: readonly RepositoryRow[]): Promise<RepositoryNode[]> {
		const { by, filter } = this.options;
		return Promise.all(
			repositories.map(async (repository) => {
				const counts = filter.isDefault ? undefined : await store.read.countPullRequests({ ...filter.query, repositoryId: repository.id });
				return repositoryNode(by, repository, counts && counts.OPEN + counts.CLOSED + counts.MERGED);
			}),
		);
	}

	private async groupsOrNothing(store: Store, node: RepositoryNode): Promise<TreeNode[]> {
		const groups = await this.groups(store, { kind: 'repository', repository: node.repository });
		return groups.length > 0 || this.options.filter.isDefault ? groups : [nothingNode(node)];
	}

	private async groups(store: Store, owner: GroupOwner): Promise<GroupNode[]> {
		const { by, filter } = this.options;
		const isOne = owner.kind === 'repository';
		const repositories = isOne ? [owner.repository] : owner.repositories;
		const scope = { repositoryIds: repositories.map(({ id }) => id) };
		const [rows, loads] = await Promise.all<[Promise<Group[]>, Promise<PersonWork[]>]>([
			isOne ? store.read.groups(by, { ...filter.query, repositoryId: owner.repository.id }) : store.read.mergedGroups(by, { ...filter.query, ...scope }),
			by === 'assignee' && filter.isDefault ? this.loads(store, scope) : Promise.resolve([]),
		]);
		const byLogin = new Map(loads.map((load) => [load.login?.toLowerCase(), load]));
		return rows.map((row) => {
			const load = row.key === null ? undefined : byLogin.get(row.key.toLowerCase());
			return groupNode(by, owner, row, { narrowed: !filter.isDefault, load });
		});
	}

	private async loads(store: Store, scope: RepositoryScope): Promise<PersonWork[]> {
		const { clock, staleDays } = this.options;
		return workloadModel(await store.read.workload({ ...scope, ...workPeriod(clock.now(), { staleDays: staleDays() }) })).people;
	}

	private async pullRequests(store: Store, parent: GroupNode): Promise<TreeNode[]> {
		const { filter: shown } = this.options;
		const wanted = this.wanted.get(parent.id) ?? PAGE_SIZE;
		const filter: PullRequestFilter = { ...shown.query, ...membersOf(parent) };
		const rows: PullRequestRow[] = [];
		while (rows.length < wanted) {
			const limit = Math.min(wanted - rows.length, LONGEST_PAGE);
			const page = await store.read.pullRequests(filter, { offset: rows.length, limit, order: shown.order });
			rows.push(...page);
			if (page.length < limit) {
				break;
			}
		}
		const hidden = parent.group.count - rows.length;
		const nodes = nodesOf(parent, rows);
		return rows.length === wanted && hidden > 0 ? [...nodes, moreNode(parent, hidden)] : nodes;
	}

	private async parentOf({ owner }: GroupNode): Promise<TreeNode | undefined> {
		if (owner.kind === 'project') {
			return undefined;
		}
		const repositories = await this.options.repositories();
		return repositories.length > 1 ? repositoryNode(this.options.by, owner.repository) : undefined;
	}
}

/** Each once: of several labels of one name a pull request may have two. */
function nodesOf(parent: GroupNode, rows: readonly PullRequestRow[]): TreeNode[] {
	const { owner } = parent;
	const repositories = owner.kind === 'repository' ? [owner.repository] : owner.repositories;
	const names = owner.kind === 'repository' ? undefined : shortNames(repositories);
	const nodes = rows.flatMap((row) => {
		const repository = repositories.find(({ id }) => id === row.repositoryId);
		return repository ? [pullRequestNode(parent, repository, row, names?.get(repository.id))] : [];
	});
	return [...new Map(nodes.map((node) => [node.id, node])).values()];
}
