import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FilterState, type Keeper } from '../../src/host/filter/filterState';
import { PeopleRoleState } from '../../src/host/tree/peopleRole';
import { PullRequestTree } from '../../src/host/tree/pullRequestTree';
import { details, pullRequest, repository, user } from '../unit/store/fixtures';
import { HostStore } from './hostStore';

/** A workspace's memory. */
function keeperOf(): Keeper & { kept: Map<string, unknown> } {
	const kept = new Map<string, unknown>();
	return { kept, get: (key) => kept.get(key), update: (key, value) => Promise.resolve(void kept.set(key, value)) };
}

describe('the view of people', () => {
	let host: HostStore;
	let keeper: ReturnType<typeof keeperOf>;
	let role: PeopleRoleState;
	let tree: PullRequestTree;

	const treeOf = (state: PeopleRoleState) =>
		new PullRequestTree({
			by: (store, repositories) => state.roleOf(store, repositories),
			store: host.get,
			repositories: () => host.store.read.repositories(),
			filter: new FilterState({ get: () => undefined, update: () => Promise.resolve() }),
			scope: { stored: () => undefined },
			staleDays: () => 7,
			clock: { now: () => Date.parse('2026-02-02T00:00:00Z') },
			onDidFail: (error) => assert.fail(String(error)),
		});

	beforeEach(async () => {
		host = await HostStore.open();
		keeper = keeperOf();
		role = new PeopleRoleState(keeper);
		tree = treeOf(role);
	});

	afterEach(async () => {
		tree.dispose();
		role.dispose();
		await host.close();
	});

	/** So many open ones of which so many are assigned, and merged ones that all are. */
	const seed = (open: number, assigned: number, name = 'octo/harbor') =>
		host.store.apply({
			repository: repository(name),
			pullRequests: [
				...Array.from({ length: open }, (_, index) => pullRequest(index + 1, { assignees: index < assigned ? [user('zoe')] : [], details: details({ reviewRequests: [user('grace')] }) })),
				...[91, 92, 93].map((number) => pullRequest(number, { state: 'MERGED', assignees: [user('zoe')] })),
			],
		});
	const labels = async () => (await tree.getChildren()).map((node) => tree.getTreeItem(node).label);

	it('starts with assignees where at least half of what is open has one', async () => {
		await seed(4, 2);
		assert.deepEqual(await labels(), ['zoe', 'Unassigned']);
		assert.equal(role.present, 'assignee');
	});

	it('starts with authors where fewer have one, whatever was merged', async () => {
		await seed(5, 2);
		assert.deepEqual([await labels(), role.present], [['ada'], 'author']);
	});

	it('starts with authors where nothing is open', async () => {
		await seed(0, 0);
		await tree.getChildren();
		assert.equal(role.present, 'author');
	});

	it('opens a sole group by itself, but not what is in none, which says so in its row', async () => {
		await seed(3, 0);
		const items = async () => (await tree.getChildren()).map((node) => tree.getTreeItem(node)).map(({ label, description, collapsibleState }) => [label, description, collapsibleState]);
		const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
		assert.deepEqual(await items(), [['ada', '3', Expanded]]);
		role.choose('assignee');
		assert.deepEqual(await items(), [['Unassigned', 'all 3', Collapsed]]);
		await seed(3, 1);
		assert.deepEqual(await items(), [['zoe', '1 open', Collapsed], ['Unassigned', '2', Collapsed]]);
	});

	it('looks at all repositories together, and has one role for them', async () => {
		await seed(1, 1);
		await seed(3, 0, 'octo/pier');
		const roots = await tree.getChildren();
		const [group] = await tree.getChildren(roots[0]);
		assert.deepEqual([role.present, tree.getTreeItem(group!).label], ['author', 'ada']);
		assert.deepEqual(await tree.getParent(group!), roots[0]);
	});

	it('shows the role that was chosen, says which, and keeps it for the workspace', async () => {
		await seed(4, 0);
		const told: unknown[] = [];
		tree.onDidReadRoots(({ by }) => told.push(by));
		role.onDidChange(() => told.push('changed'));
		await tree.getChildren();
		role.choose('reviewer');
		assert.deepEqual(await labels(), ['grace']);
		assert.deepEqual(told, ['author', 'changed', 'reviewer']);
		const next = new PeopleRoleState(keeper);
		assert.equal(next.present, 'reviewer');
		assert.deepEqual([...keeper.kept], [['peopleRole', 'reviewer']]);
		keeper.kept.set('peopleRole', 'captain');
		assert.equal(new PeopleRoleState(keeper).present, undefined);
	});

	it('asks for nothing besides once a role is chosen', async () => {
		await seed(4, 0);
		role.choose('author');
		await tree.getChildren();
		assert.deepEqual(host.asked, ['groups']);
	});
});
