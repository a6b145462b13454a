import type { PullRequestNode } from './treeNode';

/**
 * The pull requests that a command from a tree is for: all that are selected when the row it was called on is among
 * them, else that row alone. Each once, though it may stand under several labels.
 * @param selected what the editor passes as the second argument; `undefined` when one row is selected
 */
export function selectedPullRequests(node: unknown, selected: unknown): PullRequestNode[] {
	const all = Array.isArray(selected) && selected.includes(node) ? (selected as unknown[]) : [node];
	const found = new Map<string, PullRequestNode>();
	for (const one of all) {
		if (isPullRequestNode(one)) {
			found.set(`${one.row.repositoryId}#${one.row.number}`, one);
		}
	}
	return [...found.values()];
}

export function isPullRequestNode(value: unknown): value is PullRequestNode {
	return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'pullRequest';
}
