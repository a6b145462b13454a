import assert from 'node:assert/strict';
import { HIDDEN_TEAM } from '../../../src/core/model/pullRequest';
import type { Group } from '../../../src/core/store/read/groups';
import type { MilestoneRow } from '../../../src/core/store/read/milestones';
import { groupText, onlyRepositoryText, repositoryText, type GroupContext } from '../../../src/host/tree/groupText';
import { groupNode, moreNode, pullRequestNode, type GroupOwner } from '../../../src/host/tree/treeNode';
import { partsText } from '../../../src/host/format/partText';
import { english } from './english';
import { pullRequestRow, repositoryRow } from './rows';

const noon = new Date(2026, 0, 10, 12).getTime();
const milestone: MilestoneRow = {
	repositoryId: 1,
	nodeId: 'M_1',
	number: 1,
	title: 'v1',
	state: 'OPEN',
	dueOn: '2026-01-13T07:00:00Z',
	open: 3,
	closed: 7,
	unfinished: false,
};

const plain = { narrowed: false };
const ofMilestone = (differences: Partial<MilestoneRow>, context: GroupContext = plain) =>
	groupText('milestone', { key: 'M_1', title: 'v1', count: 3, milestone: { ...milestone, ...differences } }, context, noon, english);
const milestoneText = (differences: Partial<MilestoneRow>) => ofMilestone(differences).description;

describe('what is said of a part', () => {
	const part = repositoryRow({ pullRequests: 50, totalCount: 400, open: 3, syncedAt: null });

	it('says of how many it is, in the row and beside the title', () => {
		assert.equal(repositoryText(part, noon, english), '3 open · 50 of 400 stored · first sync unfinished');
		assert.match(onlyRepositoryText(part, noon, english), / · 50 of 400 stored · /);
	});

	it('says on the overview what the numbers are of', () => {
		assert.equal(partsText([repositoryRow()], english), '');
		assert.equal(partsText([repositoryRow(), part], english), `${part.nameWithOwner}: 50 of 400 stored; the numbers are of these.`);
		assert.equal(partsText([part, part], english), 'Of 2 repositories only a part is stored; the numbers are of that part.');
	});
});

describe('the row of a group', () => {
	it('shows a milestone’s progress and day', () => {
		assert.equal(milestoneText({}), 'due in 3 days · 3 open · 70%');
		assert.equal(milestoneText({ dueOn: null }), '3 open · 70%');
		assert.equal(milestoneText({ open: 0, closed: 0 }), 'due in 3 days · empty');
		assert.equal(milestoneText({ state: 'CLOSED' }), 'closed · 3 open · 70%');
		assert.equal(ofMilestone({}).more, '7 of 10 closed or merged');
	});

	it('is not 100% before everything is closed', () => {
		assert.equal(milestoneText({ dueOn: null, open: 1, closed: 999 }), '1 open · 99%');
	});

	it('tells no share of a repository that has never been read to its end', () => {
		const { description, more } = ofMilestone({ unfinished: true });
		assert.deepEqual([description, more], ['due in 3 days · 3 open', '']);
	});

	it('marks what is overdue, unless it is closed', () => {
		const group = { repositoryId: 1, key: 'M_1', title: 'v1', count: 3 };
		const late = { ...milestone, dueOn: '2026-01-08T07:00:00Z' };
		assert.deepEqual(groupText('milestone', { ...group, milestone: late }, plain, noon, english), {
			label: 'v1',
			description: '2 days overdue · 3 open · 70%',
			more: '7 of 10 closed or merged',
			overdue: true,
		});
		assert.equal(groupText('milestone', { ...group, milestone: { ...late, state: 'CLOSED' } }, plain, noon, english).overdue, false);
		const complete = groupText('milestone', { ...group, milestone: { ...late, open: 0 } }, plain, noon, english);
		assert.deepEqual([complete.description, complete.overdue], ['complete · 0 open · 100%', false]);
		// Until everything was read, nobody knows that nothing is left.
		assert.equal(groupText('milestone', { ...group, milestone: { ...late, open: 0, unfinished: true } }, plain, noon, english).overdue, true);
	});

	it('counts, and names the group of those without', () => {
		const none = { key: null, title: '', count: 1200 };
		assert.deepEqual(
			(['milestone', 'label', 'assignee'] as const).map((by) => groupText(by, none, plain, noon, english).label),
			['No milestone', 'No label', 'Unassigned'],
		);
		assert.equal(groupText('label', none, plain, noon, english).description, '1,200');
		const sole = (count: number, key: string | null = null) => groupText('label', { key, title: 'x', count }, { narrowed: false, isSole: true }, noon, english).description;
		assert.deepEqual([sole(1200), sole(1), sole(3, 'L_x')], ['all 1,200', '1', '3']);
	});

	it('tells a team by its name, nobody asked from what is not known', () => {
		const label = (group: Partial<Group>) => groupText('reviewer', { key: '~x', title: '', count: 2, ...group }, plain, noon, english).label;
		assert.deepEqual(
			[label({ title: 'octo/core', isTeam: true }), label({ title: HIDDEN_TEAM, isTeam: true }), label({ title: HIDDEN_TEAM }), label({ key: null }), label({ isUnknown: true })],
			['octo/core', 'Teams without a name', HIDDEN_TEAM, 'No review requested', 'Review requests not known'],
		);
	});
});

describe('the row of a person', () => {
	const group = { repositoryId: 1, key: 'ada', title: 'ada', count: 7 };
	const load = { login: 'ada', open: 7, parts: { ready: 3, changesRequested: 1, draft: 2, stale: 1, reviewRequested: 1234 }, total: 1241, alsoStale: 0, merged: 0, reviewed: 0 };
	const text = (context: GroupContext) => groupText('assignee', group, context, noon, english).description;

	it('tells what they carry, leaving out what is zero', () => {
		assert.equal(text({ narrowed: false, load }), '7 open · 2 draft · 1,234 to review');
		assert.equal(text({ narrowed: false, load: { ...load, parts: { ...load.parts, draft: 0, reviewRequested: 0 } } }), '7 open');
	});

	it('counts what is shown while a filter narrows it', () => {
		assert.equal(text({ narrowed: true, load }), '7');
		assert.equal(text({ narrowed: false }), '7');
		const inMilestone = { ...group, milestone };
		assert.equal(groupText('milestone', inMilestone, { narrowed: true }, noon, english).description, 'due in 3 days · 7 match · 70%');
	});
});

describe('the row of a repository', () => {
	it('says how much is open and how old it is', () => {
		const now = Date.parse('2026-01-03T13:00:00Z');
		assert.equal(repositoryText(repositoryRow(), now, english), '40 open · synced 3 hours ago');
		assert.equal(repositoryText(repositoryRow(), now, english, 3), '3 match · synced 3 hours ago');
		// Synced a moment ago, by a server whose clock is ahead of this one.
		assert.equal(repositoryText(repositoryRow({ syncedAt: new Date(now + 5 * 60_000).toISOString() }), now, english), '40 open · synced just now');
		assert.equal(repositoryText(repositoryRow({ syncedAt: null, partial: 2 }), now, english), '40 open · first sync unfinished · 2 incomplete');
	});

	it('says the same beside the views’ titles while it is the only one', () => {
		const now = Date.parse('2026-01-03T13:00:00Z');
		assert.equal(onlyRepositoryText(repositoryRow(), now, english), 'harbor · synced 3 hours ago');
		assert.equal(onlyRepositoryText(repositoryRow({ syncedAt: null, partial: 2 }), now, english), 'harbor · first sync unfinished · 2 incomplete');
	});
});

describe('the ids of rows', () => {
	it('tell apart all standings of a pull request, and outlive the rows of the database', () => {
		const one = (differences = {}): GroupOwner => ({ kind: 'repository', repository: repositoryRow(differences) });
		const bug = { key: 'L_bug', title: 'bug', count: 1 };
		const none = { key: null, title: '', count: 1 };
		const odd = { key: 'none', title: 'none', count: 1 };
		const groups = [
			groupNode('label', one(), bug, plain),
			groupNode('label', one(), none, plain),
			groupNode('label', one(), odd, plain),
			groupNode('assignee', one(), none, plain),
			groupNode('label', one({ nameWithOwner: 'octo/pier' }), bug, plain),
			groupNode('label', one({ host: 'ghe.example.com' }), bug, plain),
		];
		const ids = groups.flatMap((group) => [group.id, pullRequestNode(group, repositoryRow(), pullRequestRow()).id, moreNode(group, 1).id]);
		assert.equal(new Set(ids).size, ids.length);
		assert.equal(groupNode('label', one({ id: 99 }), bug, plain).id, groups[0]?.id);
	});

	it('tell apart pull requests of a project, whatever its groups and itself are called', () => {
		const repositories = [repositoryRow(), repositoryRow({ id: 2, nameWithOwner: 'octo/pier' })];
		const of = (name: string, key: string | null) => groupNode('label', { kind: 'project', name, repositories }, { key, title: key ?? '', count: 2 }, plain);
		const keys = [null, 'null', '', 'a', 'a#github.com/octo/harbor#12', 'a"#github.com/octo/harbor#12', '"a"', '\ud800'];
		const groups = ['a', 'a/"a"', '"a"/"a"', 'a/', ' a'].flatMap((name) => keys.map((key) => of(name, key)));
		const ids = groups.flatMap((group) => [group.id, ...repositories.map((repository) => pullRequestNode(group, repository, pullRequestRow()).id), moreNode(group, 1).id]);
		assert.equal(new Set(ids).size, ids.length);
		assert.equal(of('a', 'a').id, of('a', 'a').id);
	});
});
