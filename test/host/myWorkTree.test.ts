import assert from 'node:assert/strict';
import { FilterState } from '../../src/host/filter/filterState';
import type { CheckedOut } from '../../src/host/seed/gitRemotes';
import { MyWorkTree, type MyWorkFound } from '../../src/host/tree/myWorkTree';
import type { PullRequest } from '../../src/core/model/pullRequest';
import { details, pullRequest, repository, user } from '../unit/store/fixtures';
import { HostStore } from './hostStore';

const day = (number: number) => `2026-03-${String(number).padStart(2, '0')}T00:00:00Z`;
const textOf = (text: unknown) => (typeof text === 'string' ? text : '');

describe('my work', () => {
	let host: HostStore;
	let logins: Record<string, string | undefined>;
	let checkedOut: CheckedOut[];
	let found: MyWorkFound | undefined;
	let tree: MyWorkTree;

	const open = (number: number, changes: Partial<PullRequest> = {}): PullRequest => pullRequest(number, { author: user('zoe'), updatedAt: day(number), details: details(), ...changes });

	beforeEach(async () => {
		host = await HostStore.open();
		logins = { 'github.com': 'Ada' };
		checkedOut = [];
		found = undefined;
		tree = new MyWorkTree({
			store: host.get,
			repositories: () => host.store.read.repositories(),
			filter: new FilterState({ get: () => undefined, update: () => Promise.resolve() }),
			scope: { stored: () => undefined },
			clock: { now: () => Date.parse(day(20)) },
			onDidFail: (error) => assert.fail(String(error)),
			login: (name) => Promise.resolve(logins[name]),
			checkedOut: () => Promise.resolve(checkedOut),
			stuckDays: () => 7,
		});
		tree.onDidFind((one) => (found = one));
		await host.store.apply({
			repository: { ...repository('octo/harbor'), syncedAt: day(19) },
			viewer: { login: 'ada', teams: ['octo/crew'] },
			pullRequests: [
				open(1, { details: details({ reviewRequests: [user('ada')] }) }),
				open(2, { details: details({ reviewRequests: [{ login: 'octo/crew', kind: 'TEAM' }] }) }),
				open(3, { author: user('ada'), isDraft: true }),
				open(4, { author: user('ada'), details: details({ reviewRequests: [user('bo')] }) }),
				open(5, { assignees: [user('ada')] }),
				open(6),
				open(7, { author: user('ada'), state: 'MERGED' }),
				open(8, { headRef: 'topic' }),
			],
		});
	});

	afterEach(async () => {
		tree.dispose();
		await host.close();
	});

	/** `lane count: #number reason`, row by row. */
	const rows = async () => {
		const lines: string[] = [];
		for (const lane of await tree.getChildren()) {
			const item = tree.getTreeItem(lane);
			const children = (await tree.getChildren(lane)).map((node) => tree.getTreeItem(node));
			lines.push(`${textOf(item.label)} ${textOf(item.description)}: ${children.map(({ label }) => textOf(label).split(' ')[0]).join(' ')}`);
		}
		return lines;
	};

	it('is in lanes by what there is to do, each pull request once, and only what is there', async () => {
		assert.deepEqual(await rows(), ['Review requested 2: #2 #1', 'Mine to act on 1: #3', 'Mine waiting 1: #4', 'Stuck 1: #5']);
		assert.deepEqual(found, { isSignedIn: true, toActOn: 3 });
		assert.deepEqual(await tree.find(), found, 'the same without a view');
	});

	it('says with each why it waits', async () => {
		const lane = (await tree.getChildren())[1];
		const [draft] = await tree.getChildren(lane);
		assert.ok(draft);
		const item = tree.getTreeItem(draft);
		assert.match(textOf(item.description), /^ada · draft/);
		assert.deepEqual(tree.getParent(draft), lane);
	});

	it('is nothing without a sign-in, and of each host what is the account’s there', async () => {
		logins = {};
		assert.deepEqual(await rows(), []);
		assert.deepEqual(found, { isSignedIn: false, toActOn: 0 });
		await host.store.apply({ repository: { ...repository('octo/pier'), ref: { host: 'git.example', owner: 'octo', name: 'pier' }, nodeId: 'R_2' }, pullRequests: [open(1, { id: 'PR_x', author: user('lin'), isDraft: true })] });
		logins = { 'git.example': 'lin' };
		assert.deepEqual(await rows(), ['Mine to act on 1: #1']);
	});

	it('begins with the pull request of the branch that is checked out, whose ever it is', async () => {
		checkedOut = [{ branch: 'topic', remotes: [{ host: 'github.com', owner: 'Octo', name: 'Harbor' }] }];
		assert.equal((await rows())[0], 'Checked-out branch 1: #8');
		checkedOut = [{ branch: 'topic', remotes: [{ host: 'github.com', owner: 'octo', name: 'other' }] }, { branch: 'main', remotes: [{ host: 'github.com', owner: 'octo', name: 'harbor' }] }];
		assert.match((await rows())[0] ?? '', /^Review requested/);
	});
});
