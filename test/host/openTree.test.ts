import assert from 'node:assert/strict';
import { storedProject, type Project } from '../../src/core/projects/project';
import { FilterState } from '../../src/host/filter/filterState';
import { OpenTree } from '../../src/host/tree/openTree';
import { PAGE_SIZE } from '../../src/host/tree/page';
import type { MoreNode, TreeNode } from '../../src/host/tree/treeNode';
import { pullRequest, repository, user } from '../unit/store/fixtures';
import { HostStore } from './hostStore';

const MANY = PAGE_SIZE + 50;
const day = (number: number) => ({ updatedAt: `2026-03-0${number}T00:00:00Z` });

const textOf = (text: unknown) => (typeof text === 'string' ? text : '');

describe('the list of everything open', () => {
	let host: HostStore;
	let filter: FilterState;
	let project: Project | undefined;
	let tree: OpenTree;

	beforeEach(async () => {
		host = await HostStore.open();
		filter = new FilterState({ get: () => undefined, update: () => Promise.resolve() });
		project = undefined;
		tree = new OpenTree({
			store: host.get,
			repositories: () => host.store.read.repositories(),
			filter,
			scope: { stored: (all) => project && storedProject(project, all) },
			clock: { now: () => Date.parse('2026-03-09T00:00:00Z') },
			onDidFail: (error) => assert.fail(String(error)),
		});
		await host.store.apply({ repository: repository('octo/harbor'), pullRequests: [pullRequest(1, day(1)), pullRequest(2, { ...day(4), author: user('zoe') }), pullRequest(3, { ...day(5), state: 'MERGED' })] });
		await host.store.apply({ repository: repository('octo/pier'), pullRequests: [pullRequest(1, day(2)), pullRequest(7, { ...day(3), isDraft: true })] });
	});

	afterEach(async () => {
		tree.dispose();
		await host.close();
	});

	const items = async () => (await tree.getChildren()).map((node) => tree.getTreeItem(node));
	const rows = async () => (await items()).map(({ label, description }) => `${textOf(label).split(' ')[0]} ${textOf(description).split(' · ')[0]}`);

	it('has the open ones of all repositories, newest change first or as ordered, and says where each is', async () => {
		assert.deepEqual(await rows(), ['#2 harbor', '#7 pier', '#1 pier', '#1 harbor']);
		filter.setOrder({ by: 'updated', ascending: true });
		assert.deepEqual(await rows(), ['#1 harbor', '#1 pier', '#7 pier', '#2 harbor']);
	});

	it('names no repository where there is only one', async () => {
		project = { name: 'Port', options: {}, repositories: [{ host: 'github.com', owner: 'octo', name: 'pier' }] };
		assert.deepEqual(await rows(), ['#7 ada', '#1 ada']);
	});

	it('is narrowed by the filter, but by its state', async () => {
		filter.set({ state: 'merged' });
		assert.deepEqual([filter.narrowsOpen, (await rows()).length], [false, 4]);
		filter.set({ state: 'all', author: 'zoe' });
		assert.deepEqual([filter.narrowsOpen, await rows()], [true, ['#2 harbor']]);
		filter.clear();
		filter.applyWork({ login: null, part: 'draft', staleBefore: '2026-01-01T00:00:00Z' });
		assert.deepEqual([filter.narrowsOpen, await rows()], [true, ['#7 pier']]);
	});

	it('tells what is shown, and asks for a page alone', async () => {
		const told: unknown[] = [];
		tree.onDidReadRoots(({ count, repositories, only }) => told.push([count, repositories.map(({ nameWithOwner }) => nameWithOwner), only]));
		await tree.getChildren();
		filter.set({ state: 'open', text: 'change' });
		await tree.getChildren();
		assert.deepEqual(told, [[4, ['octo/harbor', 'octo/pier'], undefined], [4, ['octo/harbor', 'octo/pier'], undefined]]);
		assert.deepEqual(host.asked, ['pullRequests', 'pullRequests']);
	});

	it('has ids that are unique, and the same after a refresh and beside another repository', async () => {
		project = { name: 'Port', options: {}, repositories: [{ host: 'github.com', owner: 'octo', name: 'harbor' }] };
		const alone = (await items()).map(({ id }) => id);
		project = undefined;
		const all = (await items()).map(({ id }) => id);
		assert.deepEqual([all.length, new Set(all).size], [4, 4]);
		assert.ok(alone.every((id) => all.includes(id)), all.join());
		tree.refresh();
		assert.deepEqual((await items()).map(({ id }) => id), all);
	});

	it('pages a long one, filtered or not, without another query for what is known', async () => {
		await host.store.apply({ repository: repository('octo/quay'), pullRequests: Array.from({ length: MANY }, (_, index) => pullRequest(index + 1, index === 0 ? { author: user('zoe') } : {})) });
		const told: (TreeNode | undefined)[] = [];
		tree.onDidChangeTreeData((node) => told.push(node));
		const more = (await tree.getChildren()).at(-1) as MoreNode;
		assert.equal(tree.getTreeItem(more).label, 'Show 54 more (54 remaining)');
		assert.deepEqual(host.asked, ['pullRequests']);
		tree.showMore(more.parent);
		assert.deepEqual([told, (await tree.getChildren()).length], [[undefined], MANY + 4]);

		filter.set({ state: 'open', author: 'ada' });
		assert.equal((await tree.getChildren()).length, MANY + 2);
	});

	it('counts what a filter leaves of a long one', async () => {
		await host.store.apply({ repository: repository('octo/quay'), pullRequests: Array.from({ length: MANY }, (_, index) => pullRequest(index + 1, index === 0 ? { author: user('zoe') } : {})) });
		filter.set({ state: 'open', author: 'ada' });
		const more = (await tree.getChildren()).at(-1)!;
		assert.equal(tree.getTreeItem(more).label, 'Show 52 more (52 remaining)');
		assert.deepEqual(host.asked, ['pullRequests', 'countPullRequests']);
	});

	it('does not heed "Show more" of another tree', () => {
		const told: unknown[] = [];
		tree.onDidChangeTreeData((node) => told.push(node));
		tree.showMore({ kind: 'open', id: 'open', repositories: [] });
		assert.deepEqual(told, []);
	});
});
