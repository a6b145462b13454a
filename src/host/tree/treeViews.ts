import * as vscode from 'vscode';
import type { Clock } from '../../core/model/clock';
import type { Grouping, Store } from '../../core/store/store';
import { DisposableStore } from '../disposableStore';
import { PullRequestTree } from './pullRequestTree';
import type { TreeNode } from './treeNode';

const VIEWS: [string, Grouping][] = [
	['prSeeder.milestones', 'milestone'],
	['prSeeder.labels', 'label'],
	['prSeeder.assignees', 'assignee'],
];

/** The three views: one tree under three groupings. */
export class TreeViews implements vscode.Disposable {
	private readonly disposables = new DisposableStore();
	private readonly trees = new Map<Grouping, PullRequestTree>();
	private readonly views: vscode.TreeView<TreeNode>[] = [];

	constructor(store: () => Promise<Store>, clock: Pick<Clock, 'now'>, onDidFail: (error: unknown) => void) {
		for (const [id, by] of VIEWS) {
			const tree = this.disposables.add(new PullRequestTree(by, store, clock, onDidFail));
			this.views.push(this.disposables.add(vscode.window.createTreeView(id, { treeDataProvider: tree, showCollapseAll: true })));
			this.trees.set(by, tree);
		}
	}

	refresh(): void {
		for (const tree of this.trees.values()) {
			tree.refresh();
		}
	}

	/** Says in the first view what is wrong, in place of its welcome text; `undefined`: nothing. The others offer what to do. */
	showProblem(problem: string | undefined): void {
		const [first] = this.views;
		if (first && (first.message ?? '') !== (problem ?? '')) {
			first.message = problem ?? '';
		}
	}

	/** @param node the row "Show more" of one of the trees */
	showMore(node: unknown): void {
		if (isMoreNode(node)) {
			this.trees.get(node.parent.by)?.showMore(node.parent);
		}
	}

	dispose(): void {
		this.disposables.dispose();
	}
}

function isMoreNode(value: unknown): value is Extract<TreeNode, { kind: 'more' }> {
	return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'more';
}
