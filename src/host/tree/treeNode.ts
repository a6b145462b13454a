import { storedKey } from '../../core/model/repository';
import { shortNames } from '../../core/projects/project';
import type { Group } from '../../core/store/read/groups';
import type { PullRequestFilter } from '../../core/store/read/filter';
import type { Grouping } from '../../core/store/read/groupings';
import type { PullRequestRow } from '../../core/store/read/pullRequestRow';
import type { RepositoryRow } from '../../core/store/read/repositories';
import type { GroupContext } from './groupText';

/** A row of one of the trees. Ids are unique within a tree and the same after every refresh. */
export type TreeNode = RepositoryNode | GroupNode | PullRequestNode | MoreNode | NothingNode;

/** Only there while more than one repository is shown, and no project is chosen. */
export interface RepositoryNode {
	kind: 'repository';
	id: string;
	/** By what its pull requests are grouped. */
	by: Grouping;
	repository: RepositoryRow;
	/** How many of its pull requests the filter lets through; absent while it is the one that there is at first. */
	matching?: number;
}

/** Whose pull requests a group has: those of one repository, or of a project's stored ones together. */
export type GroupOwner = { kind: 'repository'; repository: RepositoryRow } | { kind: 'project'; name: string; repositories: RepositoryRow[] };

export interface GroupNode {
	kind: 'group';
	id: string;
	owner: GroupOwner;
	by: Grouping;
	group: Group;
	context: GroupContext;
}

/** Everything open, as one list at the top of its tree; it has no row of its own. */
export interface OpenList {
	kind: 'open';
	id: 'open';
	repositories: readonly RepositoryRow[];
}

/** Where pull requests stand, page by page. */
export type PullRequestList = GroupNode | OpenList;

/** One standing of a pull request: under three labels it is three nodes. */
export interface PullRequestNode {
	kind: 'pullRequest';
	id: string;
	parent: PullRequestList;
	repository: RepositoryRow;
	row: PullRequestRow;
	/** What the row calls the repository; absent where there is only one. */
	repositoryName?: string;
}

/** Stands for the rest of a long list. */
export interface MoreNode {
	kind: 'more';
	id: string;
	parent: PullRequestList;
	/** How many are not shown yet. */
	hidden: number;
}

/** Says that the filter lets through nothing of a repository. */
export interface NothingNode {
	kind: 'nothing';
	id: string;
	parent: RepositoryNode;
}

/** @param matching see {@link RepositoryNode.matching} */
export function repositoryNode(by: Grouping, repository: RepositoryRow, matching?: number): RepositoryNode {
	return { kind: 'repository', id: repositoryId(by, repository), by, repository, ...(matching !== undefined && { matching }) };
}

export function nothingNode(parent: RepositoryNode): NothingNode {
	return { kind: 'nothing', id: `${parent.id}#nothing`, parent };
}

export function groupNode(by: Grouping, owner: GroupOwner, group: Group, context: GroupContext): GroupNode {
	return { kind: 'group', id: groupId(by, owner, group.key), owner, by, group, context };
}

/** What the store has to be asked for a group's members. */
export function membersOf({ owner, by, group: { key } }: GroupNode): PullRequestFilter {
	return owner.kind === 'repository'
		? { repositoryId: owner.repository.id, group: { by, key } }
		: { repositoryIds: owner.repositories.map(({ id }) => id), group: { by, key, merged: true } };
}

export function openList(repositories: readonly RepositoryRow[]): OpenList {
	return { kind: 'open', id: 'open', repositories };
}

/** @param repositoryName see {@link PullRequestNode.repositoryName} */
export function pullRequestNode(parent: PullRequestList, repository: RepositoryRow, row: PullRequestRow, repositoryName?: string): PullRequestNode {
	// A number is one in its repository alone.
	const id = isOfOneRepository(parent) ? `${parent.id}#${row.number}` : `${parent.id}#${storedKey(repository)}#${row.number}`;
	return { kind: 'pullRequest', id, parent, repository, row, ...(repositoryName !== undefined && { repositoryName }) };
}

/** The rows of a list, each once: of several labels of one name a pull request may have two. */
export function pullRequestNodes(parent: PullRequestList, rows: readonly PullRequestRow[]): PullRequestNode[] {
	const repositories = repositoriesOf(parent);
	const isPlain = isOfOneRepository(parent) || (parent.kind === 'open' && repositories.length === 1);
	const names = isPlain ? undefined : shortNames(repositories);
	const nodes = rows.flatMap((row) => {
		const repository = repositories.find(({ id }) => id === row.repositoryId);
		return repository ? [pullRequestNode(parent, repository, row, names?.get(repository.id))] : [];
	});
	return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

export function moreNode(parent: PullRequestList, hidden: number): MoreNode {
	return { kind: 'more', id: `${parent.id}#more`, parent, hidden };
}

function repositoriesOf(list: PullRequestList): readonly RepositoryRow[] {
	if (list.kind === 'open') {
		return list.repositories;
	}
	return list.owner.kind === 'repository' ? [list.owner.repository] : list.owner.repositories;
}

function isOfOneRepository(list: PullRequestList): boolean {
	return list.kind === 'group' && list.owner.kind === 'repository';
}

function groupId(by: Grouping, owner: GroupOwner, key: string | null): string {
	if (owner.kind === 'repository') {
		// A node id never begins with "=", so the group of those without one can't meet a real group.
		return `${repositoryId(by, owner.repository)}/${key === null ? 'none' : `=${key}`}`;
	}
	// Titles and names may hold anything; as JSON it is plain where they end.
	return `${by}:project:${JSON.stringify(owner.name)}/${JSON.stringify(key)}`;
}

function repositoryId(by: Grouping, repository: RepositoryRow): string {
	// By name, not by row id: that one changes when the data is cleared and fetched again.
	return `${by}:${storedKey(repository)}`;
}
