import type * as vscode from 'vscode';
import { workloadModel, workPeriod, type PersonWork } from '../../core/insights/workloadModel';
import type { StoredProject } from '../../core/projects/project';
import type { RepositoryScope } from '../../core/store/sqlite/condition';
import { type Group } from '../../core/store/read/groups';
import type { Grouping } from '../../core/store/read/groupings';
import { type RepositoryRow } from '../../core/store/read/repositories';
import { type Store } from '../../core/store/store';
import { StoredTree, type StoredTreeOptions } from './storedTree';
import { groupNode, membersOf, nothingNode, repositoryNode, type GroupNode, type GroupOwner, type RepositoryNode, type TreeNode } from './treeNode';

export interface PullRequestTreeOptions extends StoredTreeOptions {
	/** By what to group the pull requests of these repositories. */
	by: (store: Store, repositories: readonly RepositoryRow[]) => Grouping | Promise<Grouping>;
	/** Days without an update after which a pull request is stale. */
	staleDays: () => number;
}

/** One tree under one grouping. */
export class PullRequestTree extends StoredTree<PullRequestTreeOptions> {
	getParent(node: TreeNode): vscode.ProviderResult<TreeNode> {
		switch (node.kind) {
			case 'repository':
				return undefined;
			case 'group':
				return this.parentOf(node);
			case 'nothing':
				return node.parent;
			default:
				return node.parent.kind === 'group' ? node.parent : undefined;
		}
	}

	protected async roots(store: Store, all: readonly RepositoryRow[], project: StoredProject | undefined): Promise<TreeNode[]> {
		const by = await this.options.by(store, project?.stored ?? all);
		this.by = by;
		const [only] = all;
		const owner: GroupOwner | undefined = project
			? { kind: 'project', name: project.project.name, repositories: project.stored }
			: only && all.length === 1
				? { kind: 'repository', repository: only }
				: undefined;
		return owner ? this.groups(store, owner, by) : this.repositoryNodes(store, all, by);
	}

	protected children(store: Store, node: TreeNode): Promise<TreeNode[]> {
		switch (node.kind) {
			case 'repository':
				return this.groupsOrNothing(store, node);
			case 'group':
				return this.pullRequests(store, node, { ...this.options.filter.query, ...membersOf(node) }, () => node.group.count);
			default:
				return Promise.resolve([]);
		}
	}

	/** Each says how many the filter lets through: an open one with nothing below would look as if something were missing. */
	private repositoryNodes(store: Store, repositories: readonly RepositoryRow[], by: Grouping): Promise<RepositoryNode[]> {
		const { filter } = this.options;
		return Promise.all(
			repositories.map(async (repository) => {
				const counts = filter.isDefault ? undefined : await store.read.countPullRequests({ ...filter.query, repositoryId: repository.id });
				return repositoryNode(by, repository, counts && counts.OPEN + counts.CLOSED + counts.MERGED);
			}),
		);
	}

	private async groupsOrNothing(store: Store, node: RepositoryNode): Promise<TreeNode[]> {
		const groups = await this.groups(store, { kind: 'repository', repository: node.repository }, node.by);
		return groups.length > 0 || this.options.filter.isDefault ? groups : [nothingNode(node)];
	}

	private async groups(store: Store, owner: GroupOwner, by: Grouping): Promise<GroupNode[]> {
		const { filter } = this.options;
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
			return groupNode(by, owner, row, { narrowed: !filter.isDefault, load, isSole: rows.length === 1 });
		});
	}

	private async loads(store: Store, scope: RepositoryScope): Promise<PersonWork[]> {
		const { clock, staleDays } = this.options;
		return workloadModel(await store.read.workload({ ...scope, ...workPeriod(clock.now(), { staleDays: staleDays() }) })).people;
	}

	private async parentOf({ owner, by }: GroupNode): Promise<TreeNode | undefined> {
		if (owner.kind === 'project') {
			return undefined;
		}
		const repositories = await this.options.repositories();
		return repositories.length > 1 ? repositoryNode(by, owner.repository) : undefined;
	}
}
