import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TurnFacts } from '../../src/core/store/read/turnFacts';
import type { Store } from '../../src/core/store/store';
import type { Account } from '../../src/host/auth/gitHubSessions';
import { dayOf, nextMonday, tomorrow } from '../../src/host/myWork/markCommands';
import { Marks } from '../../src/host/myWork/marks';
import type { CheckedOut } from '../../src/host/git/checkedOutBranches';
import { myRows } from '../../src/host/myWork/myWorkRows';
import { MyWorkTree, type MyNode } from '../../src/host/myWork/myWorkTree';
import { repositoryRow, turnFacts } from '../unit/host/rows';

const NOW = Date.parse('2026-01-05T10:00:00Z');
const NAME = 'github.com/octo/harbor#2';

interface Given {
	facts?: TurnFacts[];
	branch?: TurnFacts[];
	accounts?: Account[];
	checkedOut?: CheckedOut[];
}

function treeOf({ facts = [], branch = [], accounts = [{ host: 'github.com', login: 'zoe' }], checkedOut = [] }: Given) {
	const kept: Record<string, unknown> = {};
	const marks = new Marks({ get: (key) => kept[key], update: (key, value) => Promise.resolve(void (kept[key] = value)) });
	const asked: unknown[] = [];
	const read = {
		viewers: () => Promise.resolve([]),
		myFacts: (person: unknown) => {
			asked.push(person);
			return Promise.resolve(facts);
		},
		branchFacts: (one: unknown) => {
			asked.push(one);
			return Promise.resolve(branch);
		},
	};
	const rows = () => myRows({ store: { read } as unknown as Store, repositories: [repositoryRow()], accounts, checkedOut, marks, stuckDays: 7, now: NOW });
	const tree = new MyWorkTree({ read: rows, readDetail: () => Promise.resolve(undefined), clock: { now: () => NOW }, onDidFail: (error) => assert.fail(String(error)) });
	const textOf = (text: unknown) => (typeof text === 'string' ? text : undefined);
	const texts = async (node?: MyNode) => (await tree.getChildren(node)).map((one) => tree.getTreeItem(one)).map(({ label, description }) => [textOf(label), textOf(description)]);
	return { tree, marks, rows, texts, asked };
}

const asked = (number: number) => turnFacts({ number, title: `Change ${number}`, authorLogin: 'ada', requests: [{ login: 'zoe', isTeam: false }], events: [{ kind: 'REVIEW_REQUESTED', subjectLogin: 'zoe', at: '2026-01-02T10:00:00Z' }] });
const draft = turnFacts({ number: 3, authorLogin: 'zoe', isDraft: true, createdAt: '2026-01-04T10:00:00Z', title: 'Mine' });

describe('My Work', () => {
	it('has lanes with their count, and under each why and since when', async () => {
		const { tree, texts, rows } = treeOf({ facts: [asked(2), asked(1), draft] });
		assert.deepEqual(await texts(), [['Review requested', '2'], ['Mine to act on', '1']]);
		const [lane] = await tree.getChildren();
		assert.deepEqual(await texts(lane), [['#2 Change 2', 'review requested · 3 days ago'], ['#1 Change 1', 'review requested · 3 days ago']]);
		assert.equal((await rows()).toActOn, 3);
		const [row] = await tree.getChildren(lane);
		assert.equal(tree.getParent(row!), lane);
		assert.match(tree.getTreeItem(row!).contextValue ?? '', /\bcanOpen\b.*\bcanPin\b.*\bcanSnooze\b/);
		tree.dispose();
	});

	it('is empty while nobody is signed in to the host, so that the welcome text is seen', async () => {
		for (const accounts of [[], [{ host: 'ghe.example.com', login: 'zoe' }]]) {
			const { texts, asked: questions } = treeOf({ facts: [asked(1)], accounts });
			assert.deepEqual(await texts(), []);
			assert.deepEqual(questions, []);
		}
	});

	it('begins with what is checked out, whosever it is', async () => {
		const { texts, asked: questions } = treeOf({ branch: [turnFacts({ number: 9, title: 'Theirs', authorLogin: 'ada', isDraft: true })], accounts: [], checkedOut: [{ branch: 'topic', remotes: ['github.com/octo/harbor', 'github.com/zoe/harbor'] }, { branch: 'x', remotes: ['github.com/octo/other'] }] });
		const [[label, description] = []] = await texts();
		assert.equal(label, '#9 Theirs');
		assert.match(description ?? '', /^checked out · ada · draft/);
		assert.deepEqual(questions, [{ name: 'topic', repositoryIds: [1], owners: ['octo', 'zoe'] }]);
	});

	it('keeps what is pinned at the top of its lane, and what is snoozed out of lanes and count until it is let go', async () => {
		const { tree, marks, texts, rows } = treeOf({ facts: [asked(1), asked(2)] });
		await marks.pin([NAME], true);
		const lane = async () => (await tree.getChildren())[0];
		assert.deepEqual((await texts(await lane()))[0], ['#2 Change 2', 'pinned · review requested · 3 days ago']);
		const { fingerprint, name } = (await rows()).lanes[0]!.rows[0]!;
		assert.equal(name, NAME);
		await marks.setSnooze([{ name, fingerprint }], 'change', NOW);
		assert.deepEqual(await texts(), [['Review requested', '1'], ['1 snoozed', undefined]]);
		assert.equal((await rows()).toActOn, 1);
		const snoozed = (await tree.getChildren())[1];
		assert.match((await texts(snoozed))[0]?.[1] ?? '', /^pinned · snoozed until something changes · zoe · review requested/);
		await marks.setSnooze([{ name, fingerprint }], undefined, NOW);
		assert.deepEqual(await texts(), [['Review requested', '2']]);
	});

	it('is the first view of the container', () => {
		const manifest = vscode.extensions.getExtension('pr-seeder.pr-seeder')?.packageJSON as { contributes: { views: { prSeeder: { id: string }[] } } };
		assert.equal(manifest.contributes.views.prSeeder[0]?.id, 'prSeeder.myWork');
	});

	it('snoozes until days by the machine’s clock', () => {
		const wednesday = new Date(2026, 5, 3, 15).getTime();
		assert.equal(tomorrow(wednesday), new Date(2026, 5, 4).getTime());
		assert.equal(nextMonday(wednesday), new Date(2026, 5, 8).getTime());
		assert.equal(nextMonday(new Date(2026, 5, 8, 1).getTime()), new Date(2026, 5, 15).getTime());
		assert.equal(dayOf('2026-06-04', wednesday), new Date(2026, 5, 4).getTime());
		assert.deepEqual(['2026-06-03', '2026-02-30', 'soon', ''].map((text) => dayOf(text, wednesday)), [undefined, undefined, undefined, undefined]);
	});
});
