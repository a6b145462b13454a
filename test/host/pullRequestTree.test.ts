import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { storedProject, type Project } from '../../src/core/projects/project';
import type { GroupRow } from '../../src/core/store/read/groups';
import type { MergedGroupRow } from '../../src/core/store/read/mergedGroups';
import type { PullRequestFilter } from '../../src/core/store/read/filter';
import type { PullRequestRow } from '../../src/core/store/read/pullRequestRow';
import type { RepositoryRow } from '../../src/core/store/read/repositories';
import type { Store } from '../../src/core/store/store';
import { FilterState } from '../../src/host/filter/filterState';
import { CheckDecorations } from '../../src/host/tree/checkDecorations';
import { PAGE_SIZE } from '../../src/host/tree/page';
import { PullRequestTree } from '../../src/host/tree/pullRequestTree';
import type { GroupNode, MoreNode, PullRequestNode, TreeNode } from '../../src/host/tree/treeNode';
import { detailOf, pullRequestRow, repositoryRow } from '../unit/host/rows';

const label: GroupRow = { repositoryId: 1, key: 'L_bug', title: 'bug', count: 450, color: 'd73a4a' };
const merged: MergedGroupRow = { key: 'bug', title: 'bug', count: 3, color: 'd73a4a' };
const none: GroupRow = { repositoryId: 1, key: null, title: '', count: 1 };

/** A store with the given rows under each group; it notes the filters it was asked with. */
function storeOf(repositories: RepositoryRow[], rows: PullRequestRow[]) {
	const filters: PullRequestFilter[] = [];
	const read = {
		repositories: () => Promise.resolve(repositories),
		groups: (_by: string, filter: PullRequestFilter) => Promise.resolve(filter.text === 'nowhere' ? [] : [label, none]),
		countPullRequests: ({ text }: PullRequestFilter) => Promise.resolve({ OPEN: text === 'nowhere' ? 0 : 3, CLOSED: 0, MERGED: 0 }),
		mergedGroups: (_by: string, filter: PullRequestFilter) => {
			filters.push(filter);
			return Promise.resolve(filter.repositoryIds?.length === 0 ? [] : [merged]);
		},
		pullRequests: (filter: PullRequestFilter, { offset, limit }: { offset: number; limit: number }) => {
			filters.push(filter);
			return Promise.resolve(rows.slice(offset, offset + limit));
		},
		pullRequestDetail: () => Promise.resolve(detailOf({ linkedIssues: [{ repository: null, number: 9, title: 'Nine' }] })),
	};
	return { store: { read } as unknown as Store, filters };
}

function treeOf(repositories: RepositoryRow[], rows: PullRequestRow[] = [], project?: Project) {
	const { store, filters } = storeOf(repositories, rows);
	const failures: unknown[] = [];
	const clock = { ms: Date.parse('2026-01-05T10:00:00Z'), now: () => clock.ms };
	const filter = new FilterState({ get: () => undefined, update: () => Promise.resolve() });
	const tree = new PullRequestTree({ by: () => 'label', store: () => Promise.resolve(store), repositories: () => store.read.repositories(), filter, scope: { stored: (all) => project && storedProject(project, all) }, staleDays: () => 7, clock, onDidFail: (error) => failures.push(error) });
	return { tree, filter, filters, failures, clock };
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

	it('says what of a repository the filter lets through, and under it how to clear the filter when that is nothing', async () => {
		const { tree, filter } = treeOf([repositoryRow(), repositoryRow({ id: 2, nameWithOwner: 'octo/pier' })]);
		const described = async () => String(tree.getTreeItem((await tree.getChildren())[0]!).description);
		assert.match(await described(), /^40 open · /);
		filter.set({ state: 'open', text: 'pier' });
		assert.match(await described(), /^3 match · /);
		filter.set({ state: 'open', text: 'nowhere' });
		assert.match(await described(), /^0 match · /);
		const [root] = await tree.getChildren();
		const [row, ...others] = await tree.getChildren(root);
		const item = tree.getTreeItem(row!);
		assert.deepEqual([item.label, item.description, item.command?.command, others.length], ['No pull request matches the filter', 'Clear All Filters', 'prSeeder.clearFilter', 0]);
		assert.deepEqual(await tree.getParent(row!), root);
		tree.dispose();
	});

	it('writes the row of a repository anew once its age has grown, and only then', async () => {
		const { tree, clock } = treeOf([repositoryRow({ syncedAt: '2026-01-05T09:59:30Z' }), repositoryRow({ id: 2, nameWithOwner: 'octo/pier', syncedAt: '2026-01-05T08:10:00Z' })]);
		const told: unknown[] = [];
		tree.onDidChangeTreeData((node) => told.push(node));
		const roots = await tree.getChildren();
		const [first] = roots;
		assert.match(String(tree.getTreeItem(first!).description), /just now/);
		roots.forEach((node) => tree.getTreeItem(node));
		tree.tick();
		assert.deepEqual(told, []);
		clock.ms += 60_000;
		tree.tick();
		assert.deepEqual(told, [first]);
		assert.match(String(tree.getTreeItem(first!).description), /1 minute ago/);
		tree.tick();
		assert.deepEqual(told, [first]);
		tree.dispose();
	});

	it('asks for open pull requests of the group, and pages a large one', async () => {
		const { tree, filters } = treeOf([repositoryRow()], many);
		const [group] = (await tree.getChildren()) as GroupNode[];
		const first = await tree.getChildren(group);
		assert.equal(first.length, PAGE_SIZE + 1);
		assert.deepEqual(filters[0], { states: ['OPEN'], repositoryId: 1, group: { by: 'label', key: 'L_bug' } });
		const more = first.at(-1) as MoreNode;
		assert.equal(tree.getTreeItem(more).label, 'Show 200 more (250 remaining)');

		const told: (TreeNode | undefined)[] = [];
		tree.onDidChangeTreeData((node) => told.push(node));
		tree.showMore(more.parent);
		assert.deepEqual(told, [group]);
		assert.equal((await tree.getChildren(group)).length, 2 * PAGE_SIZE + 1);
		tree.showMore(group!);
		assert.equal((await tree.getChildren(group)).length, 450);
		tree.dispose();
	});

	it('asks for what the filter and the order say', async () => {
		const { tree, filter, filters } = treeOf([repositoryRow()], many);
		filter.set({ state: 'merged', author: 'ada' });
		filter.setOrder({ by: 'number', ascending: true });
		const [group] = await tree.getChildren();
		await tree.getChildren(group);
		assert.deepEqual(filters, [{ states: ['MERGED'], author: 'ada', repositoryId: 1, group: { by: 'label', key: 'L_bug' } }]);
		tree.dispose();
	});

	it('marks the state of checks at the end of a row', async () => {
		const { tree } = treeOf([repositoryRow()], [pullRequestRow({ checksState: 'failure' }), pullRequestRow({ number: 13 })]);
		const [group] = await tree.getChildren();
		const [failed, none] = (await tree.getChildren(group)).map((node) => tree.getTreeItem(node));
		assert.equal(failed?.resourceUri?.path, '/failure');
		assert.equal(none?.resourceUri, undefined);
		const decorations = new CheckDecorations();
		assert.equal(decorations.provideFileDecoration(failed.resourceUri)?.badge, '✗');
		for (const other of ['/nothing', '/toString', '/']) assert.equal(decorations.provideFileDecoration(failed.resourceUri.with({ path: other })), undefined);
		assert.equal(decorations.provideFileDecoration(vscode.Uri.file('/failure')), undefined);
		tree.dispose();
	});

	it('opens a pull request on a click, and writes its tooltip when somebody looks', async () => {
		const { tree } = treeOf([repositoryRow()], [pullRequestRow({ title: '[x](command:y)\n$(zap)' })]);
		const [group] = await tree.getChildren();
		const [node] = await tree.getChildren(group);
		const item = tree.getTreeItem(node!);
		assert.equal(item.label, '#12 [x](command:y) $(zap)');
		assert.equal(item.command?.command, 'prSeeder.openPullRequest');
		assert.equal(item.tooltip, undefined);
		const { tooltip } = await tree.resolveTreeItem(item, node!);
		assert.ok(tooltip instanceof vscode.MarkdownString);
		assert.ok(!tooltip.isTrusted && !tooltip.supportHtml && !tooltip.supportThemeIcons);
		assert.match(tooltip.value, /Linked issues: \\#9 Nine/);
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

	it('has no level of repositories in a project: groups of one name are one, and rows say where they are', async () => {
		const project: Project = { name: 'Port', options: {}, repositories: ['pier', 'harbor', 'gone'].map((name) => ({ host: 'github.com', owner: 'octo', name })) };
		const repositories = [repositoryRow(), repositoryRow({ id: 2, nameWithOwner: 'octo/pier' }), repositoryRow({ id: 3, nameWithOwner: 'octo/other' })];
		const rows = [pullRequestRow(), pullRequestRow({ repositoryId: 2 }), pullRequestRow({ repositoryId: 2 })];
		const { tree, filters } = treeOf(repositories, rows, project);
		const told: unknown[] = [];
		tree.onDidReadRoots(({ count, only, project: shown }) => told.push([count, only, shown?.stored.map(({ id }) => id), shown?.missing.map(({ name }) => name)]));
		const [group, ...others] = await tree.getChildren();
		assert.deepEqual([others, told], [[], [[1, undefined, [2, 1], ['gone']]]]);
		assert.equal(tree.getTreeItem(group!).contextValue, 'group');
		assert.equal(await tree.getParent(group!), undefined);
		const nodes = (await tree.getChildren(group)) as PullRequestNode[];
		assert.deepEqual(filters, [
			{ states: ['OPEN'], repositoryIds: [2, 1] },
			{ states: ['OPEN'], repositoryIds: [2, 1], group: { by: 'label', key: 'bug', merged: true } },
		]);
		assert.deepEqual(nodes.map((node) => tree.getTreeItem(node).description), ['harbor · ada · 4 days', 'pier · ada · 4 days'], 'each once');
		assert.equal(new Set(nodes.map(({ id }) => id)).size, 2);
		assert.deepEqual(nodes.map(({ repository }) => repository.nameWithOwner), ['octo/harbor', 'octo/pier']);
		assert.match(tree.getTreeItem(nodes[0]!).contextValue ?? '', /\bcanOpen\b.*\bofRepository\b/);
		tree.dispose();
	});

	it('is empty in a project of which nothing is stored', async () => {
		const project: Project = { name: 'Port', options: {}, repositories: [{ host: 'github.com', owner: 'octo', name: 'gone' }] };
		const { tree, failures } = treeOf([repositoryRow()], many, project);
		assert.deepEqual([await tree.getChildren(), failures], [[], []]);
		tree.dispose();
	});

	it('is empty while the store can’t be read, and says so to whoever shows why', async () => {
		const failures: unknown[] = [];
		const noDisk = () => Promise.reject(new Error('no disk'));
		const tree = new PullRequestTree({
			by: () => 'label',
			store: noDisk,
			repositories: noDisk,
			filter: { query: {}, order: { by: 'updated', ascending: false }, isDefault: true, narrowsOpen: false },
			scope: { stored: () => undefined },
			staleDays: () => 7,
			clock: { now: () => 0 },
			onDidFail: (error) => failures.push(error),
		});
		assert.deepEqual(await tree.getChildren(), []);
		assert.match(String(failures[0]), /no disk/);
		tree.dispose();
	});
});
