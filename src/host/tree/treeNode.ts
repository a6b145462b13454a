import type { GroupRow, Grouping, PullRequestRow, RepositoryRow } from '../../core/store/store';
import type { GroupContext } from './groupText';

/** A row of one of the trees. Ids are unique within a tree and the same after every refresh. */
export type TreeNode = RepositoryNode | GroupNode | PullRequestNode | MoreNode;

/** Only there while more than one repository is stored. */
export interface RepositoryNode {
	kind: 'repository';
	id: string;
	repository: RepositoryRow;
}

export interface GroupNode {
	kind: 'group';
	id: string;
	repository: RepositoryRow;
	by: Grouping;
	group: GroupRow;
	context: GroupContext;
}

/** One standing of a pull request: under three labels it is three nodes. */
export interface PullRequestNode {
	kind: 'pullRequest';
	id: string;
	parent: GroupNode;
	row: PullRequestRow;
}

/** Stands for the rest of a large group. */
export interface MoreNode {
	kind: 'more';
	id: string;
	parent: GroupNode;
	/** How many are not shown yet. */
	hidden: number;
}

export function repositoryNode(by: Grouping, repository: RepositoryRow): RepositoryNode {
	return { kind: 'repository', id: repositoryId(by, repository), repository };
}

export function groupNode(by: Grouping, repository: RepositoryRow, group: GroupRow, context: GroupContext): GroupNode {
	// A node id never begins with "=", so the group of those without one can't meet a real group.
	const key = group.key === null ? 'none' : `=${group.key}`;
	return { kind: 'group', id: `${repositoryId(by, repository)}/${key}`, repository, by, group, context };
}

export function pullRequestNode(parent: GroupNode, row: PullRequestRow): PullRequestNode {
	return { kind: 'pullRequest', id: `${parent.id}#${row.number}`, parent, row };
}

export function moreNode(parent: GroupNode, hidden: number): MoreNode {
	return { kind: 'more', id: `${parent.id}#more`, parent, hidden };
}

// By name, not by row id: that one changes when the data is cleared and fetched again.
function repositoryId(by: Grouping, repository: RepositoryRow): string {
	return `${by}:${repository.host}/${repository.nameWithOwner}`.toLowerCase();
}
