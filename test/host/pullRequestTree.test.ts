import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GroupRow, PullRequestFilter, PullRequestRow, RepositoryRow, Store } from '../../src/core/store/store';
import { PAGE_SIZE, PullRequestTree } from '../../src/host/tree/pullRequestTree';
import type { GroupNode, MoreNode, TreeNode } from '../../src/host/tree/treeNode';
import { pullRequestRow, repositoryRow } from '../unit/host/rows';

const label: GroupRow = { repositoryId: 1, key: 'L_bug', title: 'bug', count: 450, color: 'd73a4a' };
const none: GroupRow = { repositoryId: 1, key: null, title: '', count: 1 };

/** A store with the given rows under each group; it notes the filters it was asked with. */
function storeOf(repositories: RepositoryRow[], rows: PullRequestRow[]) {
	const filters: PullRequestFilter[] = [];
	const store = {
		repositories: () => Promise.resolve(repositories),
		groups: () => Promise.resolve([label, none]),
		pullRequests: (filter: PullRequestFilter, { offset, limit }: { offset: number; limit: number }) => {
			filters.push(filter);
			return Promise.resolve(rows.slice(offset, offset + limit));
		},
	} as unknown as Store;
	return { store, filters };
}

function treeOf(repositories: RepositoryRow[], rows: PullRequestRow[] = []) {
	const { store, filters } = storeOf(repositories, rows);
	const failures: unknown[] = [];
	const clock = { now: () => Date.parse('2026-01-05T10:00:00Z') };
	const tree = new PullRequestTree('label', () => Promise.resolve(store), clock, (error) => failures.push(error));
	return { tree, filters, failures };
}

const many = Array.from({ length: 450 }, (_, index) => pullRequestRow({ number: index + 1 }));

describe('the tree of pull requests', () => {
	it('shows the groups of the only repository at once', async () => {
		const { tree } = treeOf([repositoryRow()]);
		const items = (await tree.getChildren()).map((node) => tree.getTreeItem(node));
		assert.deepEqual(items.map((item) => [item.label, item.description]), [['bug', '450'], ['No label', '1']]);
		assert.ok(items[0]?.iconPath instanceof vscode.Uri && items[0].iconPath.scheme === 'data');
		tree.dispose();
	});

	it('has a level of repositories only when there are several', async () => {
		const { tree } = treeOf([repositoryRow(), repositoryRow({ id: 2, nameWithOwner: 'octo/pier' })]);
		const roots = await tree.getChildren();
		assert.deepEqual(roots.map(({ kind }) => kind), ['repository', 'repository']);
		assert.match(tree.getTreeItem(roots[0]!).contextValue ?? '', /\bcanSeed\b.*\bcanClear\b/);
		const [group] = await tree.getChildren(roots[0]);
		assert.deepEqual(await tree.getParent(group!), roots[0]);
		tree.dispose();
	});

	it('asks for open pull requests of the group, and pages a large one', async () => {
		const { tree, filters } = treeOf([repositoryRow()], many);
		const [group] = (await tree.getChildren()) as GroupNode[];
		const first = await tree.getChildren(group);
		assert.equal(first.length, PAGE_SIZE + 1);
		assert.deepEqual(filters[0], { states: ['OPEN'], repositoryId: 1, group: { by: 'label', key: 'L_bug' } });
		const more = first.at(-1) as MoreNode;
		assert.equal(tree.getTreeItem(more).description, '250 not shown');

		const told: (TreeNode | undefined)[] = [];
		tree.onDidChangeTreeData((node) => told.push(node));
		tree.showMore(more.parent);
		assert.deepEqual(told, [group]);
		assert.equal((await tree.getChildren(group)).length, 2 * PAGE_SIZE + 1);
		tree.showMore(group!);
		assert.equal((await tree.getChildren(group)).length, 450);
		tree.dispose();
	});

	it('opens a pull request on a click, and writes its tooltip when somebody looks', async () => {
		const { tree } = treeOf([repositoryRow()], [pullRequestRow({ title: '[x](command:y)\n$(zap)' })]);
		const [group] = await tree.getChildren();
		const [node] = await tree.getChildren(group);
		const item = tree.getTreeItem(node!);
		assert.equal(item.label, '[x](command:y) $(zap)');
		assert.equal(item.command?.command, 'prSeeder.openPullRequest');
		assert.equal(item.tooltip, undefined);
		const { tooltip } = tree.resolveTreeItem(item, node!);
		assert.ok(tooltip instanceof vscode.MarkdownString);
		assert.ok(!tooltip.isTrusted && !tooltip.supportHtml && !tooltip.supportThemeIcons);
		assert.match(tooltip.value, /^\*\*\\\[x\\\]\\\(command\\:y\\\)/);
		tree.dispose();
	});

	it('has ids that are unique and the same after a refresh', async () => {
		const { tree } = treeOf([repositoryRow()], many);
		const all = async () => {
			const roots = await tree.getChildren();
			const nodes = [...roots, ...(await Promise.all(roots.map((root) => tree.getChildren(root)))).flat()];
			return nodes.map((node) => tree.getTreeItem(node).id);
		};
		const before = await all();
		assert.equal(new Set(before).size, before.length);
		tree.refresh();
		assert.deepEqual(await all(), before);
		tree.dispose();
	});

	it('is empty while the store can’t be read, and says so to whoever shows why', async () => {
		const failures: unknown[] = [];
		const tree = new PullRequestTree('label', () => Promise.reject(new Error('no disk')), { now: () => 0 }, (error) => failures.push(error));
		assert.deepEqual(await tree.getChildren(), []);
		assert.match(String(failures[0]), /no disk/);
		tree.dispose();
	});
});
